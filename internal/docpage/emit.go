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
	if first, again := p.lines[place]; again {
		p.contradict(line, place, facts.Present, "%s is there twice; first on line %d", place, first)
		return
	}
	if p.lines == nil {
		p.lines = map[facts.Place]int{}
	}
	p.lines[place] = line
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
	if len(b.keys) > 0 {
		samples[0] = keysOnly(b.keys)
	}
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
		root.value = b.sample
		p.emitNode(place, root, b.line, true)
	}
	if b.hasSample {
		p.emitSample(place, b)
	}
	if len(b.examples) > 0 {
		p.Add(place, facts.Examples, facts.CompactJSON(b.examples), p.at(b.line))
	}
}

// emitSample keeps the printed lines beside the value, so that a difference can be told to the line. In HTML they are not
// the lines of the source.
func (p *Page) emitSample(place facts.Place, b *bodyPart) {
	p.Add(place, facts.Sample, facts.CanonicalValue(plainValue(b.sample)), p.at(b.printed.line))
	if p.Source == "markdown" {
		lines := make([]string, b.printed.inside()-b.printed.line, len(b.printed.lines)+1) // the fence
		for _, line := range b.printed.lines {
			lines = append(lines, hardBreak(line))
		}
		p.Facts[len(p.Facts)-1].Prose = strings.Join(lines, "\n")
	}
}

func (p *Page) emitRootArray(place facts.Place, e *entry, b *bodyPart, known shapes) {
	p.Add(place, facts.Type, "array", p.at(e.line))
	p.emitNode(place.Items(), nest(e.group, elements(b.sample), known, 1), e.line, false)
}

// primitiveRoot: a schema that is no object prints its type as if it were a field's name. It is never required, and its label
// is that type again, a format of it, or a title.
func primitiveRoot(b *bodyPart) *entry {
	if len(b.entries) != 1 {
		return nil
	}
	e := b.entries[0]
	if e.kind != field || e.hasGroup || e.label.required || !primitives[e.name] || e.label.known && !sameType(e.name, e.label) {
		return nil
	}
	if o, ok := b.sample.(*object); ok && (e.name != "object" || len(o.keys) > 0) {
		return nil
	}
	root := *e
	root.kind, root.label.required = bare, false
	return &root
}

// sameType reports whether a label is that of a type. Some formats of integers are written for numbers, and the other way round.
func sameType(kind string, l label) bool {
	isNumeric := func(kind string) bool { return kind == "number" || kind == "integer" }
	return l.kind == kind && l.arrays == 0 || l.format != "" && isNumeric(kind) && isNumeric(l.kind)
}

// emitNode emits the inside of a schema, and its own type where the node is one without a name.
func (p *Page) emitNode(place facts.Place, n *node, line int, isRoot bool) {
	switch {
	case n.entry != nil:
		line = n.entry.line
		p.emitType(place, n.entry, n)
		if !isRoot && n.entry.kind == bare {
			if n.entry.label.deprecated {
				p.Add(place, facts.Deprecated, "true", p.at(line))
			}
			p.AddText(place, facts.Text, strings.Join(n.entry.prose, "\n"), p.at(line))
		}
	case n.union == "" && (len(n.children) > 0 || n.values != nil):
		p.Add(place, facts.Type, "object", p.at(line))
	}
	if n.uncertain != "" {
		p.doubt(place, line, n.uncertain)
	} else if n.hidesSiblings() {
		p.doubt(place, line, "the printed JSON has fields that neither the object nor a variant lists")
	}
	if name := n.unprinted(); name != "" && n.uncertain == "" && isRoot && p.Source == "markdown" { // in HTML an author's words are known
		p.doubt(place, line, "the printed JSON has no "+name+", which may be a word of a description")
	}
	p.emitInside(place, n)
}

// unprinted names a field that the printed JSON of its object lacks. The JSON leaves out what is deprecated or has no type.
func (n *node) unprinted() string {
	o, ok := n.value.(*object)
	if !ok || len(o.keys) == 0 || n.union != "" || n.values != nil {
		return ""
	}
	for _, child := range n.children {
		if _, shown := o.values[child.name]; !shown && child.kind == field && !child.label.deprecated && !child.label.circular && child.label.known && child.label.kind != "" && !child.label.isUndefined() {
			return child.name
		}
	}
	return ""
}

// hidesSiblings: themes before 4.5 print the variants of a union and not the properties beside them.
func (n *node) hidesSiblings() bool {
	o, ok := n.value.(*object)
	if !ok || n.union == "" || n.values != nil {
		return false
	}
	listed := map[string]bool{}
	for _, of := range append([]*node{n}, n.variants...) {
		if of.values != nil || of.union != "" && of != n {
			return false
		}
		for _, child := range of.children {
			listed[child.name] = true
		}
	}
	for _, key := range o.keys {
		if !listed[key] {
			return true
		}
	}
	return false
}

func (p *Page) emitInside(place facts.Place, n *node) {
	for _, child := range n.children {
		if child.kind == bare && child.label.kind == "object" && len(n.children) == 1 && n.entry != nil {
			continue // an object with no properties says so inside itself
		}
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
		if n.values.label.deprecated {
			p.Add(at, facts.Deprecated, "true", p.at(n.values.line))
		}
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
