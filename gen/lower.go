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
