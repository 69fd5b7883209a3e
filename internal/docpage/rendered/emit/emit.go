package emit

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/message"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/nesting"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// emitter adds facts to a page.
type emitter struct {
	*page.Page
	known  jsonsample.Shapes
	lines  map[facts.Place]int // where each parameter and field was found
	modern bool                // a label of theme 4.5 or later was found

	printed []printed
}

// Facts adds the facts of the request and the responses to a page.
func Facts(p *page.Page, request message.Request, responses []message.Response, known jsonsample.Shapes) {
	m := &emitter{Page: p, known: known, lines: map[facts.Place]int{}}
	m.request(request)
	m.responses(responses)
	p.Unlisted = m.unlisted()
	if m.modern {
		p.Renderer = "theme 4.5 or later"
	}
}

func (m *emitter) request(request message.Request) {
	for _, group := range request.Params {
		for _, e := range group.Entries {
			if e.Kind != fields.Field {
				m.Report(page.Unread, e.Line, "a line between the parameters that is not a parameter")
			} else if group.In != "header" || !grammar.IgnoredHeader(e.Name) {
				m.param(facts.Param(group.In, e.Name), e)
			}
		}
	}
	for i := range request.Bodies {
		b := &request.Bodies[i]
		place := facts.BodyPlace
		if i > 0 {
			place = place.Media(b.MediaType)
		} else {
			m.Add(place, facts.Present, "true", m.At(max(b.Line, b.Heading)))
			if b.Required {
				m.Add(place, facts.Required, "true", m.At(b.Heading))
			}
			m.AddText(place, facts.Text, strings.Join(b.Prose, "\n"), m.At(b.Heading))
		}
		m.body(place, b)
		if b.Heading == 0 && len(request.Bodies) > 1 {
			m.Doubt(place, b.Line, onlyOneMedia)
		}
		if b.IsArray && m.Value(place, facts.Type) != "array" {
			m.Contradict(b.Heading, place, facts.Type, "the heading says that the body is an array, its schema does not")
		}
	}
}

func (m *emitter) responses(parts []message.Response) {
	for i := range parts {
		part := &parts[i]
		place := facts.Response(part.Status)
		m.Add(place, facts.Present, "true", m.At(part.Line))
		m.AddText(place, facts.Text, strings.Join(part.Prose, "\n"), m.At(part.ProseAt))
		if part.Doubt != "" {
			m.Doubt(place, part.Line, part.Doubt)
		}
		for _, header := range part.Headers {
			m.param(place.Header(header.Name), header)
		}
		for j := range part.Bodies {
			at := place
			if j > 0 {
				at = place.Media(part.Bodies[j].MediaType)
			}
			b := &part.Bodies[j]
			m.body(at, b)
			if len(part.Bodies) > 1 && !b.NoSchema && len(b.Entries) == 0 && !b.HasSample {
				m.Doubt(at, b.Line, onlyOneMedia)
			}
		}
	}
}

// onlyOneMedia is the doubt about a media type without a schema: newer themes render the schema of a media type only when it
// is selected.
const onlyOneMedia = "the page does not show the schema of this media type"

// once reports a name that occurs twice in one list. The first one counts.
func (m *emitter) once(place facts.Place, line int) {
	if first, again := m.lines[place]; again {
		m.Contradict(line, place, facts.Present, "%s is there twice; first on line %d", place, first)
		return
	}
	m.lines[place] = line
}

// param emits a parameter or a response header.
func (m *emitter) param(place facts.Place, e *fields.Entry) {
	m.named(place, e)
	m.typeOf(place, e, nil)
}

// named emits the line of a parameter, header or field, and its description.
func (m *emitter) named(place facts.Place, e *fields.Entry) {
	if !e.IsValues() {
		m.once(place, e.Line)
	}
	m.Add(place, facts.Present, "true", m.At(e.Line))
	if e.Label.Required && !e.IsValues() {
		m.Add(place, facts.Required, "true", m.At(e.Line))
	}
	m.described(place, e)
}

// described emits what a type without a name can also have.
func (m *emitter) described(place facts.Place, e *fields.Entry) {
	if e.Label.Deprecated {
		m.Add(place, facts.Deprecated, "true", m.At(e.Line))
	}
	m.AddText(place, facts.Text, strings.Join(e.Prose, "\n"), m.At(e.Line))
}

// body emits one media type of a body.
func (m *emitter) body(place facts.Place, b *message.Body) {
	if !b.Unnamed {
		m.Add(place, facts.MediaType, b.MediaType, m.At(b.Line))
	}
	if b.NoSchema {
		return
	}
	switch only := primitiveRoot(b); {
	case only != nil:
		m.root(place, []*fields.Entry{only}, b)
	case len(b.Entries) == 1 && b.Entries[0].Kind == fields.Nameless && b.Entries[0].HasGroup:
		e := b.Entries[0]
		m.Add(place, facts.Type, "array", m.At(e.Line))
		m.node(place.Items(), nesting.Nest(e.Group, jsonsample.Elements(b.Sample), m.known, 1), e.Line, false)
	case b.Entries != nil:
		m.root(place, b.Entries, b)
	case b.HasSample && !isEmptyText(b.Sample):
		m.ReportAt(page.Skeleton, b.Line, place, "the schema is empty, and its printed JSON is not: the page was saved before it was rendered; fetch it again")
	}
	if b.HasSample {
		m.sample(place, b)
	}
	if len(b.Examples) > 0 {
		m.Add(place, facts.Examples, facts.CompactJSON(b.Examples), m.At(b.Line))
	}
}

