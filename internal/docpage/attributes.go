package docpage

import "strings"

// attribute reads the lines that belong to a field. It moves past what it reads.
func (r *fieldReader) attribute(tok token, e *entry) bool {
	m := attribute.FindStringSubmatch(tok.text)
	if m == nil || e == nil || e.kind == union || (m[1] == "") != (m[3] == ":") {
		return false
	}
	if m[2] == "Example" && tok.role == unknown && r.foreign(formOf(m, r.params)) {
		return false // an author's
	}
	r.next++
	value := m[4]
	switch m[2] {
	case "Possible values":
		text := r.continued(value)
		enum, constraints, unread := possibleValues(text, e.label)
		if unread != "" {
			r.page.Report(Unread, tok.line, "the possible values of %s: %q was not understood", e.name, unread)
		}
		if enum != nil && e.enum != nil || len(constraints) > 0 && len(e.constraints) > 0 {
			r.page.Report(Contradiction, tok.line, "the possible values of %s are listed twice", quoteShort(e.name))
		}
		if enum != nil {
			e.enum = &valueAt{values: enum, line: tok.line}
		}
		for _, c := range constraints {
			c.line = tok.line
			e.constraints = append(e.constraints, c)
		}
	case "Constant value":
		text, _ := r.value(value, tok.line)
		e.enum = &valueAt{values: []string{text}, line: tok.line}
	case "Default value":
		text, ticked := r.value(value, tok.line)
		if e.fallback != nil {
			r.page.Report(Contradiction, tok.line, "the default of %s is given twice", quoteShort(e.name))
		}
		e.fallback = &valueAt{text: text, line: tok.line, ticked: ticked}
	case "Example":
		text, ticked := r.value(value, tok.line)
		if e.example != nil && !e.example.ticked { // the one before was a sentence of the description
			addProse(e, "Example: "+e.example.text)
		}
		if text == "" && !ticked {
			return true // a value that the renderer lost
		}
		e.example = &valueAt{text: text, line: tok.line, ticked: ticked}
	case "Examples":
		r.examples(e)
	}
	return true
}

// continued joins the lines of a list of values that goes on over the line's end.
func (r *fieldReader) continued(text string) string {
	for hops := 0; strings.Count(text, "[") > strings.Count(text, "]") && hops < 50; hops++ {
		tok := r.peek(0)
		if tok.kind != paragraphLine || tok.first {
			break
		}
		text += " " + tok.text
		r.next++
	}
	return text
}

// value reads a value in ticks, which may go on over several lines, or plain text.
func (r *fieldReader) value(text string, line int) (value string, ticked bool) {
	if !strings.HasPrefix(text, "`") {
		for r.params && r.peek(0).kind == paragraphLine && !r.peek(0).first && !r.beginsField() { // plain text up to the paragraph's end
			text += "\n" + r.peek(0).text
			r.next++
		}
		return withoutLink(unescape(text)), false
	}
	switch value, rest, ok := codeSpan(text); {
	case ok && strings.TrimSpace(rest) == "":
		return value, true
	case ok && value != "":
		return strings.Trim(text, "`"), true
	}
	whole := text
	for ahead := 0; ahead < 400; ahead++ {
		tok := r.peek(ahead)
		if tok.kind == 0 || tok.kind == heading && sectionHeading(tok.text) {
			break
		}
		part := tok.text
		if tok.kind == code {
			part = strings.Join(tok.lines, "\n")
		}
		if tok.kind == item {
			part = "- " + part
		}
		whole += "\n" + part
		if value, rest, ok := codeSpan(whole); ok && strings.TrimSpace(rest) == "" {
			r.next += ahead + 1
			return value, true
		}
	}
	r.page.Report(Unread, line, "a value in ticks that does not end")
	return strings.Trim(text, "`"), true
}

// beginsField reports whether the next line is that of a field, on a page without blank lines.
func (r *fieldReader) beginsField() bool {
	e, ok := r.field(r.peek(0))
	return ok && e.label.known && e.label.text != ""
}

// examples reads a parameter's named examples: a list of names, then for each a title and its value.
func (r *fieldReader) examples(e *entry) {
	var names []string
	for r.peek(0).kind == item {
		names = append(names, unescape(r.peek(0).text))
		r.next++
	}
	for len(e.examples) < len(names) {
		found := -1
		for ahead := 0; ahead < 6 && r.peek(ahead).kind == paragraphLine; ahead++ {
			m := attribute.FindStringSubmatch(r.peek(ahead).text)
			if m != nil && m[2] == "Example" {
				found = ahead
				break
			}
			if _, isField := r.field(r.peek(ahead)); isField {
				break
			}
		}
		if found < 0 {
			return
		}
		r.next += found
		tok := r.peek(0)
		r.next++
		value, _ := r.value(attribute.FindStringSubmatch(tok.text)[4], tok.line)
		e.examples = append(e.examples, [2]string{freeName(e.examples, names[len(e.examples)]), value})
	}
}
