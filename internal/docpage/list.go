package docpage

import "strings"

// list is a list of fields that is being read.
type list struct {
	*fieldReader
	// owner is the field that an open token is inside of: what comes before the first field inside belongs to it.
	owner      *entry
	entries    []*entry
	inBrackets bool
	inUnion    bool
	started    int // its first line
}

// read collects entries until something that cannot belong to a field.
func (r *fieldReader) read() []*entry { return r.list(false, nil) }

// list collects entries until something that cannot belong to a field. Inside brackets it ends after the closing one.
func (r *fieldReader) list(inBrackets bool, owner *entry) []*entry {
	l := &list{fieldReader: r, owner: owner, inBrackets: inBrackets, started: r.peek(0).line}
	for r.next < len(r.tokens) {
		tok := r.peek(0)
		if tok.role == prose {
			r.next++
			addProse(l.last(), tok.words())
			continue
		}
		if tok.kind == item { // brackets of an array without a name
			if text := unescape(tok.text); text == "Array [" || text == "]" {
				tok.kind = paragraphLine
			}
		}
		switch tok.kind {
		case close, nextVariant:
			r.next++
			return l.entries
		case paragraphLine:
			if inBrackets && unescape(tok.text) == "]" {
				r.next++
				return l.entries
			}
			if !l.line(tok) {
				return l.end()
			}
		default:
			if !l.block(tok) {
				return l.end()
			}
		}
	}
	return l.end()
}

// end tells when the list ends before its closing bracket.
func (l *list) end() []*entry {
	if l.inBrackets {
		l.page.Report(Truncated, l.started, "the array that begins here is never closed")
	}
	return l.entries
}

func (l *list) last() *entry {
	if len(l.entries) == 0 {
		return l.owner
	}
	return l.entries[len(l.entries)-1]
}

func (l *list) add(e *entry) { l.entries = append(l.entries, e) }

func (l *list) addUnion(kind string, line int, choice string) {
	l.add(l.union(kind, line, choice))
	l.inUnion = true
}

// block reads what is not a line of a paragraph. false means that it does not belong to the list.
func (l *list) block(tok token) bool {
	switch tok.kind {
	case nextStatus:
		return false
	case open:
		l.next++
		e := l.last()
		inner := l.list(false, e)
		if e != nil {
			e.inner, e.hasInner = append(e.inner, inner...), true
		} else {
			l.entries = append(l.entries, inner...)
		}
		return true
	case heading:
		if sectionHeading(tok.text) {
			return false
		}
	case code:
		if !l.codeIsProse() {
			return false
		}
	case item:
		if isMediaType(tok.text) || l.tabsOfSchema() {
			return false
		}
		if e := l.last(); l.isChoice(e) {
			l.addUnion("oneOf", tok.line, e.name)
			return true
		}
	}
	l.next++
	l.describe(tok)
	return true
}

// line reads a line of a paragraph. false means that it does not belong to the list.
func (l *list) line(tok token) bool {
	text, last := unescape(tok.text), l.last()
	switch {
	case isButton(tok.text):
		l.next++
	case text == "Array [":
		l.next++
		l.array(tok)
	case text == "]":
		l.next++
		l.page.Report(Unread, tok.line, "a closing bracket without an opening one")
	case isUnionWord(text) && (l.peek(1).kind == item || l.peek(1).kind == open):
		l.next++
		l.addUnion(text, tok.line, "")
	case text == chosenBy && tok.role == structure && last != nil:
		l.next++
		l.addUnion("oneOf", tok.line, last.name)
	case l.introducesResponse(), !l.inBrackets && tok.role == unknown && l.endsResponse(last):
		return false
	case l.inBrackets && len(l.entries) == 0 && l.printsKeywords():
		l.next++
		l.add(&entry{kind: field, line: tok.line, name: "type"})
	default:
		l.fieldOrProse(tok, last)
	}
	return true
}

// array reads what is inside brackets, which belongs to the field before or is an array without a name.
func (l *list) array(tok token) {
	group := arrayInArray(l.list(true, nil))
	if e := l.last(); e != nil && e.kind == field && e.isArray() && !e.hasGroup && !(l.inUnion && e.isPlainList()) {
		e.group, e.hasGroup = group, true
	} else {
		l.add(&entry{kind: bare, line: tok.line, label: label{arrays: 1, known: true}, group: group, hasGroup: true})
	}
}

func (l *list) fieldOrProse(tok token, last *entry) {
	if e, ok := l.field(tok); ok {
		l.add(e)
		l.next++
		if l.peek(0).kind == item && examplesBehind.MatchString(tok.text) {
			l.examples(e)
		}
		return
	}
	if l.attribute(tok, last) {
		return
	}
	l.suspectField(tok)
	l.next++
	if shown, ok := parseLabel(unescape(tok.text)); ok && shown.text != "" && (tok.role == structure || shown.known && (len(l.entries) == 0 || l.inUnion) && tok.first) {
		l.add(&entry{kind: bare, line: tok.line, label: shown})
		return
	}
	l.describe(tok)
}

// describe adds an author's words to the field that they are about. Before the first field the renderer prints none.
func (l *list) describe(tok token) {
	e := l.last()
	if e == nil {
		l.page.Report(Unread, tok.line, "a line before the first field that was not understood: %q", firstWords(tok.words()))
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
