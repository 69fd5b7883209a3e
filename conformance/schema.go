package conformance

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// property finds the schema of a property, including in the parts of a composition.
func property(s *openapi3.Schema, name string) *openapi3.Schema {
	if ref := propertyRef(s, name); ref != nil {
		return ref.Value
	}
	return nil
}

func propertyRef(s *openapi3.Schema, name string) *openapi3.SchemaRef {
	if s == nil {
		return nil
	}
	if ref := s.Properties[name]; ref != nil {
		return ref
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, ref := range list {
			if found := propertyRef(ref.Value, name); found != nil {
				return found
			}
		}
	}
	return nil
}

// extensions returns those next to a $ref, and those of its target.
func extensions(ref *openapi3.SchemaRef) map[string]any {
	if len(ref.Extensions) == 0 {
		return ref.Value.Extensions
	}
	out := maps.Clone(ref.Value.Extensions)
	if out == nil {
		out = map[string]any{}
	}
	maps.Copy(out, ref.Extensions)
	return out
}

func items(s *openapi3.Schema) *openapi3.Schema {
	if s.Items == nil {
		return nil
	}
	return s.Items.Value
}

func isZero(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case float64:
		return v == 0
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !isZero(inner) {
				return false
			}
		}
		return true
	}
	return false
}

// merged returns an object with the members of its allOf, which is one struct in Go.
func merged(s *openapi3.Schema) *openapi3.Schema {
	if len(s.AllOf) == 0 {
		return s
	}
	out := *s
	out.AllOf, out.Properties, out.Required = nil, maps.Clone(s.Properties), slices.Clone(s.Required)
	if out.Properties == nil {
		out.Properties = openapi3.Schemas{}
	}
	for _, ref := range s.AllOf {
		part := merged(ref.Value)
		maps.Copy(out.Properties, part.Properties)
		out.Required = append(out.Required, part.Required...)
		if out.Type == nil {
			out.Type = part.Type
		}
	}
	return &out
}
