package facts

import (
	"fmt"
	"slices"
)

// Aspect is the kind of statement that a fact makes about its place.
type Aspect string

// The aspects. A flag (present, required, nullable, deprecated) has the value "true" or is absent.
const (
	Present    Aspect = "present"
	Type       Aspect = "type"
	Format     Aspect = "format"
	Required   Aspect = "required"
	Nullable   Aspect = "nullable"
	Deprecated Aspect = "deprecated"
	Enum       Aspect = "enum" // a JSON array of texts, in the order shown
	Default    Aspect = "default"
	Example    Aspect = "example"
	Examples   Aspect = "examples"  // named ones: a JSON array of [name, value]
	Sample     Aspect = "sample"    // the whole body that the page prints, as JSON
	MediaType  Aspect = "mediaType" // of a body or response
	Union      Aspect = "union"     // oneOf or anyOf
	Title      Aspect = "title"     // of a variant or named schema
	Text       Aspect = "text"      // prose, compared by its hash
	Uncertain  Aspect = "uncertain" // why this place may be wrong; never compared
	Composed   Aspect = "composed"  // the schema of a required property is an allOf, which some pages print differently; never compared

	Method      Aspect = "method"
	Path        Aspect = "path"
	Server      Aspect = "server"
	Summary     Aspect = "summary"     // the page's heading, compared by its hash
	OperationID Aspect = "operationId" // where two documents call an operation otherwise
	Scheme      Aspect = "scheme"      // "http bearer JWT"
	AuthMethods Aspect = "methods"     // JSON arrays of strings
	TokenTypes  Aspect = "tokens"
	Scopes      Aspect = "scopes"
)

// Constraints are the aspects that restrict a type, by their OpenAPI names.
var Constraints = []Aspect{
	"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
	"minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
}

// IsConstraint reports whether the aspect restricts a type.
func (a Aspect) IsConstraint() bool { return slices.Contains(Constraints, a) }

// IsFlag reports whether the aspect is either true or absent.
func (a Aspect) IsFlag() bool {
	return a == Present || a == Required || a == Nullable || a == Deprecated
}

// IsCompared reports whether the aspect is compared between documents. The others control how a document is read.
func (a Aspect) IsCompared() bool { return a != Uncertain && a != Composed }

// IsText reports whether the aspect is prose, compared by its hash.
func (a Aspect) IsText() bool { return a == Text || a == Summary }

// Pos is the position of a statement in a document. Line counts from 1; 0 means the whole file.
type Pos struct {
	File string
	Line int
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Fact is one statement of a document.
type Fact struct {
	Place  Place
	Aspect Aspect
	Value  string // canonical, see [Canonical]; for prose, its hash
	Prose  string // the hashed prose, if known; never written to a record
	Pos    Pos
}

func (f Fact) String() string {
	return fmt.Sprintf("%s: %s %s = %s", f.Pos, f.Place, f.Aspect, f.Value)
}

// Operation is everything that one document states about one operation, in the order of the document.
type Operation struct {
	ID   string // the page's slug, or operationId
	Page string // the page's URL
	// Version is the API version of its document; "" if that names none. See [Operation.Versions].
	Version string
	// PagePos is the position of Page in an OpenAPI document.
	PagePos Pos
	// Renderer is the family of theme versions that rendered the page, "" for the oldest known one.
	Renderer string
	// FromDocument means that it was read from an OpenAPI document. Then what only such documents state is absent if no fact
	// states it.
	FromDocument bool
	// Unseen are aspects that no page of the operation had shown when it was accepted, because its source never shows them.
	Unseen []Aspect
	// Contradictions are fingerprints of contradictions in the page as it was accepted.
	Contradictions []string
	Facts          []Fact
	Pos            Pos

	// Deviations are the ids in the x-deviation marks of a curated spec.
	Deviations []Deviation
}

// Deviation is a mark in a spec: the place differs from the documentation on purpose.
type Deviation struct {
	ID    string
	Place Place
	Pos   Pos
}

// Unread is a part of a document that is not compared.
type Unread struct {
	What string
	Pos  Pos
}

// Document is a list of operations from one source.
type Document struct {
	File       string
	Version    string // of the API; "" if unknown
	Operations []*Operation
	Pos        Pos // where the list of operations begins
	// Unread are parts of the document that belong to no operation that is read.
	Unread []Unread
	// Strays are deviation marks at nodes that no operation reads, such as next to a reference.
	Strays []Deviation
}

// Operation returns the operation with an id, or nil.
func (d *Document) Operation(id string) *Operation {
	for _, op := range d.Operations {
		if op.ID == id {
			return op
		}
	}
	return nil
}

// Add appends a fact.
func (o *Operation) Add(place Place, aspect Aspect, value string, pos Pos) {
	o.Facts = append(o.Facts, Fact{Place: place, Aspect: aspect, Value: value, Pos: pos})
}

// AddText appends prose as a fact, unless it is empty.
func (o *Operation) AddText(place Place, aspect Aspect, prose string, pos Pos) {
	if hash := TextHash(prose); hash != "" {
		o.Facts = append(o.Facts, Fact{Place: place, Aspect: aspect, Value: hash, Prose: prose, Pos: pos})
	}
}

// Get returns the fact of a place and aspect.
func (o *Operation) Get(place Place, aspect Aspect) (Fact, bool) {
	for _, f := range o.Facts {
		if f.Place == place && f.Aspect == aspect {
			return f, true
		}
	}
	return Fact{}, false
}

// Value returns the value of a place's aspect, or "".
func (o *Operation) Value(place Place, aspect Aspect) string {
	f, _ := o.Get(place, aspect)
	return f.Value
}
