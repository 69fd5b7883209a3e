package fields

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/facts"
)

type entryKind byte

const (
	Field    entryKind = iota
	Nameless           // a type on its own: items or a variant without a name
	Union              // oneOf or anyOf with the titles of its variants; the variants' fields follow
)

// Entry is one element of a list of fields, with the lines that belong to it.
type Entry struct {
	Kind entryKind
	Line int
	Name string
	// Literal reports whether the printed JSON has a key with this name, which otherwise means the values of a map.
	Literal bool
	Label   grammar.Label
	Prose   []string

	Enum        *Value
	Constraints []Constraint
	Default     *Value // "Default value"
	Example     *Value
	Examples    [][2]string // named ones

	Titles []string // of a union's variants
	Choice string   // the field whose value chooses between them

	// Group is the content between Array [ and ] after this entry.
	Group    []*Entry
	HasGroup bool
	// Inner and variants are set if the source itself marks nesting, as HTML does.
	Inner    []*Entry
	HasInner bool
	Variants [][]*Entry
}

// Value is a value and the line that shows it.
type Value struct {
	Text   string
	Values []string // of an enum
	Line   int
	Ticked bool
}

// Constraint is a bound or pattern listed under "Possible values".
type Constraint struct {
	Aspect facts.Aspect
	Value  string
	Line   int
	Unsure bool // it may belong to the items
}

// isPlainList reports whether this is an array of plain values, after which the renderer prints no brackets: in a union they
// begin the next variant.
func (e *Entry) isPlainList() bool {
	return e.Kind == Field && !e.IsValues() && e.Label.Arrays > 0 && e.Label.Known && e.Label.Kind != "object" && e.Label.Kind != ""
}

// isArray reports whether brackets can follow.
func (e *Entry) isArray() bool {
	return e.Label.Arrays > 0 || e.Label.Kind == "array" || !e.Label.Known
}

// IsValues reports whether this represents the values of a map.
func (e *Entry) IsValues() bool { return e.Kind == Field && e.Name == valuesName && !e.Literal }

// valuesName is what the renderer prints for additionalProperties.
const valuesName = "property name*"
