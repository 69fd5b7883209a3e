package main

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// lowered is a document that oapi-codegen has no choices left in: every schema that becomes a Go type is a component under its
// final Go name, wherever it stood; only what a request sends or a success answers with is there; and where Go needs a type of
// ours (a tolerant time, a list with commas) an x-go-type names it. What is needed beyond types is kept beside it.
type lowered struct {
	*document
	schemas *openapi3.T           // its paths are numbers: oapi-codegen need not see the real ones
	byPath  map[string]*operation // the operation of each path of schemas
	types   map[string]*typeInfo  // by Go name
	order   []string              // of the types
	ops     []*operation
	memo    map[*openapi3.Schema]string // the Go name of each schema that has one
	names   scope                       // of the package
}

// mode says on which side of the wire a schema travels.
type mode uint8

const (
	inRequest mode = 1 << iota
	inResponse
)

// typeInfo is what the templates know about a Go type beside its declaration.
type typeInfo struct {
	name    string
	shape   shape
	schema  *openapi3.Schema
	at      oas.Place
	mode    mode
	request *operation // it is the request of this operation
}

// fieldInfo is what the templates know about a field beside its Go type.
type fieldInfo struct {
	wire        string
	in          string // path, query, header, cookie, body; "" in a model
	curated     string
	required    bool
	description string
	shape       shape
	schema      *openapi3.Schema // the core
	outer       *openapi3.Schema
	items       *openapi3.Schema
	ext         map[string]any
	param       *openapi3.Parameter
	at          oas.Place
	from        node // the schema as it was written
	whole       bool // it is the whole body
	order       int
}

const (
	extInfo  = "x-info"    // a *fieldInfo on a lowered property
	extType  = "x-go-type" // oapi-codegen's own
	extOrder = "x-order"   // oapi-codegen's own
)

// clientDefault is what a client sends for a parameter unless it is told otherwise.
func (p *fieldInfo) clientDefault() string {
	if values := enumValues(p.schema); len(values) > 0 {
		return values[0]
	}
	if p.schema.Default != nil {
		return enumText(p.schema.Default)
	}
	return ""
}

// shape is what a schema is to the client, once wrappers that add nothing are taken off.
type shape string

const (
	shapeAny     shape = "any"
	shapeString  shape = "string"
	shapeInteger shape = "integer"
	shapeNumber  shape = "number"
	shapeBoolean shape = "boolean"
	shapeEnum    shape = "enum" // of strings or integers
	shapeArray   shape = "array"
	shapeMap     shape = "map"
	shapeObject  shape = "object"
	shapeUnion   shape = "union"
)

// named says that a shape becomes a Go type of its own.
func (s shape) named() bool { return s == shapeEnum || s == shapeObject || s == shapeUnion }

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
