package fields

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Attribute reads the lines that belong to a field, and advances past them.
func (r *Reader) Attribute(tok token.Token, e *Entry) bool {
	m := grammar.Attribute.FindStringSubmatch(tok.Text)
	if m == nil || e == nil || e.Kind == Union || (m[1] == "") != (m[3] == ":") {
		return false
	}
	if m[2] == "Example" && tok.Role == token.Unknown && r.foreign(formOf(m, r.Params)) {
		return false // an author's
	}
	at := r.Next
	value := m[4]
	if m[2] != "Examples" && continuesAfterCode(value) {
		r.Page.Report(page.Uncertain, tok.Line, "words after the %s of %s, which the renderer does not write: %s; they were read as prose", strings.ToLower(m[2]), page.Quote(e.Name), page.Quote(value))
		return false
	}
	r.Next++
	switch strings.Join(strings.Fields(m[2]), " ") {
	case "Possible values":
		text := r.continued(value)
		enum, constraints, unread := possibleValues(text, e.Label)
		if unread != "" && isAuthorsList(text) {
			r.Next = at
			r.Page.Report(page.Uncertain, tok.Line, "possible values of %s that the renderer does not write so: %s; they were read as prose", page.Quote(e.Name), page.Quote(text))
			return false
		}
		if unread != "" {
			r.Page.Report(page.Unread, tok.Line, "the possible values of %s: %q was not understood", e.Name, unread)
		}
		if enum != nil && e.Enum != nil || len(constraints) > 0 && len(e.Constraints) > 0 {
			r.Page.Report(page.Contradiction, tok.Line, "the possible values of %s are listed twice", page.Quote(e.Name))
		}
		if enum != nil {
			e.Enum = &Value{Values: enum, Line: tok.Line}
		}
		for _, c := range constraints {
			c.Line = tok.Line
			e.Constraints = append(e.Constraints, c)
		}
	case "Constant value":
		text, _ := r.value(value, tok.Line)
		e.Enum = &Value{Values: []string{text}, Line: tok.Line}
	case "Default value":
		text, ticked := r.value(value, tok.Line)
		if e.Default != nil {
			r.Page.Report(page.Contradiction, tok.Line, "the default of %s is given twice", page.Quote(e.Name))
		}
		e.Default = &Value{Text: text, Line: tok.Line, Ticked: ticked}
	case "Example":
		text, ticked := r.value(value, tok.Line)
		if e.Example != nil && !e.Example.Ticked { // the previous one was a sentence of the description
			AddProse(e, "Example: "+e.Example.Text)
		}
		if text == "" && !ticked {
			return true // a value that the renderer lost
		}
		e.Example = &Value{Text: text, Line: tok.Line, Ticked: ticked}
	case "Examples":
		r.examples(e)
	}
	return true
}

// continuesAfterCode reports whether words follow a value in code, so that the line is a sentence of an author. If another
// backtick ends the line, the value itself may contain backticks.
func continuesAfterCode(text string) bool {
	value, rest, ok := token.CodeSpan(text)
	rest = strings.TrimSpace(rest)
	return ok && value != "" && rest != "" && !strings.Contains(rest, "`")
}

// continued joins the lines of a list of values that continues on the next line.
func (r *Reader) continued(text string) string {
	for hops := 0; strings.Count(text, "[") > strings.Count(text, "]") && hops < 50; hops++ {
		tok := r.Peek(0)
		if tok.Kind != token.ParagraphLine || tok.First {
			break
		}
		text += " " + tok.Text
		r.Next++
	}
	return text
}

// value reads a value in backticks, which may span several lines, or plain text.
func (r *Reader) value(text string, line int) (value string, ticked bool) {
	if !strings.HasPrefix(text, "`") {
		for r.Params && r.Peek(0).Kind == token.ParagraphLine && !r.Peek(0).First && !r.beginsField() { // plain text up to the paragraph's end
			text += "\n" + r.Peek(0).Text
			r.Next++
		}
		return token.Address(token.Unescape(text)), false
	}
	switch value, rest, ok := token.CodeSpan(text); {
	case ok && strings.TrimSpace(rest) == "":
		return value, true
	case ok && value != "":
		r.Page.Report(page.Uncertain, line, "a value with backticks in it, or a sentence with several values: %s; it was read as one value", page.Quote(text))
		return strings.Trim(text, "`"), true
	}
	whole := text
	for ahead := 0; ahead < 400; ahead++ {
		tok := r.Peek(ahead)
		if tok.Kind == 0 || tok.Kind == token.Heading && grammar.SectionHeading(tok.Text) {
			break
		}
		part := tok.Text
		if tok.Kind == token.Code {
			part = strings.Join(tok.Lines, "\n")
		}
		if tok.Kind == token.Item {
			part = "- " + part
		}
		whole += "\n" + part
		if value, rest, ok := token.CodeSpan(whole); ok && strings.TrimSpace(rest) == "" {
			r.Next += ahead + 1
			return value, true
		}
	}
	r.Page.Report(page.Unread, line, "a value in backticks that does not end")
	return strings.Trim(text, "`"), true
}

// beginsField reports whether the next line is the line of a field, on a page without blank lines.
func (r *Reader) beginsField() bool {
	e, ok := r.Field(r.Peek(0))
	return ok && e.Label.Known && e.Label.Text != ""
}

// examples reads a parameter's named examples: a list of names, then a title and a value for each.
func (r *Reader) examples(e *Entry) {
	var names []string
	for r.Peek(0).Kind == token.Item {
		names = append(names, token.Unescape(r.Peek(0).Text))
		r.Next++
	}
	for len(e.Examples) < len(names) {
		found := -1
		for ahead := 0; ahead < 6 && r.Peek(ahead).Kind == token.ParagraphLine; ahead++ {
			m := grammar.Attribute.FindStringSubmatch(r.Peek(ahead).Text)
			if m != nil && m[2] == "Example" {
				found = ahead
				break
			}
			if _, isField := r.Field(r.Peek(ahead)); isField {
				break
			}
		}
		if found < 0 {
			return
		}
		r.Next += found
		tok := r.Peek(0)
		r.Next++
		value, _ := r.value(grammar.Attribute.FindStringSubmatch(tok.Text)[4], tok.Line)
		e.Examples = append(e.Examples, [2]string{FreeName(e.Examples, names[len(e.Examples)]), value})
	}
}
