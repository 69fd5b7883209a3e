package docpage

import "github.com/highlevel-go/snapshots/internal/facts"

// typeOf emits what a label and the lines below it say. The node is nil for a parameter.
func (m *emitter) typeOf(place facts.Place, e *entry, n *node) {
	m.modern = m.modern || e.label.modern
	if !e.label.known {
		m.title(place, e, n)
	}
	l := &e.label
	at := m.At(e.line)
	if l.isUndefined() && !(n != nil && n.items.hasInside()) {
		m.Doubt(place, e.line, "the page gives no type: any, or a schema that is inside itself")
	}
	if l.nullable {
		m.Add(place, facts.Nullable, "true", at)
	}
	target := place // what the label's type is that of
	for range l.arrays {
		m.Add(target, facts.Type, "array", at)
		target = target.Items()
	}
	kind, isUnion := l.kind, n != nil && n.union != ""
	if n != nil && n.items != nil {
		m.items(place, target, e, n.items)
		isUnion = isUnion || n.items.union != "" && l.arrays > 0
		if kind == "" && len(n.items.children) > 0 && n.items.entry == nil { // brackets without a label, and fields in them
			kind = "object"
		}
	}
	if kind != "" && !isUnion {
		m.Add(target, facts.Type, kind, at)
	}
	if l.format != "" {
		m.Add(target, facts.Format, l.format, at)
	}
	m.valuesOf(place, target, e)
	if n != nil && n.isUnlisted() {
		m.Doubt(place, e.line, "the printed JSON has fields in it that the page does not list")
	}
}

// items emits what the brackets after a label have in them, which says the type of the items again or alone.
func (m *emitter) items(place, target facts.Place, e *entry, items *node) {
	l := &e.label
	if l.arrays == 0 { // "array", or an unknown label
		if l.kind != "array" {
			m.Add(place, facts.Type, "array", m.At(e.line))
		}
		m.node(place.Items(), items, e.line, false)
		return
	}
	if e.kind == bare && l.kind == "" && l.arrays == 1 && items.entry != nil { // brackets without a label
		m.node(target, items, e.line, false)
		return
	}
	uncertain := items.uncertain
	if items.entry != nil && items.entry.kind == bare { // the label has said what the items are
		if e.enum == nil {
			e.enum = items.entry.enum
		}
		uncertain = ""
	}
	if items.items != nil {
		m.node(target.Items(), items.items, e.line, false)
	}
	m.inside(target, items)
	if uncertain != "" {
		m.Doubt(target, e.line, uncertain)
	}
}
