package main

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// lower rewrites a document for oapi-codegen.
func lower(d *document) (*lowered, error) {
	l := &lowering{
		lowered: &lowered{document: d, types: map[string]*typeInfo{}, memo: map[*openapi3.Schema]string{}, names: scope{}, byPath: map[string]*operation{}},
		curated: map[string]oas.Place{}, usage: map[*openapi3.Schema]mode{}, busy: map[*openapi3.Schema]bool{},
		open: map[*openapi3.Schema]bool{}, enums: map[string]string{}, components: openapi3.Schemas{},
	}
	for _, name := range []string{"Client", "New", "DefaultBaseURL", "Operations", "File"} {
		l.names[name] = true
	}
	l.operations()
	for _, op := range l.ops {
		l.markOperation(op)
	}
	l.nameComponents()
	for _, op := range l.ops {
		l.lowerOperation(op)
	}
	l.lowerResults()
	return l.lowered, l.Err()
}

// lowerResults writes the lowered document, of which each path stands for what an operation answers.
func (l *lowering) lowerResults() {
	paths := openapi3.NewPaths()
	for i, op := range l.ops {
		schema := l.lowerResult(op)
		if schema == nil {
			continue
		}
		path := "/" + itoa(i)
		l.byPath[path] = op
		response := openapi3.NewResponse().WithDescription("").WithContent(openapi3.Content{"application/json": {Schema: schema}})
		paths.Set(path, &openapi3.PathItem{Get: &openapi3.Operation{
			OperationID: "Op" + itoa(i),
			Responses:   openapi3.NewResponses(openapi3.WithStatus(200, &openapi3.ResponseRef{Value: response})),
		}})
	}
	l.schemas = &openapi3.T{
		OpenAPI: "3.0.3", Info: &openapi3.Info{Title: "lowered", Version: "0"}, Paths: paths,
		Components: &openapi3.Components{Schemas: l.components},
	}
}
