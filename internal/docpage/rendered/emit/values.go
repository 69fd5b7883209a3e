package emit

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// values emits the lines below a field: bounds, the values of an enum, the default and the examples. The target is the place
// that the label's type belongs to: of an array its innermost items.
func (m *emitter) valuesOf(place, target facts.Place, e *fields.Entry) {
	for _, c := range e.Constraints {
		where := target
		if c.Aspect == "minItems" || c.Aspect == "maxItems" {
			where = place
		}
		m.Add(where, c.Aspect, c.Value, m.At(c.Line))
		if c.Unsure && !hasOther(e.Constraints, c) {
			m.Doubt(where, c.Line, "the page does not show whether this bound is that of the array or of its numbers")
		}
	}
	if e.Enum != nil {
		values := make([]string, len(e.Enum.Values))
		for i, value := range e.Enum.Values {
			values[i] = facts.Canonical(value)
		}
		of := target
		if e.Label.Kind == "array" { // an array of arrays: the values are those of the innermost items
			of = of.Items()
		}
		m.Add(of, facts.Enum, facts.CompactJSON(values), m.At(e.Enum.Line))
	}
	if e.Default != nil {
		of := place
		if place.IsParam() { // for an array, it is that of the items
			of = target
		}
		m.Add(of, facts.Default, facts.Canonical(e.Default.Text), m.At(e.Default.Line))
	}
	if len(e.Examples) > 0 {
		m.Add(place, facts.Examples, facts.CompactJSON(e.Examples), m.At(e.Line))
	} else if e.Example != nil {
		m.example(place, e)
	}
}

// hasOther reports whether an array has another bound: two bounds of an array are separate, those of a number are not.
func hasOther(all []fields.Constraint, c fields.Constraint) bool {
	return slices.ContainsFunc(all, func(other fields.Constraint) bool {
		return other.Aspect != c.Aspect && (other.Aspect == "minItems" || other.Aspect == "maxItems")
	})
}

// example adds an example. Older themes print a list of a parameter's values as [a, b], and lose objects.
func (m *emitter) example(place facts.Place, e *fields.Entry) {
	text := e.Example.Text
	if !e.Example.Ticked && place.IsParam() {
		if text == "[object Object]" {
			return
		}
		if e.Label.Arrays > 0 {
			text = listExample(text, e.Label.Kind)
		}
	}
	m.Add(place, facts.Example, facts.Canonical(text), m.At(e.Example.Line))
}

// listExample writes [a, b] as JSON.
func listExample(text, kind string) string {
	inner, opened := strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed || inner == "" || strings.ContainsAny(inner, `"{[`) {
		return text
	}
	values := []any{}
	for part := range strings.SplitSeq(inner, ",") {
		part = strings.TrimSpace(part)
		if kind != "string" && kind != "" && json.Valid([]byte(part)) {
			values = append(values, json.RawMessage(part))
		} else {
			values = append(values, part)
		}
	}
	return facts.CompactJSON(values)
}
