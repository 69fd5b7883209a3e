package main

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// mode says on which side of the wire a schema travels.
type mode uint8

const (
	inRequest mode = 1 << iota
	inResponse
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

// lowering is a document on its way to a lowered one.
type lowering struct {
	*lowered
	curated    map[string]oas.Place
	usage      map[*openapi3.Schema]mode
	seen       []component
	busy       map[*openapi3.Schema]bool // allOf and unions that are being read
	open       map[*openapi3.Schema]bool // lists and maps that are being lowered
	enums      map[string]string         // enums of parameters that are the same everywhere
	components openapi3.Schemas
}

// component is a schema that a reference named.
type component struct {
	schema *openapi3.Schema
	name   string
	at     oas.Place
}

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
