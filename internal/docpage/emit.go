package docpage

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// emitter adds facts to a page.
type emitter struct {
	*Page
	known  shapes
	lines  map[facts.Place]int // where each parameter and field was met
	modern bool                // a label of theme 4.5 or later was met
}

// emitAll adds what the request and the responses of a page say to its facts.
func emitAll(p *Page, request requestPart, responses []responsePart, known shapes) {
	m := &emitter{Page: p, known: known, lines: map[facts.Place]int{}}
	m.request(request)
	m.responses(responses)
	if m.modern {
		p.Renderer = "theme 4.5 or later"
	}
}

func (m *emitter) request(request requestPart) {
	for _, group := range request.params {
		for _, e := range group.entries {
			if e.kind != field {
				m.Report(Unread, e.line, "a line between the parameters that is not a parameter")
			} else if group.in != "header" || !ignoredHeader(e.name) {
				m.param(facts.Param(group.in, e.name), e)
			}
		}
	}
	for i := range request.bodies {
		b := &request.bodies[i]
		place := facts.BodyPlace
		if i > 0 {
			place = place.Media(b.mediaType)
		} else {
			m.Add(place, facts.Present, "true", m.At(max(b.line, b.heading)))
			if b.required {
				m.Add(place, facts.Required, "true", m.At(b.heading))
			}
			m.AddText(place, facts.Text, strings.Join(b.prose, "\n"), m.At(b.heading))
		}
		m.body(place, b)
		if b.heading == 0 && len(request.bodies) > 1 {
			m.Doubt(place, b.line, onlyOneMedia)
		}
		if b.isArray && m.Value(place, facts.Type) != "array" {
			m.Contradict(b.heading, place, facts.Type, "the heading says that the body is an array, its schema does not")
		}
	}
}

func (m *emitter) responses(parts []responsePart) {
	for i := range parts {
		part := &parts[i]
		place := facts.Response(part.status)
		m.Add(place, facts.Present, "true", m.At(part.line))
		m.AddText(place, facts.Text, strings.Join(part.prose, "\n"), m.At(part.proseAt))
		if part.doubt != "" {
			m.Doubt(place, part.line, part.doubt)
		}
		for _, header := range part.headers {
			m.param(place.Header(header.name), header)
		}
		for j := range part.bodies {
			at := place
			if j > 0 {
				at = place.Media(part.bodies[j].mediaType)
			}
			b := &part.bodies[j]
			m.body(at, b)
			if len(part.bodies) > 1 && !b.noSchema && len(b.entries) == 0 && !b.hasSample {
				m.Doubt(at, b.line, onlyOneMedia)
			}
		}
	}
}

// onlyOneMedia: newer themes render the schema of a media type when it is chosen.
const onlyOneMedia = "the page does not show the schema of this media type"

// once reports a name that stands twice in one list. The first one counts.
func (m *emitter) once(place facts.Place, line int) {
	if first, again := m.lines[place]; again {
		m.Contradict(line, place, facts.Present, "%s is there twice; first on line %d", place, first)
		return
	}
	m.lines[place] = line
}

// param emits a parameter or a response header.
func (m *emitter) param(place facts.Place, e *entry) {
	m.named(place, e)
	m.typeOf(place, e, nil)
}

// named emits what stands on the line of a parameter, header or field, and its description.
func (m *emitter) named(place facts.Place, e *entry) {
	if e.name != valuesName {
		m.once(place, e.line)
	}
	m.Add(place, facts.Present, "true", m.At(e.line))
	if e.label.required && e.name != valuesName {
		m.Add(place, facts.Required, "true", m.At(e.line))
	}
	m.described(place, e)
}

// described emits what a type without a name can have, too.
func (m *emitter) described(place facts.Place, e *entry) {
	if e.label.deprecated {
		m.Add(place, facts.Deprecated, "true", m.At(e.line))
	}
	m.AddText(place, facts.Text, strings.Join(e.prose, "\n"), m.At(e.line))
}

