package lower

import (
	"cmp"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/document"
	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Lowered is a document that leaves oapi-codegen no choice: every schema that becomes a Go type is a component with its
// final name, and is used by reference; only the schemas of requests and successful responses remain; and an x-go-type names
// a type of ours (a tolerant time, a comma-separated list) where Go needs one.
type Lowered struct {
	*document.Document
	Types      map[string]*Type // by Go name
	Order      []string         // of the types
	Operations []*Operation
	TypeNames  map[*openapi3.Schema]string // the Go name of each schema that has one
	Names      goname.Scope                // of the package
}

// Direction is whether a schema is sent, received, or both.
type Direction uint8

// The directions of a schema.
const (
	InRequest Direction = 1 << iota
	InResponse
)

// Type is a Go type of the client.
type Type struct {
	Name      string
	Shape     Shape
	Schema    *openapi3.Schema
	At        oas.Place
	Direction Direction
	Request   *Operation          // it is the request of this operation
	Children  openapi3.SchemaRefs // of a union: the children of a component with a discriminator
	Common    string              // of a union: the type of the properties that do not depend on the choice
	Alias     string              // the type that this is an alias of
	Choices   []Value             // of a union
	Union     openapi3.SchemaRefs // the lowered choices of a union
	Fields    []*Field            // of an object
	More      *Value              // of an object's properties that the document does not name; nil if nothing is known about them
	Rest      *openapi3.SchemaRef // those properties, lowered; nil if there are none
}

// Value is what is known about a value: its schema without wrappers that add nothing.
type Value struct {
	Shape  Shape
	Schema *openapi3.Schema
	Item   *Value // of a list; nil if nothing is known about it
	Entry  *Value // of a map, likewise

	ScalarChoices bool // of a union: each choice is a string, a number or a boolean
}

// Field is a field of a request or of a type.
type Field struct {
	Value
	Wire        string
	In          string // path, query, header, cookie, body; "" in a model
	Curated     string // its Go name, if the document chooses it
	Required    bool
	MayBeNull   bool
	Description string
	Outer       *openapi3.Schema // the schema with its wrappers
	Extensions  map[string]any
	Parameter   *openapi3.Parameter
	InJSON      bool               // a parameter that is sent as JSON
	Encoding    *openapi3.Encoding // of a field of a form
	At          oas.Place
	WholeBody   bool                // it is the whole body
	Lowered     *openapi3.SchemaRef // the lowered schema
	from        node                // the original schema
}

// goName returns the name of a field, before other fields can claim it.
func (f *Field) goName() string { return cmp.Or(f.Curated, goname.From(f.Wire)) }

// extType names the Go type of a schema for oapi-codegen.
const extType = "x-go-type"

// Operation is one operation of the document, on its way to a method.
type Operation struct {
	Name         string // Go name; that of the method, unless it is paginated
	Request      string // Go name of its request
	ID           string
	Method       string
	Path         string
	At           oas.Place
	Spec         *openapi3.Operation
	Parameters   []*Field
	Body         *Body
	results      []result
	ResultSchema *openapi3.SchemaRef // of a successful response; nil without content, a union if the successes differ
	Variant      string              // the suffix of its name, if it is a variant with another media type of the body
	of           *Operation          // the operation that it is a variant of
	Stream       bool                // the program reads the response, which is not JSON
	Accept       string              // media types of the response; "" for JSON
	Empty        []int               // statuses of success without content, if others have content
	Servers      openapi3.Servers    // its own, or those of its path
	Security     [][]Security        // alternatives; nil for the token alone
	scopes       []string
	tokenKinds   []string
	Pagination   *Pagination
}

// Pagination is x-pagination: names on the wire.
type Pagination struct{ Cursor, Items, ItemCursor string }

// Body is what a request sends after its headers.
type Body struct {
	Kind     BodyKind
	Media    string
	Required bool
	Source   *openapi3.MediaType // as the document has it
	schema   node
	at       oas.Place // of the media type
	encoding map[string]*openapi3.Encoding
	Fields   bool // its properties are fields of the request; otherwise it is a single field, Body
	Open     bool // a form whose fields the document does not name
	Range    bool // the program chooses the media type, because the document has a range of them, such as image/*
}

// BodyKind is the encoding of a body.
type BodyKind string

// The kinds of bodies, the preferred first.
const (
	BodyJSON      BodyKind = "json"
	BodyForm      BodyKind = "form"
	BodyMultipart BodyKind = "multipart"
	BodyText      BodyKind = "text"
	BodyBytes     BodyKind = "bytes"
)

// result is one success with content.
type result struct {
	status string
	schema node
	media  *openapi3.MediaType
	byHand string // its Go type, if that is written by hand in the package
}

// Shape is what a schema becomes in the client, without wrappers that add nothing.
type Shape string

// The shapes.
const (
	ShapeAny     Shape = "any"
	ShapeString  Shape = "string"
	ShapeInteger Shape = "integer"
	ShapeNumber  Shape = "number"
	ShapeBoolean Shape = "boolean"
	ShapeEnum    Shape = "enum" // of strings or integers
	ShapeArray   Shape = "array"
	ShapeMap     Shape = "map"
	ShapeObject  Shape = "object"
	ShapeUnion   Shape = "union"
)

// named reports whether a shape becomes a Go type with a name.
func (s Shape) named() bool { return s == ShapeEnum || s == ShapeObject || s == ShapeUnion }

// node is a schema with its place.
type node struct {
	ref *openapi3.SchemaRef
	at  oas.Place
}

func (n node) schema() *openapi3.Schema {
	if n.ref == nil {
		return nil
	}
	return n.ref.Value
}
