package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// schemas maps schemas to what is known about them.
type schemas[V any] = map[*openapi3.Schema]V

// lowering is the state of lowering a document.
type lowering struct {
	*Lowered
	curated    map[string]oas.Place
	usage      schemas[Direction]
	inside     schemas[Direction] // objects whose properties were marked
	seen       []component
	cores      schemas[*node] // see core; nil if a schema is its own core
	shapes     schemas[Shape]
	busy       schemas[bool]     // allOf and unions that are being read
	open       schemas[bool]     // lists and maps that are being lowered
	equal      map[string]string // the types of schemas without a name of their own; see equalKey
	within     schemas[bool]     // schemas that are being lowered; see enter
	shortNames map[string]string // see componentName
	placed     map[hinted]string // the types of schemas without a name of their own, by place
	fields     int               // of all objects so far
	children   schemas[[]node]   // of components with a discriminator; see findFamilies
}

// hinted is a schema with the name that its place gives it.
type hinted struct {
	schema *openapi3.Schema
	hint   string
}

// component is a schema that is the target of a reference.
type component struct {
	schema *openapi3.Schema
	name   string
	at     oas.Place
}

// follow returns the target of a reference at a place; the place itself if there is no reference.
func (l *lowering) follow(at oas.Place, ref string) oas.Place {
	if ref == "" {
		return at
	}
	if target, err := l.Resolve(at.File, ref); err == nil && l.Find(target) != nil {
		return target
	}
	return at
}
