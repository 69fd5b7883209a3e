package lower

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// normalize rewrites, in place, keywords of OpenAPI 3.1 as those that the rest of the package knows: a list of types becomes
// a oneOf, a choice of constants an enum, properties by pattern become additional properties of any type, and so do items by
// position.
func normalize(s *openapi3.Schema) {
	anything := &openapi3.SchemaRef{Value: &openapi3.Schema{}}
	if len(s.PrefixItems) > 0 {
		s.Items = anything
	}
	switch more := &s.AdditionalProperties; {
	case len(s.PatternProperties) > 0:
		more.Schema = anything
	case !additional(s) && s.UnevaluatedProperties.Schema != nil:
		more.Schema = s.UnevaluatedProperties.Schema
	}
	joinEnums(s)
	types := typesOf(s)
	switch {
	case len(types) < 2 || len(enumOf(s)) > 0 || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0:
		return
	case len(types) == 2 && slices.Contains(types, "integer") && slices.Contains(types, "number"):
		types = []string{"number"}
	}
	s.Nullable = s.Nullable || s.Type.Includes("null")
	if len(types) == 1 {
		s.Type = typed(types[0])
		return
	}
	for _, t := range types {
		s.OneOf = append(s.OneOf, &openapi3.SchemaRef{Value: ofType(s, t)})
	}
	s.Type, s.Items, s.Properties, s.AdditionalProperties, s.Required = nil, nil, nil, openapi3.AdditionalProperties{}, nil
}

// joinEnums converts a schema to an enum if it is a choice of enums or constants of one type, or null.
func joinEnums(s *openapi3.Schema) {
	choices := append(slices.Clone(s.OneOf), s.AnyOf...)
	if len(s.AllOf)+len(s.Properties)+len(enumOf(s)) > 0 || len(s.OneOf)*len(s.AnyOf) > 0 || additional(s) {
		return
	}
	var values, words []any
	var kind string
	enums, null := 0, false
	for _, choice := range choices {
		c := choice.Value
		t, isEnum := "", false
		if c != nil {
			t, isEnum = EnumType(c)
		}
		switch {
		case isEnum && (kind == "" || kind == t):
			enums++
			kind, null = t, null || c.Nullable || slices.Contains(c.Enum, nil)
			for _, v := range enumOf(c) {
				if v != nil {
					values, words = append(values, v), append(words, cmp.Or(c.Description, c.Title))
				}
			}
		case c != nil && slices.Equal(c.Type.Slice(), []string{"null"}):
			null = true
		default:
			return
		}
	}
	if enums < 2 { // one alone may have a name
		return
	}
	s.OneOf, s.AnyOf, s.Enum, s.Type, s.Nullable = nil, nil, values, typed(kind), s.Nullable || null
	if _, told := s.Extensions["x-enum-descriptions"]; !told && len(values) == len(choices) {
		s.Extensions = maps.Clone(s.Extensions)
		if s.Extensions == nil {
			s.Extensions = map[string]any{}
		}
		s.Extensions["x-enum-descriptions"] = words
	}
}

// ofType returns the constraints of a schema on the values of one of its types.
func ofType(s *openapi3.Schema, t string) *openapi3.Schema {
	out := &openapi3.Schema{Type: typed(t)}
	switch t {
	case "object":
		out.Title = "object" // for its name
		out.Properties, out.AdditionalProperties, out.Required = s.Properties, s.AdditionalProperties, s.Required
	case "array":
		out.Items = s.Items
	case "string":
		out.Format = known(s.Format, "date-time", "date", "byte")
	case "integer", "number":
		out.Format = known(s.Format, integerFormats...)
	}
	return out
}
