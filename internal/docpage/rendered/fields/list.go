package fields

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// list is the state of reading a list of fields.
type list struct {
	*Reader
	// owner is the field that contains an open token: what comes before the first field inside belongs to it.
	owner      *Entry
	entries    []*Entry
	inBrackets bool
	inUnion    bool
	started    int // its first line
}

// Read collects entries until something that cannot belong to a field.
func (r *Reader) Read() []*Entry { return r.list(false, nil) }

// list collects entries until something that cannot belong to a field. Inside brackets it ends after the closing bracket.
func (r *Reader) list(inBrackets bool, owner *Entry) []*Entry {
	l := &list{Reader: r, owner: owner, inBrackets: inBrackets, started: r.Peek(0).Line}
	for r.Next < len(r.Tokens) {
		tok := r.Peek(0)
		if r.titlesSample() {
			return l.end()
		}
		if tok.Role == token.Prose {
			r.Next++
			AddProse(l.last(), tok.Words())
			continue
		}
		if tok.Kind == token.Item { // brackets of an array without a name
			if text := token.Unescape(tok.Text); text == "Array [" || text == "]" {
				tok.Kind = token.ParagraphLine
			}
		}
		switch tok.Kind {
		case token.Close, token.NextVariant:
			r.Next++
			return l.entries
		case token.ParagraphLine:
			if inBrackets && token.Unescape(tok.Text) == "]" {
				r.Next++
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

// end reports a list that ends before its closing bracket.
func (l *list) end() []*Entry {
	if l.inBrackets {
		l.Page.Report(page.Truncated, l.started, "the array that begins here is never closed")
	}
	return l.entries
}

func (l *list) last() *Entry {
	if len(l.entries) == 0 {
		return l.owner
	}
	return l.entries[len(l.entries)-1]
}

func (l *list) add(e *Entry) { l.entries = append(l.entries, e) }

func (l *list) addUnion(kind string, line int, choice string) {
	l.add(l.union(kind, line, choice))
	l.inUnion = true
}

// block reads what is not a line of a paragraph. It returns false if that does not belong to the list.
func (l *list) block(tok token.Token) bool {
	switch tok.Kind {
	case token.NextStatus:
		return false
	case token.Open:
		l.Next++
		e := l.last()
		inner := l.list(false, e)
		if e != nil {
			e.Inner, e.HasInner = append(e.Inner, inner...), true
		} else {
			l.entries = append(l.entries, inner...)
		}
		return true
	case token.Heading:
		if grammar.SectionHeading(tok.Text) {
			return false
		}
	case token.Code:
		if !l.codeIsProse() {
			return false
		}
	case token.Item:
		if grammar.IsMediaType(tok.Text) || l.tabsOfSchema() {
			return false
		}
		if e := l.last(); l.isChoice(e) {
			l.addUnion("oneOf", tok.Line, e.Name)
			return true
		}
	}
	l.Next++
	l.describe(tok)
	return true
}

// line reads a line of a paragraph. It returns false if that does not belong to the list.
func (l *list) line(tok token.Token) bool {
	text, last := token.Unescape(tok.Text), l.last()
	switch {
	case grammar.IsButton(tok.Text):
		l.Next++
	case text == "Array [":
		l.Next++
		l.array(tok)
	case text == "]":
		l.Next++
		l.Page.Report(page.Unread, tok.Line, "a closing bracket without an opening one")
	case grammar.IsUnionWord(text) && (l.Peek(1).Kind == token.Item || l.Peek(1).Kind == token.Open):
		l.Next++
		l.addUnion(text, tok.Line, "")
	case text == token.Discriminator && tok.Role == token.Structure && last != nil:
		l.Next++
		l.addUnion("oneOf", tok.Line, last.Name)
	case l.IntroducesResponse(), !l.inBrackets && tok.Role == token.Unknown && l.endsResponse(last):
		return false
	case l.inBrackets && len(l.entries) == 0 && l.printsKeywords():
		l.Next++
		l.add(&Entry{Kind: Field, Line: tok.Line, Name: "type"})
	default:
		return l.fieldOrProse(tok, last)
	}
	return true
}

// array reads the content of brackets, which belongs to the previous field or is an array without a name.
func (l *list) array(tok token.Token) {
	group := arrayInArray(l.list(true, nil))
	if e := l.last(); e != nil && e.Kind == Field && e.isArray() && !e.HasGroup && !(l.inUnion && e.isPlainList()) {
		e.Group, e.HasGroup = group, true
	} else {
		l.add(&Entry{Kind: Nameless, Line: tok.Line, Label: grammar.Label{Arrays: 1, Known: true}, Group: group, HasGroup: true})
	}
}

// fieldOrProse reads a field, a line that belongs to one, or prose. It returns false if that does not belong to the list.
func (l *list) fieldOrProse(tok token.Token, last *Entry) bool {
	if e, ok := l.Field(tok); ok {
		l.add(e)
		l.Next++
		if l.Peek(0).Kind == token.Item && examplesAfter.MatchString(tok.Text) {
			l.examples(e)
		}
		return true
	}
	if l.Attribute(tok, last) {
		return true
	}
	if l.Schema && tok.Role == token.Unknown && tok.First && len(l.entries) == 0 && l.owner == nil && !l.inBrackets && !l.showsType(tok) && !grammar.Attribute.MatchString(tok.Text) && !l.fieldFollows() {
		return false // an empty schema, and the description of the next response
	}
	l.suspectField(tok)
	l.Next++
	shown, ok := grammar.ParseLabel(token.Unescape(tok.Text))
	switch {
	case !ok || shown.Text == "":
	case l.Names[""] && shown.Known && tok.First && tok.Role != token.Prose: // the printed JSON has a key without a name
		l.add(&Entry{Kind: Field, Line: tok.Line, Label: shown})
		return true
	case tok.Role == token.Structure || shown.Known && (len(l.entries) == 0 || l.inUnion) && tok.First:
		l.add(&Entry{Kind: Nameless, Line: tok.Line, Label: shown})
		return true
	}
	l.describe(tok)
	return true
}

// fieldFollows reports whether a field comes before the next block, as happens if the line of the first one was lost.
func (l *list) fieldFollows() bool {
	for ahead := 1; l.Peek(ahead).Kind == token.ParagraphLine; ahead++ {
		if name, rest, ok := token.Bold(l.Peek(ahead).Text); ok && name != "Schema" && strings.TrimSpace(rest) != "" {
			return true
		}
	}
	return false
}

// showsType reports whether a line is a type on its own.
func (l *list) showsType(tok token.Token) bool {
	shown, ok := grammar.ParseLabel(token.Unescape(tok.Text))
	return ok && shown.Known && shown.Text != ""
}

// describe adds text of an author to the field that it is about. Before the first field the renderer prints none.
func (l *list) describe(tok token.Token) {
	e := l.last()
	if e == nil {
		l.Page.Report(page.Unread, tok.Line, "a line before the first field that was not understood: %q", page.FirstWords(tok.Words()))
	}
	AddProse(e, tok.Words())
}

// titlesSample reports whether a line is the title of the named example that follows. In Markdown it may also be the
// description of the last field.
func (r *Reader) titlesSample() bool {
	tok, next := r.Peek(0), r.Peek(1)
	if !r.Titled || tok.Kind != token.ParagraphLine || next.Kind != token.Code || tok.Role == token.Prose || !tok.First {
		return false
	}
	if _, isField := r.Field(tok); isField || grammar.Attribute.MatchString(tok.Text) || grammar.IsButton(tok.Text) || token.Unescape(tok.Text) == "]" {
		return false
	}
	if _, err := jsonsample.Parse(next.Lines); err != nil {
		return false
	}
	if tok.Role == token.Unknown {
		r.Page.Report(page.Uncertain, tok.Line, "%s is the title of an example or the description of the field above it; it was read as a title", page.Quote(tok.Text))
	}
	return true
}

// tabsOfSchema reports whether the tabs above another schema come next, as they do for a further media type.
func (r *Reader) tabsOfSchema() bool {
	if r.Params || !strings.EqualFold(token.Plain(r.Peek(0).Text), "schema") {
		return false
	}
	ahead := 1
	for r.Peek(ahead).Kind == token.Item && ahead < 50 {
		ahead++
	}
	name, rest, ok := token.Bold(r.Peek(ahead).Text)
	return ok && name == "Schema" && strings.TrimSpace(rest) == "" && r.Peek(ahead).Role != token.Prose
}
