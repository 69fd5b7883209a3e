package example

import (
	"encoding/json"
	"maps"
	"math"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// shown is what a document shows as a value of a schema.
type shown struct {
	value   any
	size    int  // number of values in it; 0 if nothing is shown
	example bool // it is or contains an example, and not only a value that the schema names anyway
}

// maxSize is the maximum number of values in an example. With references, the number can double with each line of a
// document.
const maxSize = 200

// of returns what the document shows for a schema: its example, or one built from the examples of its parts.
func (m *Maker) of(ref *openapi3.SchemaRef) shown {
	if ref == nil || ref.Value == nil {
		return shown{}
	}
	s := ref.Value
	if known, ok := m.shown[s]; ok {
		return known
	}
	m.shown[s] = shown{} // until it is found: a schema that contains itself shows nothing there
	out := m.find(s)
	if out.size > maxSize {
		out = shown{}
	}
	m.shown[s] = out
	return out
}

func (m *Maker) find(s *openapi3.Schema) shown {
	for _, v := range append([]any{s.Example}, s.Examples...) {
		if v, ok := plain(asText(v, s)); ok && fits(v, s) {
			return shown{v, size(v), true}
		}
	}
	for _, v := range append([]any{s.Const}, s.Enum...) {
		if v, ok := plain(v); ok && fits(v, s) {
			return shown{v, 1, false}
		}
	}
	for _, choice := range slices.Concat(s.OneOf, s.AnyOf) {
		if out := m.of(choice); out.size > 0 {
			return out
		}
	}
	switch {
	case s.Items != nil:
		item := m.of(s.Items)
		if item.size == 0 {
			return shown{}
		}
		return shown{[]any{item.value}, item.size + 1, item.example}
	case len(s.AllOf)+len(s.Properties) > 0:
		return m.parts(s)
	}
	if v, ok := plain(s.Default); ok && fits(v, s) {
		return shown{v, 1, false}
	}
	return shown{}
}

// parts builds an object from the examples of its properties. For an allOf with one example, it returns that one.
func (m *Maker) parts(s *openapi3.Schema) shown {
	out, object := shown{size: 1}, map[string]any{}
	for _, member := range s.AllOf {
		inner := m.of(member)
		properties, isObject := inner.value.(map[string]any)
		switch {
		case inner.size == 0:
		case !isObject:
			return inner
		default:
			maps.Copy(object, properties)
			out.size, out.example = out.size+inner.size, out.example || inner.example
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if inner := m.of(s.Properties[name]); inner.size > 0 && !s.Properties[name].Value.WriteOnly {
			object[name] = inner.value
			out.size, out.example = out.size+inner.size, out.example || inner.example
		}
	}
	if len(object) == 0 {
		return shown{}
	}
	out.value = object
	return out
}

// ofMedia returns what the document shows for a media type as a whole.
func (m *Maker) ofMedia(media *openapi3.MediaType) shown {
	for _, v := range append([]any{media.Example}, named(media.Examples)...) {
		if v, ok := plain(v); ok && (media.Schema == nil || fits(v, media.Schema.Value)) && size(v) <= maxSize {
			return shown{v, size(v), true}
		}
	}
	return m.of(media.Schema)
}

// named returns the values of examples with names, in the order of these.
func named(examples openapi3.Examples) []any {
	var out []any
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		if ref := examples[name]; ref != nil && ref.Value != nil {
			out = append(out, ref.Value.Value)
		}
	}
	return out
}

// plain returns a value as encoding/json reads it. It returns false for nil and for what is not JSON.
func plain(v any) (any, bool) {
	if v == nil {
		return nil, false
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, false
	}
	var out any
	err = json.Unmarshal(data, &out)
	return out, err == nil && out != nil
}

// asText converts a number to a string if the schema is of type string, since authors omit the quotes.
func asText(v any, s *openapi3.Schema) any {
	if n, ok := v.(float64); ok && s.Type.Is("string") {
		return lower.ValueText(n)
	}
	return v
}

func size(v any) int {
	n := 1
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += size(item)
		}
	case map[string]any:
		for _, value := range v {
			n += size(value)
		}
	}
	return n
}

// fits reports whether a value is of a type of a schema. The values in a list or an object are checked where they are used.
func fits(v any, s *openapi3.Schema) bool { return fitsAt(v, s, 0) }

func fitsAt(v any, s *openapi3.Schema, depth int) bool {
	const deepest = 20
	types := s.Type.Slice()
	switch {
	case depth > deepest:
		return false
	case len(types) > 0:
		return slices.ContainsFunc(types, func(t string) bool { return isOf(v, t) })
	case len(s.AllOf) > 0:
		return !slices.ContainsFunc(s.AllOf, func(m *openapi3.SchemaRef) bool { return m.Value != nil && !fitsAt(v, m.Value, depth+1) })
	case len(s.Properties) > 0:
		return isOf(v, "object")
	case s.Items != nil:
		return isOf(v, "array")
	}
	return true
}

func isOf(v any, t string) bool {
	switch v := v.(type) {
	case string:
		return t == "string"
	case bool:
		return t == "boolean"
	case float64:
		return t == "number" || t == "integer" && v == math.Trunc(v)
	case []any:
		return t == "array"
	case map[string]any:
		return t == "object"
	}
	return false
}
