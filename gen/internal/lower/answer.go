package lower

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// lowerResult returns the schema of a successful response: nil if it has no content, a union if the successes differ.
func (l *lowering) lowerResult(op *Operation) *openapi3.SchemaRef {
	var refs openapi3.SchemaRefs
	for _, r := range op.results {
		var ref *openapi3.SchemaRef
		switch {
		case r.byHand != "":
			ref = goType(r.byHand)
		case l.shape(l.core(r.schema)) == ShapeAny:
			ref = goType("json.RawMessage") // nothing is known about it
		default:
			ref = l.lowerSchema(r.schema, op.Name+"Result", InResponse)
		}
		if ref.Ref == "" || !slices.ContainsFunc(refs, func(r *openapi3.SchemaRef) bool { return r.Ref == ref.Ref }) {
			refs = append(refs, ref)
		}
	}
	switch len(refs) {
	case 0:
		return nil
	case 1:
		return refs[0]
	}
	var statuses []string
	for _, r := range op.results {
		statuses = append(statuses, r.status)
	}
	schema := &openapi3.Schema{Description: "What " + op.Name + " answers differs with the status: " + prose.List(statuses, "or") + "."}
	name := l.Names.Claim(op.Name+"Result", op.Name+"Answer")
	l.declare(&Type{Name: name, Shape: ShapeUnion, At: op.At, Direction: InResponse, Schema: schema, Union: refs})
	return typeRef(name)
}
