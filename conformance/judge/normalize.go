package judge

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// normalize removes from a document what contradicts the rest of it and changes no message; see [Load].
func normalize(doc *openapi3.T) {
	if doc.Components != nil {
		for _, ref := range doc.Components.SecuritySchemes {
			if s := ref.Value; s != nil && s.Type != "apiKey" {
				s.In, s.Name = "", ""
				s.Scheme = strings.ToLower(s.Scheme) // RFC 9110: in any case
			}
		}
	}
	schema.OpenBases(doc)
	examples := exampleCheck{schema.NewSet(doc.IsOpenAPI31OrLater())}
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		s := ref.Value
		removeContradictions(s)
		s.Example = examples.fitting(ref, s.Example)
		return nil
	})
	for path, item := range doc.Paths.Map() {
		examples.parameters(item.Parameters)
		for _, op := range item.Operations() {
			describe(path, item, op)
			examples.parameters(op.Parameters)
			if op.RequestBody != nil && op.RequestBody.Value != nil {
				examples.content(op.RequestBody.Value.Content)
			}
			if op.Responses == nil {
				continue
			}
			for _, ref := range op.Responses.Map() {
				if ref.Value != nil {
					examples.content(ref.Value.Content)
				}
			}
		}
	}
}

// describe adds the parameters of a path that nothing describes: they are texts.
func describe(path string, item *openapi3.PathItem, op *openapi3.Operation) {
	for _, found := range pathValue.FindAllStringSubmatch(path, -1) {
		name := found[1]
		if op.Parameters.GetByInAndName("path", name) == nil && item.Parameters.GetByInAndName("path", name) == nil {
			p := openapi3.NewPathParameter(name).WithSchema(openapi3.NewStringSchema())
			op.Parameters = append(op.Parameters, &openapi3.ParameterRef{Value: p})
		}
	}
}

// exampleCheck removes the examples that their schemas refuse.
type exampleCheck struct{ *schema.Set }

func (e exampleCheck) parameters(list openapi3.Parameters) {
	for _, ref := range list {
		if ref.Value != nil {
			ref.Value.Required = ref.Value.Required || ref.Value.In == openapi3.ParameterInPath // without it there is no path
			ref.Value.Example = e.fitting(ref.Value.Schema, ref.Value.Example)
			e.content(ref.Value.Content)
		}
	}
}

func (e exampleCheck) content(content openapi3.Content) {
	for _, media := range content {
		if media != nil {
			media.Example = e.fitting(media.Schema, media.Example)
		}
	}
}

// fitting is an example that its schema accepts in one direction at least, or none.
func (e exampleCheck) fitting(ref *openapi3.SchemaRef, example any) any {
	if example == nil || ref == nil || ref.Value == nil {
		return example
	}
	text, err := json.Marshal(example)
	var value any
	if err == nil {
		err = json.Unmarshal(text, &value)
	}
	if err != nil || !e.Message(schema.Request).Fits(ref.Value, value) && !e.Message(schema.Response).Fits(ref.Value, value) {
		return nil
	}
	return example
}

// layers are documents that have all paths of one between them, and no two whose templates differ in names alone: OpenAPI
// forbids those, and where their methods differ they do no harm.
func layers(doc *openapi3.T) []*openapi3.T {
	var out []*openapi3.T
	var shapes []map[string]bool // of the paths of each layer
	for _, path := range doc.Paths.InMatchingOrder() {
		shape := pathValue.ReplaceAllString(path, "{}")
		at := 0
		for ; at < len(out) && shapes[at][shape]; at++ {
		}
		if at == len(out) {
			layer := *doc
			layer.Paths = openapi3.NewPaths()
			layer.Paths.Extensions = doc.Paths.Extensions
			out, shapes = append(out, &layer), append(shapes, map[string]bool{})
		}
		shapes[at][shape] = true
		out[at].Paths.Set(path, doc.Paths.Value(path))
	}
	if len(out) == 0 {
		return []*openapi3.T{doc}
	}
	return out
}
