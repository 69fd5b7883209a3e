package sample

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Wrong is a value that breaks one keyword of a schema at one place, and is otherwise right.
type Wrong struct {
	Keyword string
	Path    string // JSON pointer of the place
	Value   any
}

// Wrongs breaks each keyword that can be broken, one at a time. Annotations (description, default, example) cannot be
// broken.
func Wrongs(s *openapi3.Schema) []Wrong { return wrongs(s, Full(s), "", nil) }

func wrongs(s *openapi3.Schema, right any, at string, above []*openapi3.Schema) []Wrong {
	if s == nil || slices.Contains(above, s) {
		return nil // a schema that contains itself has been broken once
	}
	above = append(slices.Clip(above), s)
	var out []Wrong
	add := func(keyword string, value any) { out = append(out, Wrong{keyword, at, value}) }
	switch {
	case len(s.OneOf) > 0:
		add("oneOf", misfit(s.OneOf))
	case len(s.AnyOf) > 0:
		add("anyOf", misfit(s.AnyOf))
	}
	if s.Type != nil && len(*s.Type) > 0 && len(s.Enum) == 0 { // an enum refuses first
		add("type", otherType(s))
	}
	if len(s.Enum) > 0 {
		yes, isBool := s.Enum[0].(bool)
		switch {
		case s.Type.Is("boolean") && isBool:
			add("enum", !yes)
		case s.Type.Is("string") || s.Type == nil:
			add("enum", "none of these")
		default:
			add("enum", 987654321.0)
		}
	}
	out = append(out, wrongScalars(s, at)...)
	if list, ok := right.([]any); ok && s.Items != nil && len(list) > 0 {
		for _, w := range wrongs(s.Items.Value, list[0], at+"/0", above) {
			out = append(out, Wrong{w.Keyword, w.Path, []any{w.Value}})
		}
		if s.MaxItems != nil {
			add("maxItems", slices.Repeat([]any{list[0]}, int(*s.MaxItems)+1))
		}
		if s.MinItems > 0 {
			add("minItems", list[:s.MinItems-1])
		}
		if s.UniqueItems {
			add("uniqueItems", []any{list[0], list[0]})
		}
	}
	if object, ok := right.(map[string]any); ok {
		out = append(out, wrongObject(s, object, at, above)...)
	}
	for _, ref := range s.AllOf {
		out = append(out, wrongs(ref.Value, right, at, above)...)
	}
	return out
}

func wrongObject(s *openapi3.Schema, object map[string]any, at string, above []*openapi3.Schema) []Wrong {
	var out []Wrong
	for _, name := range s.Required {
		less := maps.Clone(object)
		delete(less, name)
		out = append(out, Wrong{"required", at + "/" + oas.EscapeToken(name), less})
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		for _, w := range wrongs(s.Properties[name].Value, object[name], at+"/"+oas.EscapeToken(name), above) {
			other := maps.Clone(object)
			other[name] = w.Value
			out = append(out, Wrong{w.Keyword, w.Path, other})
		}
	}
	return out
}

func wrongScalars(s *openapi3.Schema, at string) []Wrong {
	var out []Wrong
	add := func(keyword string, value any) { out = append(out, Wrong{keyword, at, value}) }
	if s.Format == "date-time" || s.Format == "date" {
		add("format", "10/28/2022, 6:24:54 PM")
	}
	if s.Min != nil {
		add("minimum", *s.Min-1)
	}
	if s.Max != nil {
		add("maximum", *s.Max+1)
	}
	if m := s.MultipleOf; m != nil {
		add("multipleOf", number(s)+*m/2)
	}
	if s.MinLength > 0 {
		add("minLength", strings.Repeat("x", int(s.MinLength)-1))
	}
	if s.MaxLength != nil {
		add("maxLength", strings.Repeat("x", int(*s.MaxLength)+1))
	}
	if s.Pattern != "" {
		add("pattern", "\x01 no pattern has this \x01")
	}
	return out
}

// misfit returns a value that fits no branch of a choice.
func misfit(choice openapi3.SchemaRefs) any {
	values := []any{map[string]any{"misfit": true}, 0.5, true, "misfit", []any{map[string]any{}}}
	for _, branch := range choice { // a parameter that is an object has no keys other than these
		for _, name := range slices.Sorted(maps.Keys(branch.Value.Properties)) {
			values = append([]any{map[string]any{name: "misfit"}}, values...)
		}
	}
	for _, value := range values {
		fits := slices.ContainsFunc(choice, func(ref *openapi3.SchemaRef) bool { return ref.Value.VisitJSON(value) == nil })
		if !fits {
			return value
		}
	}
	return nil
}

func otherType(s *openapi3.Schema) any {
	for _, other := range []struct {
		kind  string
		value any
	}{{"string", "text"}, {"number", 0.5}, {"object", map[string]any{}}, {"array", []any{}}, {"boolean", true}} {
		if !s.Type.Includes(other.kind) {
			return other.value
		}
	}
	return nil
}
