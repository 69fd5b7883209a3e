package docpage

import "strings"

// Of an array inside an array that has no name, the renderer prints the keywords of the inner schema as if they were
// properties: **type** without a label, then **items** with the label of what is inside.

// printsKeywords reports whether the first two lines inside brackets are such keywords.
func (r *fieldReader) printsKeywords() bool {
	name, rest, ok := bold(r.peek(0).text)
	if !ok || name != "type" || strings.TrimSpace(rest) != "" {
		return false
	}
	for ahead := 1; ahead < 8 && r.peek(ahead).kind == paragraphLine; ahead++ {
		switch name, rest, ok := bold(r.peek(ahead).text); {
		case !ok:
			return false
		case name == "items" && strings.TrimSpace(rest) != "":
			return true
		}
	}
	return false
}

// arrayInArray makes one array of the keywords of its schema; any other group stays as it is.
func arrayInArray(group []*entry) []*entry {
	if len(group) < 2 || group[0].name != "type" || group[0].label.text != "" {
		return group
	}
	for i, e := range group {
		if e.name != "items" || e.label.text == "" || e.kind != field {
			continue
		}
		outer := &entry{kind: bare, line: e.line, label: label{arrays: 1, known: true}, hasGroup: true}
		inner := *e
		inner.kind, inner.name = bare, ""
		switch {
		case e.hasInner && !e.hasGroup && e.label.arrays == 0:
			outer.group = e.inner
		case e.label.opens() && !e.hasGroup && i+1 < len(group):
			outer.group = group[i+1:]
		case e.hasInner: // brackets folded in
			outer.group = e.inner
		default:
			outer.group = []*entry{&inner}
		}
		return []*entry{outer}
	}
	return group
}
