package docpage

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
			e.variants = append(e.variants, r.list(false, nil))
			if r.next == 0 || r.next > len(r.tokens) || r.tokens[r.next-1].kind != nextVariant {
				break
			}
		}
	}
	return e
}
