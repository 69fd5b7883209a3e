package lower

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// demands returns the constraints of a schema as text, for comparison.
func demands(s *openapi3.Schema) string {
	plain := *s
	plain.Title, plain.Description, plain.Default, plain.Example, plain.Examples, plain.Extensions, plain.ExternalDocs = "", "", nil, nil, nil, nil, nil
	plain.Deprecated, plain.ReadOnly, plain.WriteOnly = false, false, false
	text, err := json.Marshal(&plain)
	if err != nil { // a value that JSON cannot represent; it equals nothing
		return err.Error()
	}
	return string(text)
}

// merge adds the constraints of a schema to those of another one.
func (l *lowering) merge(out, s *openapi3.Schema, at oas.Place) {
	conflict := func(keyword string) {
		l.Add(at.At("allOf"), "the members of this allOf contradict each other in %s", keyword)
	}
	switch a, b := typesOf(out), typesOf(s); {
	case len(b) == 0 || slices.Equal(a, b):
	case len(a) == 0, a[0] == "number" && b[0] == "integer":
		out.Type = s.Type
	case a[0] == "integer" && b[0] == "number":
	default:
		conflict("type")
	}
	switch a, b := enumOf(out), enumOf(s); {
	case len(b) == 0:
	case len(a) == 0:
		out.Enum = b
	default:
		if out.Enum = slices.DeleteFunc(slices.Clone(a), func(v any) bool { return !slices.Contains(b, v) }); len(out.Enum) == 0 {
			conflict("enum")
		}
	}
	if out.Pattern != "" && s.Pattern != "" && out.Pattern != s.Pattern {
		l.Note(at.At("allOf"), "the client checks the pattern %q only; the service checks %q too", out.Pattern, s.Pattern)
	}
	if out.MultipleOf != nil && s.MultipleOf != nil && *out.MultipleOf != *s.MultipleOf {
		l.Note(at.At("allOf"), "the client checks multipleOf %v only; the service checks %v too", *out.MultipleOf, *s.MultipleOf)
	}
	out.Format, out.Pattern, out.MultipleOf = cmp.Or(out.Format, s.Format), cmp.Or(out.Pattern, s.Pattern), cmp.Or(out.MultipleOf, s.MultipleOf)
	if s.Min != nil && (out.Min == nil || *s.Min > *out.Min || *s.Min == *out.Min && s.ExclusiveMin.IsTrue()) {
		out.Min, out.ExclusiveMin.Bool = s.Min, s.ExclusiveMin.Bool
	}
	if s.Max != nil && (out.Max == nil || *s.Max < *out.Max || *s.Max == *out.Max && s.ExclusiveMax.IsTrue()) {
		out.Max, out.ExclusiveMax.Bool = s.Max, s.ExclusiveMax.Bool
	}
	out.ExclusiveMin.Value = strictest(out.ExclusiveMin.Value, s.ExclusiveMin.Value, 1)
	out.ExclusiveMax.Value = strictest(out.ExclusiveMax.Value, s.ExclusiveMax.Value, -1)
	out.MinLength, out.MaxLength = max(out.MinLength, s.MinLength), strictest(out.MaxLength, s.MaxLength, -1)
	out.MinItems, out.MaxItems = max(out.MinItems, s.MinItems), strictest(out.MaxItems, s.MaxItems, -1)
	out.UniqueItems, out.Not, out.Items = out.UniqueItems || s.UniqueItems, cmp.Or(out.Not, s.Not), cmp.Or(out.Items, s.Items)
	out.Title, out.Description = cmp.Or(out.Title, s.Title), cmp.Or(out.Description, s.Description)
	out.Deprecated, out.ReadOnly, out.Nullable = out.Deprecated || s.Deprecated, out.ReadOnly || s.ReadOnly, out.Nullable || s.Nullable
	if out.Default == nil {
		out.Default = s.Default
	}
	extensions := map[string]any{}
	maps.Copy(extensions, s.Extensions)
	maps.Copy(extensions, out.Extensions)
	out.Extensions = extensions
}

// strictest returns the larger of two bounds, or with sign -1 the smaller; nil is no bound.
func strictest[T cmp.Ordered](a, b *T, sign int) *T {
	if a == nil || b != nil && cmp.Compare(*b, *a)*sign > 0 {
		return b
	}
	return a
}
