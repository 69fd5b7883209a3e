package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// schemas is what is known of schemas.
type schemas[V any] = map[*openapi3.Schema]V

// lowering is a document on its way to a lowered one.
type lowering struct {
	*Lowered
	curated    map[string]oas.Place
	usage      schemas[Direction]
	inside     schemas[Direction] // objects whose properties were marked
	seen       []component
	cores      schemas[*node] // see core; nil when a schema is its own
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

// component is a schema that a reference named.
type component struct {
	schema *openapi3.Schema
	name   string
	at     oas.Place
}

// follow is the place that a reference at a place leads to; the place itself when there is no reference.
func (l *lowering) follow(at oas.Place, ref string) oas.Place {
	if ref == "" {
		return at
	}
	if target, err := l.Resolve(at.File, ref); err == nil && l.Find(target) != nil {
		return target
	}
	return at
}