// isEmptyText reports whether nothing is printed, as for an empty schema.
func isEmptyText(sample any) bool { return sample == nil || sample == "" }

// root emits the schema of a body that is not an array.
func (m *emitter) root(place facts.Place, entries []*fields.Entry, b *message.Body) {
	sample := b.Sample
	if len(b.Keys) > 0 {
		sample = jsonsample.KeysOnly(b.Keys)
	}
	root := nesting.Nest(entries, []any{sample}, m.known, 0)
	root.Value = b.Sample
	m.node(place, root, b.Line, true)
}

// sample adds the printed JSON, in Markdown with its lines, so that a difference can be reported with its line. In HTML the
// lines shown are not those of the source.
func (m *emitter) sample(place facts.Place, b *message.Body) {
	m.printed = append(m.printed, printed{place, b.Sample})
	m.Add(place, facts.Sample, facts.CanonicalValue(jsonsample.Plain(b.Sample)), m.At(b.Printed.Line))
	if m.Source == "markdown" {
		lines := make([]string, b.Printed.FirstLine()-b.Printed.Line, len(b.Printed.Lines)+1) // the fence
		for _, line := range b.Printed.Lines {
			lines = append(lines, token.HardBreak(line))
		}
		m.Facts[len(m.Facts)-1].Prose = strings.Join(lines, "\n")
	}
}

// primitiveRoot returns the entry of a schema that is not an object, or nil. The renderer prints the type of such a schema
// as if it were a field's name. It is never required, and its label is that type again, a format of it, or a title.
func primitiveRoot(b *message.Body) *fields.Entry {
	if len(b.Entries) != 1 {
		return nil
	}
	e := b.Entries[0]
	if e.Kind != fields.Field || e.HasGroup || e.Label.Required || !grammar.Primitives[e.Name] || e.Label.Known && !sameType(e.Name, e.Label) {
		return nil
	}
	if o, ok := b.Sample.(*jsonsample.Object); ok && (e.Name != "object" || len(o.Keys) > 0) {
		return nil
	}
	root := *e
	root.Kind = fields.Nameless
	return &root
}

// sameType reports whether a label is that of a type. Some formats of integers are written for numbers, and vice versa.
func sameType(kind string, l grammar.Label) bool {
	isNumeric := func(kind string) bool { return kind == "number" || kind == "integer" }
	return l.Kind == kind && l.Arrays == 0 || l.Format != "" && isNumeric(kind) && isNumeric(l.Kind)
}

// node emits the inside of a schema, and its own type if the node has no name.
func (m *emitter) node(place facts.Place, n *nesting.Node, line int, isRoot bool) {
	switch {
	case n.Entry != nil:
		line = n.Entry.Line
		m.typeOf(place, n.Entry, n)
		if !isRoot && n.Entry.Kind == fields.Nameless {
			m.described(place, n.Entry)
		}
	case n.Union == "" && (len(n.Children) > 0 || n.Values != nil):
		m.Add(place, facts.Type, "object", m.At(line))
	}
	if n.Uncertain != "" {
		m.Doubt(place, line, n.Uncertain)
	} else if n.HidesSiblings() {
		m.Doubt(place, line, "the printed JSON has fields that neither the object nor a variant lists")
	}
	if name := n.Unprinted(); name != "" && n.Uncertain == "" && isRoot && m.Source == "markdown" { // in HTML the text of an author is marked
		m.Doubt(place, line, "the printed JSON has no "+name+", which may be a word of a description")
	}
	m.inside(place, n)
}

func (m *emitter) inside(place facts.Place, n *nesting.Node) {
	for _, child := range n.Children {
		switch {
		case child.Kind == fields.Nameless && child.Label.Kind == "object" && len(n.Children) == 1 && n.Entry != nil: // an object without properties has its type inside it
		case child.Kind == fields.Nameless:
			m.Report(page.Unread, child.Line, "a type without a name (%s) among named fields", child.Label.Text)
		default:
			at := place.Property(child.Name)
			m.named(at, child.Entry)
			m.node(at, child, child.Line, false)
		}
	}
	if n.Values != nil {
		m.named(place.Values(), n.Values.Entry)
		m.node(place.Values(), n.Values, n.Values.Line, false)
	}
	if n.Union != "" {
		m.union(place, n)
	}
}

func (m *emitter) union(place facts.Place, n *nesting.Node) {
	m.Add(place, facts.Union, n.Union, m.At(n.UnionAt))
	for i, variant := range n.Variants {
		at := place.Variant(i)
		m.Add(at, facts.Present, "true", m.At(n.UnionAt))
		if i < len(n.Titles) && !grammar.IsPlaceholder(n.Titles[i]) {
			m.Add(at, facts.Title, n.Titles[i], m.At(n.UnionAt))
		}
		m.node(at, variant, n.UnionAt, false)
	}
}
