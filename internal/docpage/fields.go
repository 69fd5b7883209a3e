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

var (
	attribute = regexp.MustCompile(`^(\*\*)?(Possible values|Default value|Constant value|Examples|Example)(:\*\*|\*\*:|:)\s*(.*)$`)
	mediaType = regexp.MustCompile(`^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+*_-]*(?:;.*)?$`)
	anyMedia  = regexp.MustCompile(`^\*/\*$`)
)

// oneWordParameters is the heading of a table of parameters, also of a kind that is not known.
var oneWordParameters = regexp.MustCompile(`^[a-z-]+ parameters$`)

func isMediaType(text string) bool {
	text = unescape(text)
	return mediaType.MatchString(text) || anyMedia.MatchString(text)
}

// sectionHeading reports whether a heading belongs to the page's skeleton, not to a description.
func sectionHeading(text string) bool {
	w := strings.ToLower(words(text))
	switch w {
	case "request", "responses", "requirements", "share your feedback", "header parameters", "path parameters",
		"query parameters", "cookie parameters", "body", "body required", "body array", "body array required",
		"bodyrequired", "body arrayrequired":
		return true
	}
	return strings.HasPrefix(w, "authorization:") || oneWordParameters.MatchString(w)
}

func (r *fieldReader) peek(ahead int) token {
	if r.next+ahead < len(r.tokens) {
		return r.tokens[r.next+ahead]
	}
	return token{}
}

// read collects entries until something that cannot belong to a field. Inside brackets it ends behind the closing one.
//
// The owner is the field that an open token is inside of: what comes before the first field inside belongs to it.
func (r *fieldReader) read(inBrackets bool, owner *entry) []*entry {
	var entries []*entry
	started := r.peek(0).line
	inUnion := false
	last := func() *entry {
		if len(entries) == 0 {
			return owner
		}
		return entries[len(entries)-1]
	}
	for r.next < len(r.tokens) {
		tok := r.peek(0)
		if tok.role == prose {
			r.next++
			addProse(last(), tok.words())
			continue
		}
		if bracket := unescape(tok.text); tok.kind == item && (bracket == "Array [" || bracket == "]") { // of an array without a name
			tok.kind = paragraphLine
		}
		switch tok.kind {
		case nextStatus:
			return r.end(entries, inBrackets, started)
		case open:
			r.next++
			e := last()
			inner := r.read(false, e)
			if e != nil {
				e.inner, e.hasInner = append(e.inner, inner...), true
			} else {
				entries = append(entries, inner...)
			}
			continue
		case close, nextVariant:
			r.next++
			return entries
		case heading:
			if sectionHeading(tok.text) {
				return r.end(entries, inBrackets, started)
			}
			r.next++
			r.tell(last(), tok)
			continue
		case code:
			if !r.codeIsProse() {
				return r.end(entries, inBrackets, started)
			}
			r.next++
			r.tell(last(), tok)
			continue
		case item:
			if isMediaType(tok.text) || r.tabsOfSchema() {
				return r.end(entries, inBrackets, started)
			}
			if e := last(); r.isChoice(e) {
				entries = append(entries, r.union("oneOf", tok.line, e.name))
				inUnion = true
				continue
			}
			r.next++
			r.tell(last(), tok)
			continue
		}
		text := unescape(tok.text)
		switch {
		case isButton(tok.text):
			r.next++
		case text == "Array [":
			r.next++
			group := arrayInArray(r.read(true, nil))
			if e := last(); e != nil && e.kind == field && e.isArray() && !e.hasGroup && !(inUnion && e.isPlainList()) {
				e.group, e.hasGroup = group, true
			} else {
				entries = append(entries, &entry{kind: bare, line: tok.line, label: label{arrays: 1, known: true}, group: group, hasGroup: true})
			}
		case text == "]":
			r.next++
			if inBrackets {
				return entries
			}
			r.page.Report(Unread, tok.line, "a closing bracket without an opening one")
		case (text == "oneOf" || text == "anyOf") && (r.peek(1).kind == item || r.peek(1).kind == open):
			r.next++
			entries = append(entries, r.union(text, tok.line, ""))
			inUnion = true
		case text == chosenBy && tok.role == structure && last() != nil:
			r.next++
			entries = append(entries, r.union("oneOf", tok.line, last().name))
			inUnion = true
		case r.introducesResponse():
			return r.end(entries, inBrackets, started)
		case !inBrackets && tok.role == unknown && r.endsResponse(last()):
			return r.end(entries, inBrackets, started)
		case inBrackets && len(entries) == 0 && r.printsKeywords():
			entries = append(entries, &entry{kind: field, line: tok.line, name: "type"})
			r.next++
		default:
			if e, ok := r.field(tok); ok {
				entries = append(entries, e)
				r.next++
				if r.peek(0).kind == item && examplesBehind.MatchString(tok.text) {
					r.examples(e)
				}
				continue
			}
			if r.attribute(tok, last()) {
				continue
			}
			r.suspectField(tok)
			r.next++
			if l, ok := parseLabel(text); ok && l.text != "" && (tok.role == structure || l.known && (len(entries) == 0 || inUnion) && tok.first) {
				entries = append(entries, &entry{kind: bare, line: tok.line, label: l})
				continue
			}
			r.tell(last(), tok)
		}
	}
	return r.end(entries, inBrackets, started)
}

