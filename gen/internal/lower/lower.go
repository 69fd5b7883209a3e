// Package lower rewrites an OpenAPI document so that its schemas and operations correspond to the types and methods of a Go
// client.
package lower

import (
	"github.com/highlevel-go/snapshots/gen/internal/document"
	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Lower rewrites a document for oapi-codegen.
func Lower(d *document.Document) (*Lowered, error) {
	l := &lowering{
		Lowered:  &Lowered{Document: d, Types: map[string]*Type{}, TypeNames: schemas[string]{}, Names: goname.Scope{}},
		curated:  map[string]oas.Place{},
		usage:    schemas[Direction]{},
		inside:   schemas[Direction]{},
		cores:    schemas[*node]{},
		shapes:   schemas[Shape]{},
		busy:     schemas[bool]{},
		open:     schemas[bool]{},
		within:   schemas[bool]{},
		children: schemas[[]node]{},
		equal:    map[string]string{},
		placed:   map[hinted]string{},
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
