package docpage

import (
	"regexp"
	"slices"
	"strings"
)

// responsePart is what the page says about one status.
type responsePart struct {
	status  string
	line    int
	prose   []string
	proseAt int
	headers []*entry
	bodies  []bodyPart
	// doubt says why this section may belong to another status.
	doubt string
}

// unit is a piece of the response sections, before it is known which status it belongs to.
type unit struct {
	prose   string
	headers []*entry
	bodies  []bodyPart
	line    int
	sounds  []string // statuses that its words are usual for
}

// readResponses reads the list of statuses and the sections behind it.
func readResponses(p *Page, tokens []token, known shapes) []responsePart {
	parts := eachResponse(p, tokens, known)
	for i := range parts {
		slices.SortStableFunc(parts[i].bodies, jsonFirst)
	}
	return parts
}

func eachResponse(p *Page, tokens []token, known shapes) []responsePart {
	names := map[string]bool{}
	for _, tok := range tokens {
		if tok.kind == code {
			if value, err := parseSample(tok.lines); err == nil {
				keysOf(value, names)
				known.learn(value)
			}
		}
	}
	r := messageReader{&fieldReader{page: p, tokens: tokens, names: names, responses: true}}
	var parts []responsePart
	for r.next < len(tokens) && (r.peek(0).kind == heading || isButton(r.peek(0).text)) {
		r.next++
	}
	for r.peek(0).kind == item && statusCode.MatchString(words(r.peek(0).text)) {
		status := words(r.peek(0).text)
		if slices.ContainsFunc(parts, func(part responsePart) bool { return part.status == status }) {
			p.Report(Unread, r.peek(0).line, "the status %s is listed twice", status)
		}
		parts = append(parts, responsePart{status: status, line: r.peek(0).line})
		r.next++
	}
	if r.peek(0).kind == nextStatus {
		return r.marked()
	}
	units := r.units()
	if len(parts) == 0 {
		for _, u := range units {
			p.Report(Unread, u.line, "a response without a status: the list of statuses is missing")
		}
		return nil
	}
	align(p, parts, units)
	return parts
}

// marked reads the responses where the source says which is whose.
func (r messageReader) marked() []responsePart {
	var parts []responsePart
	for r.peek(0).kind == nextStatus {
		part := responsePart{status: words(r.peek(0).text), line: r.peek(0).line}
		r.next++
		for _, u := range r.units() {
			give(&part, u)
		}
		parts = append(parts, part)
	}
	return parts
}

// units collects descriptions, headers and bodies in order, up to the next status.
func (r messageReader) units() []unit {
	var out []unit
	for r.next < len(r.tokens) {
		tok := r.peek(0)
		switch {
		case tok.kind == nextStatus:
			return out
		case tok.role == prose:
			u := unit{line: tok.line}
			for ; r.peek(0).role == prose; r.next++ {
				u.prose += r.peek(0).words() + "\n"
			}
			out = append(out, u)
		case tok.kind == item && isMediaType(tok.text):
			line := tok.line
			out = append(out, unit{bodies: r.responseBodies(), line: line})
		case tok.kind == paragraphLine && (isButton(tok.text) || statusCode.MatchString(words(tok.text))):
			r.next++
		case isHeadersTitle(tok):
			r.next++
			out = append(out, unit{headers: r.responseHeaders(), line: tok.line})
		case tok.kind == paragraphLine:
			u := unit{prose: tok.text, line: tok.line}
			for r.next++; r.peek(0).kind == paragraphLine && !r.peek(0).first; r.next++ {
				u.prose += "\n" + r.peek(0).text
			}
			if name, rest, ok := bold(tok.text); ok {
				if l, ok := parseLabel(rest); ok && l.known && l.text != "" {
					r.page.Report(Unread, tok.line, "the field %s stands outside a schema", name)
				}
			}
			out = append(out, u)
		case tok.kind == item, tok.kind == heading: // a list or heading inside a description
			if n := len(out); n > 0 && out[n-1].bodies == nil {
				out[n-1].prose += "\n" + tok.text
			} else {
				r.page.Report(Unread, tok.line, "a line of the responses that was not understood: %q", firstWords(tok.text))
			}
			r.next++
		case tok.kind == code && describes(out): // samples stand below a media type
			out[len(out)-1].prose += "\n" + tok.words()
			r.next++
		case tok.kind == code:
			r.page.Report(Unread, tok.line, "a block of code that belongs to no response")
			r.next++
		default:
			r.next++
		}
	}
	return out
}

