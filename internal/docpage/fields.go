package docpage

import (
	"regexp"
	"strings"
)

// fieldReader turns the tokens of a list of fields into entries.
type fieldReader struct {
	page   *Page
	tokens []token
	next   int
	// names are the keys of the JSON that the page prints for these fields; they tell a field of an odd label from prose.
	names map[string]bool
	// params: in a list of parameters an example is plain text, and code is prose.
	params bool
	forms  map[exampleForm]int
	// responses: behind the last field come the descriptions of statuses without content.
	responses bool
}

var ()

func (r *fieldReader) peek(ahead int) token {
	if r.next+ahead < len(r.tokens) {
		return r.tokens[r.next+ahead]
	}
	return token{}
}

func addProse(e *entry, text string) {
	if e != nil {
		e.prose = append(e.prose, text)
	}
}

// codeIsProse: a block of code inside a description is followed by more of the field or by another field.
func (r *fieldReader) codeIsProse() bool {
	if r.params || r.peek(0).role == structure {
		return r.params
	}
	for ahead := 1; ; ahead++ {
		tok := r.peek(ahead)
		if tok.kind != paragraphLine || isButton(tok.text) {
			if tok.kind == paragraphLine {
				continue
			}
			return false
		}
		if attribute.MatchString(tok.text) || unescape(tok.text) == "]" || unescape(tok.text) == "Array [" {
			return true
		}
		name, rest, ok := bold(tok.text)
		if !ok || !tok.first || name == "Schema" || name == "Response Headers" {
			return false
		}
		l, ok := parseLabel(rest)
		return ok && l.known
	}
}

// introducesResponse: the paragraph before a media type describes the next response.
func (r *fieldReader) introducesResponse() bool {
	if r.params || !r.peek(0).first {
		return false
	}
	if isHeadersTitle(r.peek(0)) {
		return true
	}
	if r.peek(0).role == structure {
		return false
	}
	for ahead := 1; ; ahead++ {
		switch next := r.peek(ahead); {
		case next.kind == item:
			return isMediaType(next.text)
		case next.first && isHeadersTitle(next):
			return true
		case next.kind != paragraphLine || next.first:
			return false
		}
	}
}

// endsResponse: behind the values of a field, where its description cannot stand, words that are usual for a status are those
// of the next response.
func (r *fieldReader) endsResponse(e *entry) bool {
	tok := r.peek(0)
	if !r.responses || !tok.first || e == nil || e.enum == nil && e.constraints == nil && e.fallback == nil && e.example == nil {
		return false
	}
	return tok.kind == paragraphLine && !strings.HasPrefix(tok.text, "**") && !attribute.MatchString(tok.text) && soundsLikeStatus(tok.text) && r.endsParagraph()
}

var plainName = regexp.MustCompile(`^[A-Za-z_$][\w$-]*$`)

// suspectField warns of a name that stands alone or before a few words that are no type: the renderer prints no label for a
// schema that is inside itself or has no type, or its title; and an author may write a word in bold.
func (r *fieldReader) suspectField(tok token) {
	name, rest, ok := bold(tok.text)
	if !ok || tok.role != unknown || !tok.first || !r.endsParagraph() || !plainName.MatchString(name) || r.params {
		return
	}
	switch rest = strings.TrimSpace(rest); {
	case rest == "":
		r.page.Report(Uncertain, tok.line, "%s stands alone: a field without a type, or a word in bold; it was taken for prose", name)
	case title.MatchString(unescape(rest)):
		r.page.Report(Uncertain, tok.line, "%s stands before %s: a field whose title is shown in place of its type, or a description; it was taken for prose", name, quoteShort(rest))
	}
}

// title is what people write above a schema: some words in capitals.
var title = regexp.MustCompile(`^\p{Lu}[\w-]*(?: \p{Lu}[\w-]*){1,4}$`)

// examplesBehind: named examples of a parameter without a description begin on the field's own line.
var examplesBehind = regexp.MustCompile(`\s*(?:\*\*)?Examples:(?:\*\*)?\s*$`)

// field reads **name** label.
func (r *fieldReader) field(tok token) (*entry, bool) {
	name, rest, ok := bold(tok.text)
	if !ok || attribute.MatchString(tok.text) {
		return nil, false
	}
	if r.peek(1).kind == item {
		rest = examplesBehind.ReplaceAllString(rest, "")
	}
	rest = strings.TrimSpace(rest)
	l, ok := parseLabel(rest)
	known := r.names[name]
	switch {
	case tok.role == structure: // whatever its label is
	case !ok && !(known && strings.TrimSpace(l.text) != "" && len(l.text) < 80 && !strings.HasSuffix(l.text, ".")):
		return nil, false
	case strings.HasSuffix(name, ":") && !known:
		return nil, false
	case l.text == "" && !known:
		return nil, false // a bold word in a description
	case !l.known && !known && (!tok.first || !r.endsParagraph()):
		return nil, false
	}
	return &entry{kind: field, line: tok.line, name: name, label: l}, true
}

// endsParagraph reports whether the next token begins a paragraph or is none.
func (r *fieldReader) endsParagraph() bool {
	next := r.peek(1)
	return next.kind != paragraphLine || next.first
}
