package message

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Response is what the page says about one status.
type Response struct {
	Status  string
	Line    int
	Prose   []string
	ProseAt int
	Headers []*fields.Entry
	Bodies  []Body
	// Doubt is the reason why this section may belong to another status.
	Doubt string
}

// piece is a piece of the response sections whose status is not known yet.
type piece struct {
	prose    string
	headers  []*fields.Entry
	bodies   []Body
	line     int
	usualFor []string // statuses for which its words are usual
}

// ReadResponses reads the list of statuses and the sections after it.
func ReadResponses(p *page.Page, tokens []token.Token, known jsonsample.Shapes) []Response {
	parts := eachResponse(p, tokens, known)
	for i := range parts {
		slices.SortStableFunc(parts[i].Bodies, jsonFirst)
	}
	return parts
}

func eachResponse(p *page.Page, tokens []token.Token, known jsonsample.Shapes) []Response {
	names := map[string]bool{}
	for _, tok := range tokens {
		if tok.Kind == token.Code {
			if value, err := jsonsample.Parse(tok.Lines); err == nil {
				jsonsample.AddKeys(value, names)
				known.Learn(value)
			}
		}
	}
	r := reader{&fields.Reader{Page: p, Tokens: tokens, Names: names, Responses: true}}
	var parts []Response
	for r.Next < len(tokens) && (r.Peek(0).Kind == token.Heading || grammar.IsButton(r.Peek(0).Text)) {
		r.Next++
	}
	for r.Peek(0).Kind == token.Item && grammar.StatusCode.MatchString(token.Plain(r.Peek(0).Text)) {
		status := token.Plain(r.Peek(0).Text)
		if slices.ContainsFunc(parts, func(part Response) bool { return part.Status == status }) {
			p.Report(page.Unread, r.Peek(0).Line, "the status %s is listed twice", status)
		}
		parts = append(parts, Response{Status: status, Line: r.Peek(0).Line})
		r.Next++
	}
	if r.Peek(0).Kind == token.NextStatus {
		return r.marked()
	}
	pieces := r.pieces()
	if len(parts) == 0 {
		if len(pieces) > 0 {
			p.Report(page.Unread, pieces[0].line, "a response without a status: the list of statuses is missing")
		}
		return nil
	}
	align(p, parts, pieces)
	return parts
}

// marked reads the responses if the source marks which status each part belongs to.
func (r reader) marked() []Response {
	var parts []Response
	for r.Peek(0).Kind == token.NextStatus {
		part := Response{Status: token.Plain(r.Peek(0).Text), Line: r.Peek(0).Line}
		r.Next++
		for _, u := range r.pieces() {
			assign(&part, u)
		}
		parts = append(parts, part)
	}
	return parts
}

// pieces collects descriptions, headers and bodies in order, up to the next status.
func (r reader) pieces() []piece {
	var out []piece
	for r.Next < len(r.Tokens) {
		tok := r.Peek(0)
		switch {
		case tok.Kind == token.NextStatus:
			return out
		case tok.Role == token.Prose:
			u := piece{line: tok.Line}
			for ; r.Peek(0).Role == token.Prose; r.Next++ {
				u.prose += r.Peek(0).Words() + "\n"
			}
			out = append(out, u)
		case tok.Kind == token.Item && grammar.IsMediaType(tok.Text):
			line := tok.Line
			out = append(out, piece{bodies: r.responseBodies(), line: line})
		case tok.Kind == token.ParagraphLine && (grammar.IsButton(tok.Text) || grammar.StatusCode.MatchString(token.Plain(tok.Text))):
			r.Next++
		case grammar.IsHeadersTitle(tok):
			r.Next++
			u := piece{headers: r.responseHeaders(), line: tok.Line}
			r.checkHeaderText(u.headers)
			out = append(out, u)
		case tok.Kind == token.ParagraphLine:
			u := piece{prose: tok.Text, line: tok.Line}
			for r.Next++; r.Peek(0).Kind == token.ParagraphLine && !r.Peek(0).First; r.Next++ {
				u.prose += "\n" + r.Peek(0).Text
			}
			if name, rest, ok := token.Bold(tok.Text); ok {
				if l, ok := grammar.ParseLabel(rest); ok && l.Known && l.Text != "" {
					r.Page.Report(page.Unread, tok.Line, "the field %s is outside a schema", name)
				}
			}
			out = append(out, u)
		case tok.Kind == token.Item, tok.Kind == token.Heading: // a list or heading inside a description
			if n := len(out); n > 0 && out[n-1].bodies == nil {
				out[n-1].prose += "\n" + tok.Text
			} else {
				r.Page.Report(page.Unread, tok.Line, "a line of the responses that was not understood: %q", page.FirstWords(tok.Text))
			}
			r.Next++
		case tok.Kind == token.Code && describes(out): // samples are below a media type
			out[len(out)-1].prose += "\n" + tok.Words()
			r.Next++
		case tok.Kind == token.Code:
			r.Page.Report(page.Unread, tok.Line, "a block of code that belongs to no response")
			r.Next++
		default:
			r.Next++
		}
	}
	return out
}

