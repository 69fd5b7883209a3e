package sample

import (
	"maps"

	"github.com/getkin/kin-openapi/openapi3"
)

// Sent returns a value without the properties that only responses have (readOnly).
func Sent(s *openapi3.Schema, value any) any {
	return without(s, value, func(p *openapi3.Schema) bool { return p.ReadOnly })
}

// Received returns a value without the properties that only requests have (writeOnly).
func Received(s *openapi3.Schema, value any) any {
	return without(s, value, func(p *openapi3.Schema) bool { return p.WriteOnly })
}

func without(s *openapi3.Schema, value any, drop func(*openapi3.Schema) bool) any {
	if s == nil {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		out := maps.Clone(v)
		for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
			for _, ref := range list {
				out, _ = without(ref.Value, out, drop).(map[string]any)
			}
		}
		for name, ref := range s.Properties {
			inner, there := out[name]
			switch {
			case !there:
			case drop(ref.Value):
				delete(out, name)
			default:
				out[name] = without(ref.Value, inner, drop)
			}
		}
		if more := s.AdditionalProperties.Schema; more != nil {
			for name := range out {
				if s.Properties[name] == nil {
					out[name] = without(more.Value, out[name], drop)
				}
			}
		}
		return out
	case []any:
		return each(s, v, func(item any) any { return without(s.Items.Value, item, drop) })
	}
	return value
}

// each changes the items of a list that its schema describes.
func each(s *openapi3.Schema, list []any, change func(item any) any) []any {
	if s.Items == nil {
		return list
	}
	out := make([]any, len(list))
	for i := range list {
		out[i] = change(list[i])
	}
	return out
}

// Filled returns a value whose required strings are not empty: a client treats an empty one as omitted.
func Filled(s *openapi3.Schema, value any) any {
	if s == nil {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		out := maps.Clone(v)
		properties, required := map[string]*openapi3.Schema{}, map[string]bool{}
		gather(s, properties, required)
		for name, p := range properties {
			inner, there := out[name]
			if !there {
				continue
			}
			out[name] = Filled(p, inner)
			if out[name] == "" && required[name] {
				out[name] = full(p, nil)
			}
		}
		if more := s.AdditionalProperties.Schema; more != nil {
			for name, inner := range out {
				if properties[name] == nil {
					out[name] = Filled(more.Value, inner)
				}
			}
		}
		return out
	case []any:
		return each(s, v, func(item any) any { return Filled(s.Items.Value, item) })
	}
	return value
}

// gather finds the properties that an object may and must have, in all parts of its schema: one part can require what
// another describes.
func gather(s *openapi3.Schema, properties map[string]*openapi3.Schema, required map[string]bool) {
	for name, ref := range s.Properties {
		properties[name] = ref.Value
	}
	for _, name := range s.Required {
		required[name] = true
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, ref := range list {
			gather(ref.Value, properties, required)
		}
	}
}
