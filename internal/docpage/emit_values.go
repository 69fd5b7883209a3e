package docpage

import (
	"encoding/json"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// values emits the lines below a field: bounds, the values of an enum, the default and the examples. The target is what the
// label's type is that of: of an array its innermost items.
func (m *emitter) valuesOf(place, target facts.Place, e *entry) {
	for _, c := range e.constraints {
		where := target
		if c.aspect == "minItems" || c.aspect == "maxItems" {
			where = place
		}
		m.Add(where, c.aspect, c.value, m.At(c.line))
		if c.unsure && !hasOther(e.constraints, c) {
			m.Doubt(where, c.line, "the page does not show whether this bound is that of the array or of its numbers")
		}
	}
	if e.enum != nil {
		values := make([]string, len(e.enum.values))
		for i, value := range e.enum.values {
			values[i] = facts.Canonical(value)
		}
		of := target
		if e.label.kind == "array" { // an array of arrays: the values are those of the innermost items
			of = of.Items()
		}
		m.Add(of, facts.Enum, facts.CompactJSON(values), m.At(e.enum.line))
	}
	if e.fallback != nil {
		of := place
		if place.IsParam() { // of an array it is that of the items
			of = target
		}
		m.Add(of, facts.Default, facts.Canonical(e.fallback.text), m.At(e.fallback.line))
	}
	if len(e.examples) > 0 {
		m.Add(place, facts.Examples, facts.CompactJSON(e.examples), m.At(e.line))
	} else if e.example != nil {
		m.example(place, e)
	}
}

// hasOther: two bounds of an array stand beside each other, which those of a number do not.
func hasOther(all []constraintAt, c constraintAt) bool {
	for _, other := range all {
		if other.aspect != c.aspect && (other.aspect == "minItems" || other.aspect == "maxItems") {
			return true
		}
	}
	return false
}

// example adds an example. Older themes print a list of a parameter's values as [a, b], and lose an object.
func (m *emitter) example(place facts.Place, e *entry) {
	text := e.example.text
	if !e.example.ticked && place.IsParam() {
		if text == "[object Object]" {
			return
		}
		if e.label.arrays > 0 {
			text = listExample(text, e.label.kind)
		}
	}
	m.Add(place, facts.Example, facts.Canonical(text), m.At(e.example.line))
}

// listExample writes [a, b] as JSON.
func listExample(text, kind string) string {
	inner, opened := strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed || strings.ContainsAny(inner, `"{[`) {
		return text
	}
	values := []any{}
	for _, part := range strings.Split(inner, ",") {
		part = strings.TrimSpace(part)
		if kind != "string" && kind != "" && json.Valid([]byte(part)) {
			values = append(values, json.RawMessage(part))
		} else {
			values = append(values, part)
		}
	}
	if inner == "" {
		values = values[:0]
	}
	return facts.CompactJSON(values)
}