// describes reports whether the last piece is a description without any sign of a schema whose media type was lost.
func describes(pieces []piece) bool {
	if len(pieces) == 0 {
		return false
	}
	last := pieces[len(pieces)-1]
	return last.bodies == nil && last.headers == nil && !strings.Contains(strings.ToLower(last.prose), "schema")
}

// responseHeaders reads response headers, written as **name** label in paragraphs or list items.
func (r reader) responseHeaders() []*fields.Entry {
	var out []*fields.Entry
	for r.Next < len(r.Tokens) {
		tok := r.Peek(0)
		if tok.Role == token.Prose && len(out) > 0 {
			fields.AddProse(out[len(out)-1], tok.Words())
			r.Next++
			continue
		}
		if tok.Kind != token.ParagraphLine && (tok.Kind != token.Item || grammar.IsMediaType(tok.Text)) {
			break
		}
		if name, ok := bareHeader(tok); ok { // newer themes print no type
			out = append(out, &fields.Entry{Kind: fields.Field, Line: tok.Line, Name: name, Label: grammar.Label{Known: true}})
			r.Next++
			continue
		}
		if e, ok := r.Field(tok); ok && e.Label.Known && e.Label.Text != "" {
			out = append(out, e)
			r.Next++
			continue
		}
		if r.IntroducesResponse() && (len(out) == 0 || out[len(out)-1].Prose != nil || grammar.SoundsLikeStatus(tok.Text)) {
			break // the next response's description; the first words after a header belong to the header
		}
		if e, ok := r.Field(tok); ok && e.Label.Known {
			out = append(out, e)
			r.Next++
			continue
		}
		if len(out) == 0 {
			break
		}
		last := out[len(out)-1]
		if r.Attribute(tok, last) {
			continue
		}
		if tok.First && last.Prose != nil && tok.Kind == token.ParagraphLine { // the next response's description
			break
		}
		fields.AddProse(last, tok.Text)
		r.Next++
	}
	return out
}

// checkHeaderText reports a media type that may be the description of the header above it, since Markdown lists the media
// types of a response in the same form.
func (r reader) checkHeaderText(headers []*fields.Entry) {
	first, second := r.Peek(0), r.Peek(1)
	isMedia := func(tok token.Token) bool { return tok.Kind == token.Item && grammar.IsMediaType(tok.Text) }
	if len(headers) > 0 && headers[len(headers)-1].Prose == nil && first.Role == token.Unknown && isMedia(first) && isMedia(second) {
		r.Page.Report(page.Unread, first.Line, "%q is a media type of the response or the text of the header %s", token.Plain(first.Text), headers[len(headers)-1].Name)
	}
}

// bareHeader reads a header's name without a label.
func bareHeader(tok token.Token) (name string, ok bool) {
	name, rest, ok := token.Bold(tok.Text)
	return name, ok && strings.TrimSpace(rest) == "" && headerName.MatchString(name)
}

var headerName = regexp.MustCompile(`^[A-Za-z][\w-]*$`)

// responseBodies reads the media types of one response, their schemas and samples.
func (r reader) responseBodies() []Body {
	var bodies []Body
	for r.Peek(0).Kind == token.Item && grammar.IsMediaType(r.Peek(0).Text) {
		bodies = append(bodies, Body{MediaType: strings.ToLower(token.Unescape(r.Peek(0).Text)), Line: r.Peek(0).Line})
		r.Next++
	}
	for i := range bodies {
		r.responseBody(&bodies[i])
	}
	return bodies
}

func (r reader) responseBody(b *Body) {
	for ; r.Peek(0).Kind == token.Item && !grammar.IsMediaType(r.Peek(0).Text) && token.Unescape(r.Peek(0).Text) != "Array ["; r.Next++ {
		b.addTab(r.Peek(0))
	}
	for ; r.Peek(0).Kind == token.ParagraphLine && (grammar.IsButton(r.Peek(0).Text) || grammar.IsPlainTab(r.Peek(0))); r.Next++ {
		b.auto = b.auto || strings.HasSuffix(strings.ToLower(r.Peek(0).Text), "(auto)")
	}
	switch w := strings.ToLower(token.Plain(r.Peek(0).Text)); {
	case (r.Peek(0).Kind == token.ParagraphLine || r.Peek(0).Kind == token.Heading) && (w == "schema" || w == "schema required"):
		r.Next++
		r.Schema = true
	case r.Peek(0).Kind == token.ParagraphLine && w == "no schema":
		b.NoSchema = true
		r.Next++
		return
	}
	r.Titled = b.hasOnlyNamed()
	b.Entries = r.Read()
	r.Titled, r.Schema = false, false
	r.samples(b)
}

func assign(part *Response, u piece) {
	switch {
	case u.bodies != nil:
		part.Bodies = append(part.Bodies, u.bodies...)
	case u.headers != nil:
		part.Headers = append(part.Headers, u.headers...)
	default:
		if part.ProseAt == 0 {
			part.ProseAt = u.line
		}
		part.Prose = append(part.Prose, u.prose)
	}
}
