package docpage

import "github.com/highlevel-go/snapshots/internal/facts"

type entryKind byte

const (
	field entryKind = iota
	bare            // a type that stands alone: items or a variant without a name
	union           // oneOf or anyOf with the titles of its variants; the variants' fields follow
)

// entry is one thing that a list of fields prints, with the lines that belong to it.
type entry struct {
	kind  entryKind
	line  int
	name  string
	label label
	prose []string

	enum        *valueAt
	constraints []constraintAt
	fallback    *valueAt // "Default value"
	example     *valueAt
	examples    [][2]string // named ones

	titles []string // of a union's variants
	choice string   // the field whose value chooses between them

	// group is what stands between Array [ and ] behind this entry.
	group    []*entry
	hasGroup bool
	// inner and variants are set where the source marks nesting itself, as HTML does.
	inner    []*entry
	hasInner bool
	variants [][]*entry
}

// valueAt is a value and the line that shows it.
type valueAt struct {
	text   string
	values []string // of an enum
	line   int
	ticked bool
}

type constraintAt struct {
	aspect facts.Aspect
	value  string
	line   int
	unsure bool // it may be that of the items
}

// isPlainList reports whether this is an array of plain values, behind which the renderer prints no brackets: in a union they
// begin the next variant.
func (e *entry) isPlainList() bool {
	return e.kind == field && e.name != valuesName && e.label.arrays > 0 && e.label.known && e.label.kind != "object" && e.label.kind != ""
}

// isArray reports whether brackets can follow.
func (e *entry) isArray() bool {
	return e.label.arrays > 0 || e.label.kind == "array" || !e.label.known
}

// valuesName is what the renderer prints for additionalProperties.
const valuesName = "property name*"
