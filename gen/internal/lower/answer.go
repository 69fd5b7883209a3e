package lower

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// lowerResults writes the lowered document, of which each path stands for what an operation answers.
func (l *lowering) lowerResults() {
	paths := openapi3.NewPaths()
	for i, op := range l.Operations {
		schema := l.lowerResult(op)
		if schema == nil {
			continue
		}
		path := "/" + strconv.Itoa(i)
		l.ByPath[path] = op
		response := openapi3.NewResponse().WithDescription("").WithContent(openapi3.Content{"application/json": {Schema: schema}})
		paths.Set(path, &openapi3.PathItem{Get: &openapi3.Operation{
			OperationID: "Op" + strconv.Itoa(i),
			Responses:   openapi3.NewResponses(openapi3.WithStatus(200, &openapi3.ResponseRef{Value: response})),
		}})
	}
	l.Schemas = &openapi3.T{
		OpenAPI: "3.0.3", Info: &openapi3.Info{Title: "lowered", Version: "0"}, Paths: paths,
		Components: &openapi3.Components{Schemas: l.components},
	}
}

// lowerResult is the schema of what a success answers with: nil when it has no content; a union when the successes differ.
func (l *lowering) lowerResult(op *Operation) *openapi3.SchemaRef {
	var refs openapi3.SchemaRefs
	seen := map[string]bool{}
	for _, r := range op.results {
		ref := l.lowerSchema(r.schema, op.Name+"Result", InResponse)
		if l.shape(l.core(r.schema)) == ShapeAny {
			ref = goType("json.RawMessage") // nothing is known of it
		}
		key := ref.Ref
		if key == "" {
			key = "inline " + strconv.Itoa(len(refs))
		}
		if !seen[key] {
			seen[key] = true
			refs = append(refs, ref)
		}
	}
	switch len(refs) {
	case 0:
		return nil
	case 1:
		return refs[0]
	}
	name := l.Names.Claim(op.Name+"Result", op.Name+"Answer")
	l.components[name] = &openapi3.SchemaRef{Value: &openapi3.Schema{OneOf: refs}}
	var statuses []string
	for _, r := range op.results {
		statuses = append(statuses, r.status)
	}
	l.Types[name] = &Type{Name: name, Shape: ShapeUnion, At: op.At, Direction: InResponse, Schema: &openapi3.Schema{
		Description: "What " + op.Name + " answers differs with the status: " + prose.List(statuses, "or") + ".",
	}}
	l.Order = append(l.Order, name)
	return &openapi3.SchemaRef{Ref: "#/components/schemas/" + name, Value: l.components[name].Value}
}
