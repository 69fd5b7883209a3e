package docpage

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// requestPart is what ## Request says.
type requestPart struct {
	params []paramGroup
	bodies []bodyPart
}

type paramGroup struct {
	in      string
	line    int
	entries []*entry
}

// readRequest reads parameters and body. The request form in the panel shows the only sample of the body.
func readRequest(p *Page, tokens []token, panel panel, known shapes) requestPart {
	var out requestPart
	known.learn(panel.form.sample)
	names := map[string]bool{}
	keysOf(panel.form.sample, names)
	r := messageReader{&fieldReader{page: p, tokens: tokens, names: names}}
	for r.next < len(tokens) {
		tok := r.peek(0)
		switch w := strings.ToLower(words(tok.text)); {
		case tok.kind == heading && strings.HasSuffix(w, " parameters"):
			in := strings.TrimSuffix(w, " parameters")
			r.next++
			r.params = true
			group := paramGroup{in: in, line: tok.line, entries: r.read()}
			r.params = false
			if in != "header" && in != "path" && in != "query" && in != "cookie" {
				p.Report(Unread, tok.line, "parameters in an unknown place: %q", words(tok.text))
				continue
			}
			out.params = append(out.params, group)
		case tok.kind == heading && strings.HasPrefix(w, "body"):
			r.next++
			b := out.nextBody(tok, panel)
			b.heading = tok.line
			if !sectionHeading(tok.text) {
				p.Report(Unread, tok.line, "a heading of the body that was not understood: %q", words(tok.text))
			}
			b.required = strings.Contains(w, "required")
			b.isArray = strings.Contains(w, "array")
			b.prose, b.entries = r.bodyFields()
			r.samples(b, b.tabs, b.auto)
			known.learn(b.sample)
		case tok.kind == heading:
			if r.next++; w != "request" {
				p.Report(Unread, tok.line, "a heading of the request that was not understood: %q", words(tok.text))
			}
		case tok.kind == item && isMediaType(tok.text):
			r.next++
			out.bodies = append(out.bodies, bodyPart{mediaType: strings.ToLower(unescape(tok.text)), line: tok.line})
		case tok.kind == item && len(out.bodies) > 0 && out.bodies[len(out.bodies)-1].heading == 0:
			b := &out.bodies[len(out.bodies)-1]
			if b.auto = b.auto || isAutoTab(w); !isTab(w) {
				b.tabs = append(b.tabs, unescape(tok.text))
			}
			r.next++
		case tok.kind == item && isTab(w), isButton(tok.text), tok.kind == open, tok.kind == close, tok.role == prose:
			r.next++
		default:
			r.next++
			p.Report(Unread, tok.line, "a line of the request that was not understood: %q", firstWords(tok.text+strings.Join(tok.lines, " ")))
		}
	}
	slices.SortStableFunc(out.bodies, jsonFirst)
	for i := range out.bodies {
		if b := &out.bodies[i]; panel.form.hasSample && (b.mediaType == panel.call.header("Content-Type") || len(out.bodies) == 1) {
			b.setSample(panel.form.sample, panel.form.printed)
		} else if !b.hasSample && len(out.bodies) == 1 {
			b.keys = fieldNames(panel.form, b.entries)
		}
	}
	return out
}

// fieldNames are the names that a form has for a body's fields, of which it shows the outermost only.
func fieldNames(form form, entries []*entry) (names []string) {
	isName := func(name string) bool {
		return slices.ContainsFunc(entries, func(e *entry) bool { return e.name == name })
	}
	isAbout := func(name, text string) bool {
		return slices.ContainsFunc(entries, func(e *entry) bool {
			return e.name == name && facts.TextHash(strings.Join(e.prose, "\n")) == facts.TextHash(text)
		})
	}
	for _, shown := range form.fields(isName, isAbout) {
		if !isName(shown.name) || slices.Contains(names, shown.name) {
			return nil
		}
		names = append(names, shown.name)
	}
	return names
}

// nextBody is the body that a heading opens. Where there are several media types, Markdown lists them all before the
// first; HTML has each above its own.
func (q *requestPart) nextBody(tok token, panel panel) *bodyPart {
	next := len(q.bodies)
	for i := len(q.bodies) - 1; i >= 0 && q.bodies[i].heading == 0; i-- {
		if next = i; tok.role == structure {
			break
		}
	}
	if next == len(q.bodies) {
		media := "application/json"
		if sent := panel.call.header("Content-Type"); sent != "" {
			media = sent
		}
		q.bodies = append(q.bodies, bodyPart{mediaType: media, line: tok.line, unnamed: true})
	}
	return &q.bodies[next]
}

// bodyFields reads a body's description and fields.
func (r messageReader) bodyFields() (about []string, entries []*entry) {
	for r.peek(0).kind == paragraphLine || r.peek(0).role == prose { // a root array's bracket can be a list item
		if r.peek(0).role == prose {
			about = append(about, r.peek(0).words())
			r.next++
			continue
		}
		text := unescape(r.peek(0).text)
		_, isField := r.field(r.peek(0))
		isField = isField || r.peek(0).role == structure
		l, isLabel := parseLabel(text)
		if isField || text == "Array [" || text == "oneOf" || text == "anyOf" || isLabel && l.known && l.text != "" {
			break
		}
		if !isButton(r.peek(0).text) {
			about = append(about, r.peek(0).text)
		}
		r.next++
	}
	return about, r.read()
}
