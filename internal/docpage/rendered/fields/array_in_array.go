package fields

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// For an array inside an array without a name, the renderer prints the keywords of the inner schema as if they were
// properties: **type** without a label, then **items** with the label of what is inside.

// printsKeywords reports whether the first two lines inside brackets are such keywords.
func (r *Reader) printsKeywords() bool {
	name, rest, ok := token.Bold(r.Peek(0).Text)
	if !ok || name != "type" || strings.TrimSpace(rest) != "" {
		return false
	}
	for ahead := 1; ahead < 8 && r.Peek(ahead).Kind == token.ParagraphLine; ahead++ {
		switch name, rest, ok := token.Bold(r.Peek(ahead).Text); {
		case !ok:
			return false
		case name == "items" && strings.TrimSpace(rest) != "":
			return true
		}
	}
	return false
}

// arrayInArray converts the keywords of a schema to one array; any other group is returned unchanged.
func arrayInArray(group []*Entry) []*Entry {
	if len(group) < 2 || group[0].Name != "type" || group[0].Label.Text != "" {
		return group
	}
	for i, e := range group {
		if e.Name != "items" || e.Label.Text == "" || e.Kind != Field {
			continue
		}
		outer := &Entry{Kind: Nameless, Line: e.Line, Label: grammar.Label{Arrays: 1, Known: true}, HasGroup: true}
		inner := *e
		inner.Kind, inner.Name = Nameless, ""
		switch {
		case e.HasInner:
			outer.Group = e.Inner
		case e.Label.Opens() && !e.HasGroup && i+1 < len(group):
			outer.Group = group[i+1:]
		default:
			outer.Group = []*Entry{&inner}
		}
		return []*Entry{outer}
	}
	return group
}
