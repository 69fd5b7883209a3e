package mcpserver

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/jsonschema-go/jsonschema"
)

// inputSchema returns the JSON schema of an argument. It rejects names that are not in the document, because they would be
// ignored.
func inputSchema(ref *openapi3.SchemaRef) *jsonschema.Schema { return schemaOf(ref, true, nil) }

// outputSchema returns the JSON schema of a response. It requires only the types that decoding guarantees: the service may
// omit fields and send undocumented values.
func outputSchema(ref *openapi3.SchemaRef) *jsonschema.Schema { return schemaOf(ref, false, nil) }

func schemaOf(ref *openapi3.SchemaRef, input bool, above []*openapi3.Schema) *jsonschema.Schema {
	if ref == nil || ref.Value == nil || slices.Contains(above, ref.Value) { // a recursive schema accepts anything
		return &jsonschema.Schema{}
	}
	in := ref.Value
	above = append(above, in)
	out := &jsonschema.Schema{Description: describe(in)}
	if in.Extensions["x-comma-separated"] == true {
		out.Type, out.Items = "array", &jsonschema.Schema{Type: "string"}
		return out
	}
	texts := in.Items != nil && in.Items.Value != nil && in.Items.Value.Type.Is("string")
	if in.Type != nil && (input || !texts) { // a list of strings in a response can be something else: see rest.Strings
		out.Types = slices.Clone([]string(*in.Type))
		if in.Nullable {
			out.Types = append(out.Types, "null")
		}
		if len(out.Types) == 1 {
			out.Type, out.Types = out.Types[0], nil
		}
	}
	if in.Items != nil {
		out.Items = schemaOf(in.Items, input, above)
	}
	for _, name := range slices.Sorted(maps.Keys(in.Properties)) {
		if out.Properties == nil {
			out.Properties = map[string]*jsonschema.Schema{}
		}
		out.Properties[name] = schemaOf(in.Properties[name], input, above)
	}
	out.AllOf, out.AnyOf = schemasOf(in.AllOf, input, above), schemasOf(append(in.AnyOf, in.OneOf...), input, above)
	if input {
		restrict(out, in, above)
	}
	return out
}

func schemasOf(refs openapi3.SchemaRefs, input bool, above []*openapi3.Schema) (out []*jsonschema.Schema) {
	for _, ref := range refs {
		out = append(out, schemaOf(ref, input, above))
	}
	return out
}

// restrict adds the restrictions of a schema beyond its type.
func restrict(out *jsonschema.Schema, in *openapi3.Schema, above []*openapi3.Schema) {
	out.Required, out.Enum, out.Format, out.Pattern = in.Required, in.Enum, in.Format, in.Pattern
	out.Minimum, out.Maximum, out.MultipleOf, out.UniqueItems = in.Min, in.Max, in.MultipleOf, in.UniqueItems
	out.MinLength, out.MaxLength = bound(&in.MinLength), bound(in.MaxLength)
	out.MinItems, out.MaxItems = bound(&in.MinItems), bound(in.MaxItems)
	if in.Example != nil {
		out.Examples = []any{in.Example}
	}
	if in.Default != nil {
		out.Default, _ = json.Marshal(in.Default) // it was decoded from a document
	}
	switch more := in.AdditionalProperties; {
	case more.Schema != nil:
		out.AdditionalProperties = schemaOf(more.Schema, true, above)
	case len(in.Properties) > 0 && len(in.AllOf) == 0 && (more.Has == nil || !*more.Has):
		out.AdditionalProperties = nothing()
	}
}

// nothing returns a schema that accepts no value.
func nothing() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

func bound(n *uint64) *int {
	if n == nil || *n == 0 {
		return nil
	}
	i := int(*n)
	return &i
}

// describe returns the description of a schema, with that of each value of its enum.
func describe(s *openapi3.Schema) string {
	text := strings.TrimSpace(s.Description)
	descriptions, _ := s.Extensions["x-enum-descriptions"].([]any)
	if len(descriptions) == 0 || len(descriptions) != len(s.Enum) {
		return text
	}
	values := make([]string, len(descriptions))
	for i, description := range descriptions {
		values[i] = fmt.Sprintf("%v %v", s.Enum[i], description)
	}
	return text + " " + strings.Join(values, "; ") + "."
}
