package message

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Request is the content of ## Request.
type Request struct {
	Params []ParamGroup
	Bodies []Body
}

// ParamGroup is a table of parameters.
type ParamGroup struct {
	In      string
	line    int
	Entries []*fields.Entry
}

// ReadRequest reads parameters and body. The request form in the panel shows the only sample of the body.
func ReadRequest(p *page.Page, tokens []token.Token, panel sidepanel.Panel, known jsonsample.Shapes) Request {
	var out Request
	known.Learn(panel.Form.Sample)
	names := map[string]bool{}
	jsonsample.AddKeys(panel.Form.Sample, names)
	r := reader{&fields.Reader{Page: p, Tokens: tokens, Names: names}}
	for r.Next < len(tokens) {
		tok := r.Peek(0)
		switch w := strings.ToLower(token.Plain(tok.Text)); {
		case tok.Kind == token.Heading && strings.HasSuffix(w, " parameters"):
			in := strings.TrimSuffix(w, " parameters")
			r.Next++
			r.Params = true
			group := ParamGroup{In: in, line: tok.Line, Entries: r.Read()}
			r.Params = false
			if in != "header" && in != "path" && in != "query" && in != "cookie" {
				p.Report(page.Unread, tok.Line, "parameters in an unknown place: %q", token.Plain(tok.Text))
				continue
			}
			out.Params = append(out.Params, group)
		case tok.Kind == token.Heading && strings.HasPrefix(w, "body"):
			r.Next++
			b := out.nextBody(tok, panel)
			b.Heading = tok.Line
			if !grammar.SectionHeading(tok.Text) {
				p.Report(page.Unread, tok.Line, "a heading of the body that was not understood: %q", token.Plain(tok.Text))
			}
			b.Required = strings.Contains(w, "required")
			b.IsArray = strings.Contains(w, "array")
			r.Titled = b.hasOnlyNamed()
			b.Prose, b.Entries = r.bodyFields()
			r.Titled = false
			r.samples(b)
			known.Learn(b.Sample)
		case tok.Kind == token.Heading:
			if r.Next++; w != "request" {
				p.Report(page.Unread, tok.Line, "a heading of the request that was not understood: %q", token.Plain(tok.Text))
			}
		case tok.Kind == token.Item && grammar.IsMediaType(tok.Text):
			r.Next++
			out.Bodies = append(out.Bodies, Body{MediaType: strings.ToLower(token.Unescape(tok.Text)), Line: tok.Line})
		case tok.Kind == token.Item && out.awaitsHeading():
			out.Bodies[len(out.Bodies)-1].addTab(tok)
			r.Next++
		case tok.Kind == token.Item && grammar.IsTab(w), grammar.IsButton(tok.Text), tok.Kind == token.Open, tok.Kind == token.Close, tok.Role == token.Prose:
			r.Next++
		case out.awaitsHeading():
			p.Report(page.Unread, tok.Line, "the heading of the body is missing above %q", page.FirstWords(tok.Words()))
			out.Bodies = slices.DeleteFunc(out.Bodies, func(b Body) bool { return b.Heading == 0 })
			for r.Next < len(tokens) && r.Peek(0).Kind != token.Heading {
				r.Next++
			}
		default:
			r.Next++
			p.Report(page.Unread, tok.Line, "a line of the request that was not understood: %q", page.FirstWords(tok.Text+strings.Join(tok.Lines, " ")))
		}
	}
	slices.SortStableFunc(out.Bodies, jsonFirst)
	for i := range out.Bodies {
		if b := &out.Bodies[i]; panel.Form.HasSample && (b.MediaType == panel.Call.Header("Content-Type") || len(out.Bodies) == 1) {
			b.setSample(panel.Form.Sample, panel.Form.Printed)
		} else if !b.HasSample && len(out.Bodies) == 1 {
			b.Keys = fieldNames(panel.Form, b.Entries)
		}
	}
	return out
}

// awaitsHeading reports whether the last token was a media type, which comes before the heading of its body.
func (q *Request) awaitsHeading() bool {
	return len(q.Bodies) > 0 && q.Bodies[len(q.Bodies)-1].Heading == 0
}

// fieldNames returns the names of a body's fields in a form, which shows only the outermost ones.
func fieldNames(form sidepanel.Form, entries []*fields.Entry) (names []string) {
	isName := func(name string) bool {
		return slices.ContainsFunc(entries, func(e *fields.Entry) bool { return e.Name == name })
	}
	isAbout := func(name, text string) bool {
		return slices.ContainsFunc(entries, func(e *fields.Entry) bool {
			return e.Name == name && facts.TextHash(strings.Join(e.Prose, "\n")) == facts.TextHash(text)
		})
	}
	for _, shown := range form.Fields(isName, isAbout) {
		if !isName(shown.Name) || slices.Contains(names, shown.Name) {
			return nil
		}
		names = append(names, shown.Name)
	}
	return names
}

// nextBody returns the body that a heading starts. If there are several media types, Markdown lists them all before the
// first body; HTML has each above its own.
func (q *Request) nextBody(tok token.Token, panel sidepanel.Panel) *Body {
	next := len(q.Bodies)
	for i := len(q.Bodies) - 1; i >= 0 && q.Bodies[i].Heading == 0; i-- {
		if next = i; tok.Role == token.Structure {
			break
		}
	}
	if next == len(q.Bodies) {
		media := "application/json"
		if sent := panel.Call.Header("Content-Type"); sent != "" {
			media = sent
		}
		q.Bodies = append(q.Bodies, Body{MediaType: media, Line: tok.Line, Unnamed: true})
	}
	return &q.Bodies[next]
}

// bodyFields reads a body's description and fields.
func (r reader) bodyFields() (about []string, entries []*fields.Entry) {
	for r.Peek(0).Kind == token.ParagraphLine || r.Peek(0).Role == token.Prose { // the bracket of an array at the root can be a list item
		if r.Peek(0).Role == token.Prose {
			about = append(about, r.Peek(0).Words())
			r.Next++
			continue
		}
		text := token.Unescape(r.Peek(0).Text)
		_, isField := r.Field(r.Peek(0))
		isField = isField || r.Peek(0).Role == token.Structure
		l, isLabel := grammar.ParseLabel(text)
		if isField || text == "Array [" || text == "oneOf" || text == "anyOf" || isLabel && l.Known && l.Text != "" {
			break
		}
		if !grammar.IsButton(r.Peek(0).Text) {
			about = append(about, r.Peek(0).Text)
		}
		r.Next++
	}
	return about, r.Read()
}
