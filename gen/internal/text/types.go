package text

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// typeView is one type as models.gen.go shows it.
type typeView struct {
	*model.Type
	Doc    string
	Lines  []fieldView
	Check  []string
	Checks parts // of Check
}

// fieldView is one field of a struct with its comment; an empty line comes before it when Gap is set.
type fieldView struct {
	*model.Field
	Doc string
	Gap bool
}

func (w *writer) types() []*typeView {
	w.nestedChecks()
	var out []*typeView
	for _, t := range w.client.Types {
		v := &typeView{Type: t, Doc: cmp.Or(prose.NounSentence(t.Name, t.Schema.Description), prose.NounSentence(t.Name, t.Schema.Title))}
		if t.Schema.Deprecated {
			v.Doc = strings.TrimSpace(v.Doc + "\n\nDeprecated: the spec says so.")
		}
		v.Lines = fieldViews(t.Fields, t.Direction)
		v.Check = w.checks[t.Name]
		if t.Union == nil {
			v.Check = v.Checks.fit(v.Check, "r.check%d(p, field, in, name)")
		}
		out = append(out, v)
	}
	return out
}

func fieldViews(fields []*model.Field, m lower.Direction) []fieldView {
	out := make([]fieldView, len(fields))
	for i, f := range fields {
		out[i] = fieldView{Field: f, Doc: fieldDoc(f, m)}
		out[i].Gap = i > 0 && (out[i].Doc != "" || out[i-1].Doc != "")
	}
	return out
}

// literal is a value of an enum in Go.
func literal(base, wire string) string {
	if base == "string" {
		return strconv.Quote(wire)
	}
	return wire
}
