// Package sample generates JSON values from schemas: one that has everything, random ones that are valid, and ones that
// break a single keyword.
package sample

import (
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// maxDepth is how deep schemas that contain themselves are followed.
const maxDepth = 6

// ended reports whether a schema is not followed any further. path contains the schemas above it.
func ended(s *openapi3.Schema, path []*openapi3.Schema) bool {
	return s == nil || len(path) > maxDepth && slices.Contains(path, s)
}

// Full returns a value with every property, using documented examples that are complete.
func Full(s *openapi3.Schema) any { return full(s, nil) }

func full(s *openapi3.Schema, path []*openapi3.Schema) any {
	switch {
	case ended(s, path):
		return nil
	case s.Example != nil && !isPartial(s, Normal(s.Example)):
		return Normal(s.Example)
	case s.Const != nil:
		return Normal(s.Const)
	case len(s.Enum) > 0:
		return Normal(s.Enum[0])
	}
	path = append(slices.Clip(path), s)
	if value, ok := fullComposed(s, path); ok {
		return value
	}
	switch {
	case s.Type.Includes("object") || len(s.Properties) > 0:
		object := map[string]any{}
		for name, ref := range s.Properties {
			if value := full(ref.Value, path); value != nil {
				object[name] = value
			}
		}
		if more := s.AdditionalProperties.Schema; more != nil {
			object["more"] = full(more.Value, path)
		}
		return object
	case s.Type.Includes("array"):
		if s.Items == nil {
			return []any{}
		}
		item := full(s.Items.Value, path)
		if item == nil {
			return []any{}
		}
		return slices.Repeat([]any{item}, max(1, int(s.MinItems)))
	case s.Type.Includes("integer") || s.Type.Includes("number"):
		return number(s)
	case s.Type.Includes("boolean"):
		return true
	default:
		return text(s, "text")
	}
}

// isPartial reports whether an example lacks something that its schema describes: it has an empty string, which a client may
// omit, an empty list, or an object that lacks a property or has another value than the property's own example.
func isPartial(s *openapi3.Schema, example any) bool {
	switch v := example.(type) {
	case string:
		return v == "" && len(s.Enum) == 0 && (s.MaxLength == nil || *s.MaxLength > 0)
	case []any:
		return s.Items != nil && s.Items.Value != nil && (len(v) == 0 && (s.MaxItems == nil || *s.MaxItems > 0) || len(v) > 0 && isPartial(s.Items.Value, v[0]))
	case map[string]any:
		for name, ref := range s.Properties {
			if value, ok := v[name]; ref.Value != nil && !ref.Value.ReadOnly && !ref.Value.WriteOnly && (!ok || isPartial(ref.Value, value) || ref.Value.Example != nil && !reflect.DeepEqual(Normal(ref.Value.Example), value)) {
				return true
			}
		}
	}
	return false
}

func fullComposed(s *openapi3.Schema, path []*openapi3.Schema) (any, bool) {
	for _, choice := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, branch := range choice {
			if value := named(s, branch, beside(s, full(branch.Value, path), path, full)); valid(s, value) {
				return value, true
			}
		}
		if len(choice) > 0 {
			return leanest(s, choice, path), true
		}
	}
	if len(s.AllOf) == 0 {
		return nil, false
	}
	object := map[string]any{}
	for _, ref := range append(slices.Clone(s.AllOf), own(s)) {
		part, isObject := full(ref.Value, path).(map[string]any)
		if !isObject {
			return full(ref.Value, path), true
		}
		for name, value := range part {
			object[name] = value
		}
	}
	return object, true
}

// leanest returns a value of a choice whose branches have too much in common to distinguish full values: the first that fits
// when it contains only what its branch requires.
func leanest(s *openapi3.Schema, choice openapi3.SchemaRefs, path []*openapi3.Schema) any {
	for _, branch := range choice {
		object, ok := full(branch.Value, path).(map[string]any)
		if !ok {
			continue
		}
		maps.DeleteFunc(object, func(name string, _ any) bool { return !slices.Contains(branch.Value.Required, name) })
		beside(s, object, path, full)
		if named(s, branch, object); valid(s, object) {
			return object
		}
	}
	return named(s, choice[0], full(choice[0].Value, path))
}

