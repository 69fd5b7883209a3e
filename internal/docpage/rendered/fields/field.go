package fields

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Reader turns the tokens of a list of fields into entries.
type Reader struct {
	Page   *page.Page
	Tokens []token.Token
	Next   int
	// Names are the keys of the JSON that the page prints for these fields; they distinguish a field with an unusual label
	// from prose.
	Names map[string]bool
	// Params reports whether this is a list of parameters, where an example is plain text, and code is prose.
	Params bool
	forms  map[exampleForm]int
	// Schema reports whether the title of a schema is above, which can have no fields.
	Schema bool
	// Titled reports whether the code after the last field is a named example, which can have a title above it.
	Titled bool
	// Responses reports whether the last field is followed by descriptions of statuses without content.
	Responses bool
}

// Peek returns an upcoming token; the zero token after the last.
func (r *Reader) Peek(ahead int) token.Token {
	if r.Next+ahead < len(r.Tokens) {
		return r.Tokens[r.Next+ahead]
	}
	return token.Token{}
}

// AddProse adds text of an author to an entry, which may be nil.
func AddProse(e *Entry, text string) {
	if e != nil {
		e.Prose = append(e.Prose, text)
	}
}

// codeIsProse reports whether a block of code is inside a description: more of the field, or another field, follows it.
func (r *Reader) codeIsProse() bool {
	if r.Params || r.Peek(0).Role == token.Structure {
		return r.Params
	}
	for ahead := 1; ; ahead++ {
		tok := r.Peek(ahead)
		if tok.Kind != token.ParagraphLine {
			return false
		}
		if grammar.IsButton(tok.Text) {
			continue
		}
		if grammar.Attribute.MatchString(tok.Text) || token.Unescape(tok.Text) == "]" || token.Unescape(tok.Text) == "Array [" {
			return true
		}
		name, rest, ok := token.Bold(tok.Text)
		if !ok || !tok.First || name == "Schema" || name == "Response Headers" {
			return false
		}
		l, ok := grammar.ParseLabel(rest)
		return ok && l.Known
	}
}

// IntroducesResponse: the paragraph before a media type describes the next response.
func (r *Reader) IntroducesResponse() bool {
	if r.Params || !r.Peek(0).First {
		return false
	}
	if grammar.IsHeadersTitle(r.Peek(0)) {
		return true
	}
	if r.Peek(0).Role == token.Structure {
		return false
	}
	for ahead := 1; ; ahead++ {
		switch next := r.Peek(ahead); {
		case next.Kind == token.Item:
			return grammar.IsMediaType(next.Text)
		case next.First && grammar.IsHeadersTitle(next):
			return true
		case next.Kind != token.ParagraphLine || next.First:
			return false
		}
	}
}

// endsResponse: after the values of a field, where its description cannot stand, words that are usual for a status are those
// of the next response.
func (r *Reader) endsResponse(e *Entry) bool {
	tok := r.Peek(0)
	if !r.Responses || !tok.First || e == nil || e.Enum == nil && e.Constraints == nil && e.Default == nil && e.Example == nil {
		return false
	}
	return tok.Kind == token.ParagraphLine && !strings.HasPrefix(tok.Text, "**") && !grammar.Attribute.MatchString(tok.Text) && grammar.SoundsLikeStatus(tok.Text) && r.endsParagraph()
}

var plainName = regexp.MustCompile(`^[A-Za-z_$][\w$-]*$`)

// suspectField warns about a name without a label, or followed by a few words that are not a type: the renderer prints no
// label, or a title, for a schema that contains itself or has no type; and an author may write a word in bold.
func (r *Reader) suspectField(tok token.Token) {
	name, rest, ok := token.Bold(tok.Text)
	if !ok || tok.Role != token.Unknown || !tok.First || !r.endsParagraph() || !plainName.MatchString(name) || r.Params {
		return
	}
	switch rest = strings.TrimSpace(rest); {
	case rest == "":
		r.Page.Report(page.Uncertain, tok.Line, "%s stands alone: a field without a type, or a word in bold; it was read as prose", name)
	case title.MatchString(token.Unescape(rest)):
		r.Page.Report(page.Uncertain, tok.Line, "%s stands before %s: a field whose title is shown in place of its type, or a description; it was read as prose", name, page.Quote(rest))
	}
}

// title matches what people write above a schema: some capitalized words.
var title = regexp.MustCompile(`^\p{Lu}[\w-]*(?: \p{Lu}[\w-]*){1,4}$`)

// examplesAfter: named examples of a parameter without a description begin on the field's own line.
var examplesAfter = regexp.MustCompile(`\s*(?:\*\*)?Examples:(?:\*\*)?\s*$`)

// Field reads **name** label.
func (r *Reader) Field(tok token.Token) (*Entry, bool) {
	name, rest, ok := token.Bold(tok.Text)
	if !ok || grammar.Attribute.MatchString(tok.Text) {
		return nil, false
	}
	if r.Peek(1).Kind == token.Item {
		rest = examplesAfter.ReplaceAllString(rest, "")
	}
	rest = strings.TrimSpace(rest)
	l, ok := grammar.ParseLabel(rest)
	known := r.Names[name]
	switch {
	case tok.Role == token.Structure: // whatever its label is
	case !ok && !(known && strings.TrimSpace(l.Text) != "" && len(l.Text) < 80 && !strings.HasSuffix(l.Text, ".")):
		return nil, false
	case strings.HasSuffix(name, ":") && !known:
		return nil, false
	case l.Text == "" && !known:
		return nil, false // a bold word in a description
	case !l.Known && !known && (!tok.First || !r.endsParagraph()):
		return nil, false
	}
	return &Entry{Kind: Field, Line: tok.Line, Name: name, Literal: known, Label: l}, true
}

// endsParagraph reports whether the paragraph ends with this token.
func (r *Reader) endsParagraph() bool {
	next := r.Peek(1)
	return next.Kind != token.ParagraphLine || next.First
}
