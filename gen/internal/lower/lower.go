// Package lower rewrites an OpenAPI document so that its schemas and operations are what a Go client consists of.
package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/document"
	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Lower rewrites a document for oapi-codegen.
func Lower(d *document.Document) (*Lowered, error) {
	l := &lowering{
		Lowered: &Lowered{Document: d, Types: map[string]*Type{}, TypeNames: map[*openapi3.Schema]string{}, Names: goname.Scope{}},
		curated: map[string]oas.Place{}, usage: map[*openapi3.Schema]Direction{}, inside: map[*openapi3.Schema]Direction{}, busy: map[*openapi3.Schema]bool{}, cores: map[*openapi3.Schema]*node{}, shapes: map[*openapi3.Schema]Shape{},
		open: map[*openapi3.Schema]bool{}, equal: map[string]string{}, placed: map[hinted]string{}, within: map[*openapi3.Schema]bool{}, children: map[*openapi3.Schema][]node{},
	}
	for _, name := range []string{"Client", "New", "DefaultBaseURL", "Operations", "File"} {
		l.Names[name] = true
	}
	l.findFamilies()
	l.operations()
	for _, op := range l.Operations {
		l.markOperation(op)
	}
	l.nameComponents()
	for _, op := range l.Operations {
		l.lowerOperation(op)
	}
	for _, op := range l.Operations {
		op.ResultSchema = l.lowerResult(op)
	}
	return l.Lowered, l.Err()
}
