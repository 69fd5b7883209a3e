package main

import (
	"cmp"
	"strconv"
	"strings"
)

// typeView is one type as models.gen.go shows it.
type typeView struct {
	*Type
	Name  string
	Doc   string
	Lines []fieldView
	Check []string
}

// fieldView is one field of a struct with its comment; an empty line comes before it when Gap is set.
type fieldView struct {
	*Field
	Doc string
	Gap bool
}

func (w *writer) types() []*typeView {
	w.nestedChecks()
	var out []*typeView
	for _, t := range w.client.Types {
		v := &typeView{Type: t, Name: t.name, Doc: cmp.Or(noun(t.name, t.schema.Description), noun(t.name, t.schema.Title))}
		if t.schema.Deprecated {
			v.Doc = strings.TrimSpace(v.Doc + "\n\nDeprecated: the spec says so.")
		}
		v.Lines = fieldViews(t.Fields, t.mode)
		v.Check = w.checks[t.name]
		out = append(out, v)
	}
	return out
}

func fieldViews(fields []*Field, m mode) []fieldView {
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
