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
	Knows  bool  // a check asks whether the spec names a kind of a union
}

// ValueDoc returns the comment of the method of a union that reads the type which the discriminator names.
func (v *typeView) ValueDoc() string {
	text := "Value decodes the value as the type that the discriminator names."
	for _, c := range v.Union.Choices {
		if c.Method == v.Union.Otherwise {
			return text + " A kind that the spec does not name is read as " + c.Type + ", which has the fields that all kinds have in common; Raw returns everything."
		}
	}
	return text + " A kind that the spec does not name is an error; Raw returns the value."
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
			v.Doc = strings.TrimSpace(v.Doc + "\n\nDeprecated: according to the spec.")
		}
		v.Lines = fieldViews(t.Fields, t.Direction)
		v.Check = w.checks[t.Name]
		v.Knows = strings.Contains(strings.Join(v.Check, ""), "r.knows(")
		v.Checks.Signature = "(r " + t.Name + ") check%d(p *rest.Problems, field, in, name string)"
		v.Check = v.Checks.fit(v.Check, "r.check%d(p, field, in, name)")
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

// literal returns a value of an enum in Go.
func literal(base, wire string) string {
	if base == "string" {
		return strconv.Quote(wire)
	}
	return wire
}

// listed returns the constants of an enum, on as many lines as they need.
func listed(e *model.Enum) string {
	names := make([]string, len(e.Values))
	for i, v := range e.Values {
		names[i] = v.Name
	}
	if line := strings.Join(names, ", "); len(line)+len(e.Name) <= width-len("\treturn []{}") {
		return line
	}
	var b strings.Builder
	left := 0
	for _, name := range names {
		if left -= len(name) + len(", "); left < 0 {
			b.WriteString("\n")
			left = width - 8 - len(name)
		} else {
			b.WriteString(" ")
		}
		b.WriteString(name + ",")
	}
	return b.String() + "\n"
}

// isLong reports whether a function that lists the constants of an enum would be longer than a screen.
func isLong(e *model.Enum) bool { return strings.Count(listed(e), "\n") > maxLines }
