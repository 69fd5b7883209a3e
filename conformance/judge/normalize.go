package judge

import (
	"encoding/json"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// normalize removes from a document what contradicts the rest of it and changes no message; see [Load].
func normalize(doc *openapi3.T) {
	schema.OpenBases(doc)
	examples := exampleCheck{schema.NewSet(doc.IsOpenAPI31OrLater())}
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		s := ref.Value
		removeContradictions(s)
		s.Example = examples.fitting(ref, s.Example)
		return nil
	})
	for _, item := range doc.Paths.Map() {
		examples.parameters(item.Parameters)
		for _, op := range item.Operations() {
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

// fitting returns an example if its schema accepts it in at least one direction, or nil.
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
