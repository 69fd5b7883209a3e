package docpage

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// doubt marks a place as uncertain and tells the reader.
func (p *Page) doubt(place facts.Place, line int, why string) {
	p.Add(place, facts.Uncertain, why, p.at(line))
	p.Issues = append(p.Issues, Issue{Kind: Uncertain, Pos: p.at(line), Place: place, Message: string(place) + ": " + why})
}

// twice reports a name that stands twice in one list. The first is taken.
func (p *Page) twice(place facts.Place, line int) {
	if first, ok := p.Get(place, facts.Present); ok {
		p.contradict(line, place, facts.Present, "%s is there twice; first on line %d", place, first.Pos.Line)
	}
}

func (p *Page) emitParam(place facts.Place, e *entry) {
	p.twice(place, e.line)
	p.Add(place, facts.Present, "true", p.at(e.line))
	if e.label.required {
		p.Add(place, facts.Required, "true", p.at(e.line))
	}
	if e.label.deprecated {
		p.Add(place, facts.Deprecated, "true", p.at(e.line))
	}
	p.AddText(place, facts.Text, strings.Join(e.prose, "\n"), p.at(e.line))
	p.emitType(place, e, nil)
}

// emitBody emits one media type of a body.
func (p *Page) emitBody(place facts.Place, b *bodyPart, known shapes) {
	if !b.unnamed {
		p.Add(place, facts.MediaType, b.mediaType, p.at(b.line))
	}
	if b.noSchema {
		return
	}
	entries := b.entries
	samples := []any{b.sample}
	if only := primitiveRoot(b); only != nil {
		entries = []*entry{only}
	} else if b.isArray && len(entries) == 1 && entries[0].hasGroup && entries[0].kind == bare {
		p.emitRootArray(place, entries[0], b, known)
		entries = nil
	} else if len(entries) == 1 && entries[0].kind == bare && entries[0].hasGroup {
		p.emitRootArray(place, entries[0], b, known)
		entries = nil
	}
	if entries != nil {
		root := nest(entries, samples, known, 0)
		p.emitNode(place, root, b.line, true)
	}
	if b.hasSample {
		p.Add(place, facts.Sample, facts.CanonicalValue(plainValue(b.sample)), p.at(b.sampleAt))
	}
	if len(b.examples) > 0 {
		p.Add(place, facts.Examples, facts.CompactJSON(b.examples), p.at(b.line))
	}
}

func (p *Page) emitRootArray(place facts.Place, e *entry, b *bodyPart, known shapes) {
	p.Add(place, facts.Type, "array", p.at(e.line))
	p.emitNode(place.Items(), nest(e.group, elements(b.sample), known, 1), e.line, false)
}

// primitiveRoot: a schema that is no object prints its type as if it were a field's name.
func primitiveRoot(b *bodyPart) *entry {
	if len(b.entries) != 1 {
		return nil
	}
	e := b.entries[0]
	if e.kind != field || e.name != e.label.kind && !(primitives[e.name] && e.label.kind != "") || !primitives[e.name] || e.hasGroup {
		return nil
	}
	if o, ok := b.sample.(*object); ok && (e.name != "object" || len(o.keys) > 0) {
		return nil
	}
	root := *e
	root.kind, root.label.required = bare, false
	return &root
}

// emitNode emits the inside of a schema, and its own type where the node is one without a name.
func (p *Page) emitNode(place facts.Place, n *node, line int, isRoot bool) {
	switch {
	case n.entry != nil:
		line = n.entry.line
		p.emitType(place, n.entry, n)
		if !isRoot && n.entry.kind == bare {
			p.AddText(place, facts.Text, strings.Join(n.entry.prose, "\n"), p.at(line))
		}
	case n.union == "" && (len(n.children) > 0 || n.values != nil):
		p.Add(place, facts.Type, "object", p.at(line))
	}
	if n.uncertain != "" {
		p.doubt(place, line, n.uncertain)
	}
	p.emitInside(place, n)
}

func (p *Page) emitInside(place facts.Place, n *node) {
	for _, child := range n.children {
		if child.kind == bare {
			p.report(Unread, child.line, "a type without a name (%s) among named fields", child.label.text)
			continue
		}
		at := place.Property(child.name)
		p.twice(at, child.line)
		p.Add(at, facts.Present, "true", p.at(child.line))
		if child.label.required {
			p.Add(at, facts.Required, "true", p.at(child.line))
		}
		if child.label.deprecated {
			p.Add(at, facts.Deprecated, "true", p.at(child.line))
		}
		p.AddText(at, facts.Text, strings.Join(child.prose, "\n"), p.at(child.line))
		p.emitNode(at, child, child.line, false)
	}
	if n.values != nil {
		at := place.Values()
		p.Add(at, facts.Present, "true", p.at(n.values.line))
		p.AddText(at, facts.Text, strings.Join(n.values.prose, "\n"), p.at(n.values.line))
		p.emitNode(at, n.values, n.values.line, false)
	}
	if n.union != "" {
		p.Add(place, facts.Union, n.union, p.at(n.unionAt))
		for i, variant := range n.variants {
			at := place.Variant(i)
			p.Add(at, facts.Present, "true", p.at(n.unionAt))
			if i < len(n.titles) && !isPlaceholder(n.titles[i]) {
				p.Add(at, facts.Title, n.titles[i], p.at(n.unionAt))
			}
			p.emitNode(at, variant, n.unionAt, false)
		}
	}
}

// isPlaceholder: the renderer's own name for a variant without a title, which in newer themes is its type.
func isPlaceholder(title string) bool {
	if kind := strings.TrimSuffix(title, "[]"); primitives[kind] || kind == "oneOf" || kind == "anyOf" || modernLabel.MatchString(kind) || isUnionOfTypes(kind) {
		return true
	}
	rest, ok := strings.CutPrefix(title, "MOD")
	if !ok {
		rest, ok = strings.CutPrefix(title, "Option ")
	}
	return ok && rest != "" && strings.Trim(rest, "0123456789") == ""
}

// emitType emits what a label and the lines below it say. The node is nil for a parameter.
func (p *Page) emitType(place facts.Place, e *entry, n *node) {
	l := e.label
	if l.modern {
		p.modern = true
	}
	if !l.known {
		p.unknownLabel(place, e, n)
	}
	at := p.at(e.line)
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
		p.Add(target, facts.Enum, facts.CompactJSON(values), p.at(e.enum.line))
	}
	if e.fallback != nil {
		p.Add(place, facts.Default, facts.Canonical(e.fallback.text), p.at(e.fallback.line))
	}
	if len(e.examples) > 0 {
		p.Add(place, facts.Examples, facts.CompactJSON(e.examples), at)
	} else if e.example != nil {
		p.Add(place, facts.Example, facts.Canonical(e.example.text), p.at(e.example.line))
	}
}

// unknownLabel: the label is a title or a slip; the sample may still tell the type.
func (p *Page) unknownLabel(place facts.Place, e *entry, n *node) {
	p.Issues = append(p.Issues, Issue{Kind: UnknownLabel, Pos: p.at(e.line), Place: place,
		Message: "the type of " + string(place) + " is given as " + quoteShort(e.label.title) + ", which is not a type or format that the renderer writes"})
	if n != nil && (len(n.children) > 0 || n.values != nil) {
		e.label.kind = "object"
	}
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
