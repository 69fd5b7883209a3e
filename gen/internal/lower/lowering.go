package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// lowering is a document on its way to a lowered one.
type lowering struct {
	*Lowered
	curated    map[string]oas.Place
	usage      map[*openapi3.Schema]Direction
	inside     map[*openapi3.Schema]Direction // objects whose properties were marked
	seen       []component
	cores      map[*openapi3.Schema]*node // see core; nil when a schema is its own
	shapes     map[*openapi3.Schema]Shape
	busy       map[*openapi3.Schema]bool   // allOf and unions that are being read
	open       map[*openapi3.Schema]bool   // lists and maps that are being lowered
	equal      map[string]string           // the types of schemas without a name of their own; see equalKey
	within     map[*openapi3.Schema]bool   // schemas that are being lowered; see enter
	shortNames map[string]string           // see componentName
	placed     map[hinted]string           // the types of schemas without a name of their own, by place
	fields     int                         // of all objects so far
	children   map[*openapi3.Schema][]node // of components with a discriminator; see findFamilies
}

// hinted is a schema with the name of the place that it stands at.
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