// body emits one media type of a body.
func (m *emitter) body(place facts.Place, b *bodyPart) {
	if !b.unnamed {
		m.Add(place, facts.MediaType, b.mediaType, m.At(b.line))
	}
	if b.noSchema {
		return
	}
	switch only := primitiveRoot(b); {
	case only != nil:
		m.root(place, []*entry{only}, b)
	case len(b.entries) == 1 && b.entries[0].kind == bare && b.entries[0].hasGroup:
		e := b.entries[0]
		m.Add(place, facts.Type, "array", m.At(e.line))
		m.node(place.Items(), nest(e.group, elements(b.sample), m.known, 1), e.line, false)
	case b.entries != nil:
		m.root(place, b.entries, b)
	}
	if b.hasSample {
		m.sample(place, b)
	}
	if len(b.examples) > 0 {
		m.Add(place, facts.Examples, facts.CompactJSON(b.examples), m.At(b.line))
	}
}

// root emits the schema of a body that is not an array.
func (m *emitter) root(place facts.Place, entries []*entry, b *bodyPart) {
	sample := b.sample
	if len(b.keys) > 0 {
		sample = keysOnly(b.keys)
	}
	root := nest(entries, []any{sample}, m.known, 0)
	root.value = b.sample
	m.node(place, root, b.line, true)
}

// sample keeps the printed lines beside the value, so that a difference can be told to the line. In HTML they are not the
// lines of the source.
func (m *emitter) sample(place facts.Place, b *bodyPart) {
	m.Add(place, facts.Sample, facts.CanonicalValue(plainValue(b.sample)), m.At(b.printed.line))
	if m.Source == "markdown" {
		lines := make([]string, b.printed.inside()-b.printed.line, len(b.printed.lines)+1) // the fence
		for _, line := range b.printed.lines {
			lines = append(lines, hardBreak(line))
		}
		m.Facts[len(m.Facts)-1].Prose = strings.Join(lines, "\n")
	}
}

// primitiveRoot: a schema that is not an object prints its type as if it were a field's name. It is never required, and its
// label is that type again, a format of it, or a title.
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
	root.kind = bare
	return &root
}

// sameType reports whether a label is that of a type. Some formats of integers are written for numbers, and the other way round.
func sameType(kind string, l label) bool {
	isNumeric := func(kind string) bool { return kind == "number" || kind == "integer" }
	return l.kind == kind && l.arrays == 0 || l.format != "" && isNumeric(kind) && isNumeric(l.kind)
}

// node emits the inside of a schema, and its own type where the node is one without a name.
func (m *emitter) node(place facts.Place, n *node, line int, isRoot bool) {
	switch {
	case n.entry != nil:
		line = n.entry.line
		m.typeOf(place, n.entry, n)
		if !isRoot && n.entry.kind == bare {
			m.described(place, n.entry)
		}
	case n.union == "" && (len(n.children) > 0 || n.values != nil):
		m.Add(place, facts.Type, "object", m.At(line))
	}
	if n.uncertain != "" {
		m.Doubt(place, line, n.uncertain)
	} else if n.hidesSiblings() {
		m.Doubt(place, line, "the printed JSON has fields that neither the object nor a variant lists")
	}
	if name := n.unprinted(); name != "" && n.uncertain == "" && isRoot && m.Source == "markdown" { // in HTML an author's words are known
		m.Doubt(place, line, "the printed JSON has no "+name+", which may be a word of a description")
	}
	m.inside(place, n)
}

func (m *emitter) inside(place facts.Place, n *node) {
	for _, child := range n.children {
		switch {
		case child.kind == bare && child.label.kind == "object" && len(n.children) == 1 && n.entry != nil: // an object with no properties says so inside itself
		case child.kind == bare:
			m.Report(Unread, child.line, "a type without a name (%s) among named fields", child.label.text)
		default:
			at := place.Property(child.name)
			m.named(at, child.entry)
			m.node(at, child, child.line, false)
		}
	}
	if n.values != nil {
		m.named(place.Values(), n.values.entry)
		m.node(place.Values(), n.values, n.values.line, false)
	}
	if n.union != "" {
		m.union(place, n)
	}
}

func (m *emitter) union(place facts.Place, n *node) {
	m.Add(place, facts.Union, n.union, m.At(n.unionAt))
	for i, variant := range n.variants {
		at := place.Variant(i)
		m.Add(at, facts.Present, "true", m.At(n.unionAt))
		if i < len(n.titles) && !isPlaceholder(n.titles[i]) {
			m.Add(at, facts.Title, n.titles[i], m.At(n.unionAt))
		}
		m.node(at, variant, n.unionAt, false)
	}
}
