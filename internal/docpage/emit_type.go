package docpage

import (
	"encoding/json"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// emitType emits what a label and the lines below it say. The node is nil for a parameter.
func (p *Page) emitType(place facts.Place, e *entry, n *node) {
	if e.label.modern {
		p.modern = true
	}
	if !e.label.known {
		p.readTitle(place, e, n)
	}
	l := e.label
	at := p.at(e.line)
	if l.isUndefined() && !(n != nil && n.items.hasInside()) {
		p.doubt(place, e.line, "the page gives no type: any, or a schema that is inside itself")
	}
	if l.nullable {
		p.Add(place, facts.Nullable, "true", at)
	}
	inner := place
	for range l.arrays {
		p.Add(inner, facts.Type, "array", at)
		inner = inner.Items()
	}
	isUnion := n != nil && (n.union != "" || n.items != nil && n.items.union != "" && l.arrays > 0)
	if n != nil && n.items != nil && l.arrays == 0 { // "array", or an unknown label, with brackets behind it
		if l.kind != "array" {
			p.Add(place, facts.Type, "array", at)
		}
		inner = place.Items()
		p.emitNode(inner, n.items, e.line, false)
	} else if n != nil && n.items != nil {
		items := n.items
		if e.kind == bare && l.kind == "" && l.arrays == 1 && items.entry != nil { // brackets without a label: what is in them says the type
			p.emitNode(inner, items, e.line, false)
			items = &node{}
		} else if items.entry != nil && items.entry.kind == bare { // the label has said what the items are; the brackets say it again
			items = &node{entry: nil, children: items.children, values: items.values, items: items.items, union: items.union, variants: items.variants, titles: items.titles, unionAt: items.unionAt}
			if n.items.entry.enum != nil && e.enum == nil {
				e.enum = n.items.entry.enum
			}
		}
		if items.items != nil {
			p.emitNode(inner.Items(), items.items, e.line, false)
		}
		p.emitInside(inner, items)
		if items.uncertain != "" {
			p.doubt(inner, e.line, items.uncertain)
		}
	}
	target := inner
	if l.arrays == 0 {
		target = place
	}
	if l.kind == "" && !isUnion && n != nil && n.items != nil && len(n.items.children) > 0 && n.items.entry == nil {
		l.kind = "object" // brackets without a label, and fields in them
	}
	if l.kind != "" && !isUnion {
		p.Add(target, facts.Type, l.kind, at)
	}
	if l.format != "" {
		p.Add(target, facts.Format, l.format, at)
	}
	for _, c := range e.constraints {
		where := target
		if c.aspect == "minItems" || c.aspect == "maxItems" {
			where = place
		}
		p.Add(where, c.aspect, c.value, p.at(c.line))
		if c.unsure && !hasOther(e.constraints, c) {
			p.doubt(where, c.line, "the page does not show whether this bound is that of the array or of its numbers")
		}
	}
	if e.enum != nil {
		values := make([]string, len(e.enum.values))
		for i, value := range e.enum.values {
			values[i] = facts.Canonical(value)
		}
		if l.kind == "array" { // an array of arrays: the values are those of the innermost items
			target = target.Items()
		}
		p.Add(target, facts.Enum, facts.CompactJSON(values), p.at(e.enum.line))
	}
	if e.fallback != nil {
		at := place
		if place.IsParam() { // of an array it is that of the items
			at = target
		}
		p.Add(at, facts.Default, facts.Canonical(e.fallback.text), p.at(e.fallback.line))
	}
	if len(e.examples) > 0 {
		p.Add(place, facts.Examples, facts.CompactJSON(e.examples), at)
	} else if e.example != nil {
		p.emitExample(place, e)
	}
	if n != nil && n.isUnlisted() {
		p.doubt(place, e.line, "the printed JSON has fields in it that the page does not list")
	}
}

// hasInside reports whether the page shows what a schema is made of.
func (n *node) hasInside() bool {
	return n != nil && (len(n.children) > 0 || n.values != nil || n.items != nil || n.union != "" || n.entry != nil && n.label.kind != "")
}

// emitExample adds an example. Older themes print a list of a parameter's values as [a, b], and lose an object.
func (p *Page) emitExample(place facts.Place, e *entry) {
	text := e.example.text
	if !e.example.ticked && place.IsParam() {
		if text == "[object Object]" {
			return
		}
		if e.label.arrays > 0 {
			text = listExample(text, e.label.kind)
		}
	}
	p.Add(place, facts.Example, facts.Canonical(text), p.at(e.example.line))
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

// isUnlisted reports whether the printed JSON has more inside a field than the page lists: a schema that the renderer does
// not unfold.
func (n *node) isUnlisted() bool {
	if n.entry == nil || n.example != nil || n.fallback != nil || !n.hasValue || n.label.circular {
		return false
	}
	if len(n.children) > 0 || n.values != nil || n.items != nil || n.union != "" {
		return false
	}
	value := n.value
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	o, ok := value.(*object)
	return ok && len(o.keys) > 0
}

func quoteShort(text string) string { return `"` + firstWords(text) + `"` }

// hasOther: two bounds of an array stand beside each other, which those of a number do not.
func hasOther(all []constraintAt, c constraintAt) bool {
	for _, other := range all {
		if other.aspect != c.aspect && (other.aspect == "minItems" || other.aspect == "maxItems") {
			return true
		}
	}
	return false
}
