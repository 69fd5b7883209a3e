package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/document"
	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Lowered is a document that oapi-codegen has no choices left in: every schema that becomes a Go type is a component under its
// final Go name, wherever it stood; only what a request sends or a success answers with is there; and where Go needs a type of
// ours (a tolerant time, a list with commas) an x-go-type names it. What is needed beyond types is kept beside it.
type Lowered struct {
	*document.Document
	Schemas    *openapi3.T           // its paths are numbers: oapi-codegen need not see the real ones
	ByPath     map[string]*Operation // the operation of each path of schemas
	Types      map[string]*Type      // by Go name
	Order      []string              // of the types
	Operations []*Operation
	TypeNames  map[*openapi3.Schema]string // the Go name of each schema that has one
	Names      goname.Scope                // of the package
}

// Direction says on which side of the wire a schema travels.
type Direction uint8

const (
	InRequest Direction = 1 << iota
	InResponse
)

// Type is what the templates know about a Go type beside its declaration.
type Type struct {
	Name      string
	Shape     Shape
	Schema    *openapi3.Schema
	At        oas.Place
	Direction Direction
	Request   *Operation // it is the request of this operation
}

// Value is what is known of a value: its schema without wrappers that add nothing.
type Value struct {
	Shape  Shape
	Schema *openapi3.Schema
	Item   *Value // of a list; nil when nothing is known of it
}

// Field is what is known about a field beside its Go type.
type Field struct {
	Value
	Wire        string
	In          string // path, query, header, cookie, body; "" in a model
	Curated     string // its Go name, when the document chooses it
	Required    bool
	Description string
	Outer       *openapi3.Schema // the schema with its wrappers
	Extensions  map[string]any
	Parameter   *openapi3.Parameter
	At          oas.Place
	WholeBody   bool // it is the whole body
	Order       int
	from        node // the schema as it was written
}

const (
	FieldKey = "x-info"    // a *fieldInfo on a lowered property
	extType  = "x-go-type" // oapi-codegen's own
	extOrder = "x-order"   // oapi-codegen's own
)

// Operation is one operation of the document, on its way to a method.
type Operation struct {
	Name       string // Go name; that of the method, unless it is paginated
	Request    string // Go name of its request
	ID         string
	Method     string
	Path       string
	At         oas.Place
	Spec       *openapi3.Operation
	Parameters []*Field
	Body       *Body
	results    []result
	Pagination *Pagination
}

type Pagination struct{ Cursor, Items, ItemCursor string }

// Body is what a request sends behind its headers.
type Body struct {
	Kind     BodyKind
	Media    string
	Required bool
	schema   node
	Fields   bool // its properties are fields of the request; else it is one field, Body
	Open     bool // a form whose fields the spec does not name
}

type BodyKind string

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
}

// Shape is what a schema is to the client, once wrappers that add nothing are taken off.
type Shape string

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

// named says that a shape becomes a Go type of its own.
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
