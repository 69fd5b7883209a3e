package emit

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/nesting"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// typeOf emits the facts in a label and the lines below it. The node is nil for a parameter.
func (m *emitter) typeOf(place facts.Place, e *fields.Entry, n *nesting.Node) {
	m.modern = m.modern || e.Label.Modern
	if !e.Label.Known {
		m.title(place, e, n)
	}
	l := &e.Label
	at := m.At(e.Line)
	if l.IsUndefined() && !(n != nil && n.Items.HasInside()) {
		m.Doubt(place, e.Line, "the page gives no type: any, or a schema that contains itself")
	}
	if l.Nullable {
		m.Add(place, facts.Nullable, "true", at)
	}
	target := place // the place that the label's type belongs to
	for range l.Arrays {
		m.Add(target, facts.Type, "array", at)
		target = target.Items()
	}
	kind, isUnion := l.Kind, n != nil && n.Union != ""
	if n != nil && n.Items != nil {
		m.items(place, target, e, n.Items)
		isUnion = isUnion || n.Items.Union != "" && l.Arrays > 0
		if kind == "" && len(n.Items.Children) > 0 && n.Items.Entry == nil { // brackets without a label, and with fields
			kind = "object"
		}
	}
	if kind != "" && !isUnion {
		m.Add(target, facts.Type, kind, at)
	}
	if l.Format != "" {
		m.Add(target, facts.Format, l.Format, at)
	}
	m.valuesOf(place, target, e)
	if n != nil && n.IsUnlisted() {
		m.Doubt(place, e.Line, "the printed JSON has fields in it that the page does not list")
	}
}

// items emits the content of the brackets after a label, which repeats the type of the items or is the only place with it.
func (m *emitter) items(place, target facts.Place, e *fields.Entry, items *nesting.Node) {
	l := &e.Label
	if l.Arrays == 0 { // "array", or an unknown label
		if l.Kind != "array" {
			m.Add(place, facts.Type, "array", m.At(e.Line))
		}
		m.node(place.Items(), items, e.Line, false)
		return
	}
	if e.Kind == fields.Nameless && l.Kind == "" && l.Arrays == 1 && items.Entry != nil { // brackets without a label
		m.node(target, items, e.Line, false)
		return
	}
	uncertain := items.Uncertain
	if items.Entry != nil && items.Entry.Kind == fields.Nameless { // the label already gives the type of the items
		if e.Enum == nil {
			e.Enum = items.Entry.Enum
		}
		uncertain = ""
	}
	if items.Items != nil {
		m.node(target.Items(), items.Items, e.Line, false)
	}
	m.inside(target, items)
	if uncertain != "" {
		m.Doubt(target, e.Line, uncertain)
	}
}
