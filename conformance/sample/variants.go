package sample

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Variants returns values like [Full] that differ from it in one place: each value of an enum, true and false, each branch
// of a choice, and each example that omits something, at every place.
func Variants(s *openapi3.Schema) []any {
	return slices.DeleteFunc(variants(s, nil), func(v any) bool { return !valid(s, v) })
}

func variants(s *openapi3.Schema, path []*openapi3.Schema) []any {
	if s == nil || slices.Contains(path, s) {
		return nil
	}
	path = append(slices.Clip(path), s)
	var out []any
	if s.Example != nil && isPartial(s, Normal(s.Example)) {
		out = append(out, Normal(s.Example))
	}
	for _, value := range s.Enum {
		out = append(out, Normal(value))
	}
	if s.Type.Is("boolean") {
		out = append(out, true, false)
	}
	for _, choice := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, branch := range choice {
			for _, value := range append([]any{full(branch.Value, path)}, variants(branch.Value, path)...) {
				out = append(out, named(s, branch, value))
			}
		}
	}
	object, isObject := full(s, path[:len(path)-1]).(map[string]any)
	for _, part := range append([]*openapi3.SchemaRef{{Value: s}}, s.AllOf...) {
		if !isObject || part.Value == nil {
			break
		}
		if part.Value != s && len(part.Value.AllOf)+len(part.Value.OneOf)+len(part.Value.AnyOf) > 0 {
			for _, v := range variants(part.Value, path) {
				if more, ok := v.(map[string]any); ok {
					other := maps.Clone(object)
					maps.Copy(other, more)
					out = append(out, other)
				}
			}
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(part.Value.Properties)) {
			for _, v := range variants(part.Value.Properties[name].Value, path) {
				out = append(out, with(object, name, v))
			}
		}
		if more := part.Value.AdditionalProperties.Schema; more != nil {
			for _, v := range variants(more.Value, path) {
				out = append(out, with(object, "more", v))
			}
		}
	}
	if s.Items != nil {
		for _, v := range variants(s.Items.Value, path) {
			out = append(out, slices.Repeat([]any{v}, max(1, int(s.MinItems))))
		}
	}
	return out
}

func with(object map[string]any, name string, value any) map[string]any {
	out := maps.Clone(object)
	out[name] = value
	return out
}

// valid reports whether a schema accepts a value, in one direction or the other.
func valid(s *openapi3.Schema, v any) bool {
	return s.VisitJSON(v) == nil || s.VisitJSON(v, openapi3.VisitAsRequest()) == nil || s.VisitJSON(v, openapi3.VisitAsResponse()) == nil
}