// tell adds an author's words to the field that they are about. Before the first field the renderer prints none.
func (r *fieldReader) tell(e *entry, tok token) {
	if e == nil {
		r.page.Report(Unread, tok.line, "a line before the first field that was not understood: %q", firstWords(tok.words()))
	}
	addProse(e, tok.words())
}

// tabsOfSchema reports whether the tabs above another schema come next, as they do for a further media type.
func (r *fieldReader) tabsOfSchema() bool {
	if r.params || !strings.EqualFold(words(r.peek(0).text), "schema") {
		return false
	}
	ahead := 1
	for r.peek(ahead).kind == item && ahead < 50 {
		ahead++
	}
	name, rest, ok := bold(r.peek(ahead).text)
	return ok && name == "Schema" && strings.TrimSpace(rest) == "" && r.peek(ahead).role != prose
}

func (r *fieldReader) end(entries []*entry, inBrackets bool, line int) []*entry {
	if inBrackets {
		r.page.Report(Truncated, line, "the array that begins here is never closed")
	}
	return entries
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

func isHeadersTitle(tok token) bool {
	return tok.kind == paragraphLine && strings.EqualFold(words(tok.text), "response headers")
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

// isChoice reports whether the list that follows has the values of the field before: a discriminator, whose values choose
// between schemas. They follow as those of a union do.
func (r *fieldReader) isChoice(e *entry) bool {
	if e == nil || e.kind != field || e.enum == nil {
		return false
	}
	for i, value := range e.enum.values {
		if tok := r.peek(i); tok.kind != item || unescape(tok.text) != value {
			return false
		}
	}
	return r.peek(len(e.enum.values)).kind != item
}

// union reads the titles of the variants, and the variants themselves where the source marks them. A choice is made by the
// values of the field with that name.
func (r *fieldReader) union(kind string, line int, choice string) *entry {
	e := &entry{kind: union, line: line, name: kind, choice: choice}
	for ; r.peek(0).kind == item && !isMediaType(r.peek(0).text); r.next++ {
		e.titles = append(e.titles, unescape(r.peek(0).text))
	}
	for r.peek(0).kind == open {
		r.next++
		e.hasInner = true
		for {
			e.variants = append(e.variants, r.read(false, nil))
			if r.next == 0 || r.next > len(r.tokens) || r.tokens[r.next-1].kind != nextVariant {
				break
			}
		}
	}
	return e
}
