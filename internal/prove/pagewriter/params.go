package pagewriter

import (
	"encoding/json"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// parameters writes the tables of parameters.
func (w *writer) parameters(roots map[string]*schema) {
	order := []string{"header", "path", "query", "cookie"}
	if w.ThemeOrder {
		order = []string{"path", "query", "header", "cookie"}
	}
	for _, in := range order {
		if roots[in] == nil {
			continue
		}
		w.heading(3, strings.ToUpper(in[:1])+in[1:]+" Parameters")
		for _, p := range roots[in].properties {
			w.parameter(p)
		}
	}
}

func (w *writer) parameter(s *schema) {
	flags := []facts.Aspect{facts.Required, facts.Deprecated}
	label := w.label(s)
	untyped := s.kind() == "" && s.items == nil
	if untyped {
		label = "any"
	}
	line := w.fieldLine(s.name, label, flagsOf(s, flags...)...)
	w.show(s.place, facts.Present, "true", line)
	w.showFlags(s, line, flags...)
	if !untyped {
		w.showLabel(s, line)
		w.qualifier(s)
	}
	w.showText(s, facts.Text, line)
	w.description(s)
	holder := s // for an array, the default of its items is printed
	if s.items != nil {
		holder = s.items
	}
	if holder.has(facts.Default) && !untyped {
		line := w.block("Default value:" + tick(holder.value(facts.Default)))
		w.show(holder.place, facts.Default, holder.value(facts.Default), line)
	}
	w.parameterExample(s)
	w.namedExamples(s)
}

func (w *writer) parameterExample(s *schema) {
	if !s.has(facts.Example) || s.has(facts.Examples) {
		return
	}
	value := s.value(facts.Example)
	if w.Theme >= Theme52 {
		w.show(s.place, facts.Example, value, w.attribute("Example", tick(value)))
		return
	}
	if value = asText(literal(value, s.kind())); value == "" {
		return
	}
	line := 0
	if w.BoldExample {
		line = w.block("**Example:** " + w.inline(value))
	} else {
		line = w.block("Example: " + w.inline(value))
	}
	if shown, ok := shownExample(value, s); ok {
		w.show(s.place, facts.Example, shown, line)
	}
}

// shownExample returns what a reader can recover from an example that was printed as text: an object is lost, and a list
// shows its values without quotes.
func shownExample(printed string, s *schema) (shown string, ok bool) {
	if printed == "[object Object]" {
		return "", false
	}
	inner, isList := strings.CutPrefix(printed, "[")
	if !isList || s.kind() != "array" || strings.ContainsAny(inner, `"{[`) {
		return facts.Canonical(printed), true
	}
	values := []any{}
	for _, part := range strings.Split(strings.TrimSuffix(inner, "]"), ",") {
		if part = strings.TrimSpace(part); s.items != nil && (s.items.kind() == "string" || s.items.kind() == "") || !json.Valid([]byte(part)) {
			values = append(values, part)
		} else {
			values = append(values, json.RawMessage(part))
		}
	}
	if inner == "]" {
		values = values[:0]
	}
	return facts.Canonical(facts.CompactJSON(values)), true
}

// asText returns a value as JavaScript converts it to a string.
func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case nil, bool, json.Number:
		return facts.CompactJSON(v)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = strings.Trim(asText(v[i]), "[]")
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "[object Object]"
}

// namedExamples writes a list of names, then a title and the value of each. For a single one, newer themes print no name.
func (w *writer) namedExamples(s *schema) {
	var named [][2]string
	if json.Unmarshal([]byte(s.value(facts.Examples)), &named) != nil || len(named) == 0 {
		return
	}
	if w.Theme >= Theme52 && len(named) == 1 {
		w.show(s.place, facts.Example, named[0][1], w.attribute("Example", tick(named[0][1])))
		return
	}
	w.block("Examples:")
	names := make([]string, len(named))
	for i := range named {
		names[i] = w.escape(named[i][0])
	}
	w.list(names...)
	for _, example := range named {
		w.block("How " + w.inline(example[0]) + " looks")
		w.block("Example: " + tick(example[1]))
	}
	w.show(s.place, facts.Examples, s.value(facts.Examples), 0)
}