// describes reports whether the last unit is a description, in which nothing speaks of a schema whose media type was lost.
func describes(units []unit) bool {
	if len(units) == 0 {
		return false
	}
	last := units[len(units)-1]
	return last.bodies == nil && last.headers == nil && !strings.Contains(strings.ToLower(last.prose), "schema")
}

// responseHeaders reads **name** label, as paragraphs or list items.
func (r messageReader) responseHeaders() []*entry {
	var out []*entry
	for r.next < len(r.tokens) {
		tok := r.peek(0)
		if tok.role == prose && len(out) > 0 {
			addProse(out[len(out)-1], tok.words())
			r.next++
			continue
		}
		if tok.kind != item && tok.kind != paragraphLine || isMediaType(tok.text) {
			break
		}
		if name, ok := bareHeader(tok); ok { // newer themes print no type
			out = append(out, &entry{kind: field, line: tok.line, name: name, label: label{known: true}})
			r.next++
			continue
		}
		if r.introducesResponse() && (len(out) == 0 || out[len(out)-1].prose != nil || soundsLikeStatus(tok.text)) {
			break // the next response's description; the first words behind a header are its own
		}
		if e, ok := r.field(tok); ok && e.label.known {
			out = append(out, e)
			r.next++
			continue
		}
		if len(out) == 0 {
			break
		}
		last := out[len(out)-1]
		if r.attribute(tok, last) {
			continue
		}
		if tok.first && last.prose != nil && tok.kind == paragraphLine { // the next response's description
			break
		}
		addProse(last, tok.text)
		r.next++
	}
	return out
}

// bareHeader reads a header's name that stands alone.
func bareHeader(tok token) (name string, ok bool) {
	name, rest, ok := bold(tok.text)
	return name, ok && strings.TrimSpace(rest) == "" && headerName.MatchString(name)
}

var headerName = regexp.MustCompile(`^[A-Za-z][\w-]*$`)

// responseBodies reads the media types of one response, their schemas and samples.
func (r messageReader) responseBodies() []bodyPart {
	var bodies []bodyPart
	for r.peek(0).kind == item && isMediaType(r.peek(0).text) {
		bodies = append(bodies, bodyPart{mediaType: strings.ToLower(unescape(r.peek(0).text)), line: r.peek(0).line})
		r.next++
	}
	for i := range bodies {
		r.responseBody(&bodies[i])
	}
	return bodies
}

func (r messageReader) responseBody(b *bodyPart) {
	var names []string
	auto := false
	for r.peek(0).kind == item && !isMediaType(r.peek(0).text) && unescape(r.peek(0).text) != "Array [" {
		if w := strings.ToLower(words(r.peek(0).text)); !isTab(w) {
			names = append(names, unescape(r.peek(0).text))
		} else {
			auto = auto || isAutoTab(w)
		}
		r.next++
	}
	for r.peek(0).kind == paragraphLine && (isButton(r.peek(0).text) || isPlainTab(r.peek(0))) {
		auto = auto || strings.HasSuffix(strings.ToLower(r.peek(0).text), "(auto)")
		r.next++
	}
	switch w := strings.ToLower(words(r.peek(0).text)); {
	case (r.peek(0).kind == paragraphLine || r.peek(0).kind == heading) && (w == "schema" || w == "schema required"):
		r.next++
	case r.peek(0).kind == paragraphLine && w == "no schema":
		b.noSchema = true
		r.next++
		return
	}
	b.entries = r.read()
	r.samples(b, names, auto)
}

func give(part *responsePart, u unit) {
	switch {
	case u.bodies != nil:
		part.bodies = append(part.bodies, u.bodies...)
	case u.headers != nil:
		part.headers = append(part.headers, u.headers...)
	default:
		if part.proseAt == 0 {
			part.proseAt = u.line
		}
		part.prose = append(part.prose, u.prose)
	}
}