// named sets the discriminator of a value to the name of its branch, if the choice has one and the value has another name.
func named(choice *openapi3.Schema, branch *openapi3.SchemaRef, value any) any {
	object, isObject := value.(map[string]any)
	if choice.Discriminator == nil || branch.Ref == "" || !isObject {
		return value
	}
	own := branch.Ref[strings.LastIndexByte(branch.Ref, '/')+1:]
	var names []any
	for name, target := range choice.Discriminator.Mapping {
		if target.Ref == branch.Ref || target.Ref == own {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = []any{own}
	}
	if property := choice.Discriminator.PropertyName; !slices.Contains(names, object[property]) {
		slices.SortFunc(names, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		object[property] = names[0]
	}
	return object
}

// beside adds to an object of a branch what its choice describes next to the branches; other makes those values.
func beside(s *openapi3.Schema, value any, path []*openapi3.Schema, other func(*openapi3.Schema, []*openapi3.Schema) any) any {
	object, isObject := value.(map[string]any)
	if own, more := other(own(s).Value, path).(map[string]any); isObject && more {
		for name := range own {
			if _, there := object[name]; !there {
				object[name] = own[name]
			}
		}
	}
	return value
}

// own returns the part of a composed schema that is next to allOf, or next to a choice.
func own(s *openapi3.Schema) *openapi3.SchemaRef {
	return openapi3.NewSchemaRef("", &openapi3.Schema{Type: &openapi3.Types{"object"}, Properties: s.Properties, Required: s.Required})
}

func number(s *openapi3.Schema) float64 {
	value := 1.0
	if s.Min != nil {
		value = max(value, *s.Min)
		if s.ExclusiveMin.IsTrue() {
			value = *s.Min + 1
		}
	}
	if s.Max != nil {
		value = min(value, *s.Max)
	}
	if m := s.MultipleOf; m != nil && *m > 0 {
		value = math.Ceil(value / *m) * *m
	}
	return value
}

// text returns a string of the schema's format and length, made from base.
func text(s *openapi3.Schema, base string) string {
	switch s.Format {
	case "date-time":
		return "2022-10-10T00:00:00Z"
	case "date":
		return "2022-10-10"
	case "uuid":
		return "123e4567-e89b-12d3-a456-426614174000"
	case "email":
		return "someone@example.com"
	case "uri":
		return "https://example.com/"
	case "ipv4":
		return "192.0.2.1"
	case "ipv6":
		return "2001:db8::1"
	case "hostname":
		return "example.com"
	case "byte":
		return "dGV4dA=="
	}
	if s.Pattern != "" {
		return matching(s)
	}
	for uint64(len(base)) < s.MinLength {
		base += strings.Repeat("x", int(s.MinLength)-len(base))
	}
	if s.MaxLength != nil && uint64(len(base)) > *s.MaxLength {
		base = base[:*s.MaxLength]
	}
	return base
}

// matching returns a string that matches the schema's pattern and, if possible, its length. It is the same each time.
func matching(s *openapi3.Schema) string {
	if _, err := regexp.Compile(s.Pattern); err != nil { // lookahead is for JavaScript, and no string can be generated for it here
		return "text"
	}
	found := ""
	for seed := range 100 {
		found = rapid.StringMatching(s.Pattern).Example(seed)
		if s.VisitJSON(found) == nil {
			break
		}
	}
	return found
}

// Normal converts a value of a YAML document into the one that encoding/json would return.
func Normal(value any) any {
	switch v := value.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = Normal(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name := range v {
			out[name] = Normal(v[name])
		}
		return out
	}
	return value
}
