package pagewriter

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// fieldLine writes **name** label with its flags, and shows presence and flags.
func (w *writer) fieldLine(name, label string, flags ...string) int {
	space := " "
	if w.Glued {
		space = ""
	}
	label = strings.NewReplacer("[", `\[`, "]", `\]`).Replace(label)
	if !w.Unescaped {
		label = strings.ReplaceAll(label, "_", `\_`)
	}
	rest := label + strings.Join(flags, "")
	if rest == "" {
		space = ""
	}
	return w.block("**" + w.inline(name) + "**" + space + rest)
}

func flagsOf(s *schema, all ...facts.Aspect) (flags []string) {
	for _, a := range all {
		if s.has(a) {
			flags = append(flags, string(a))
		}
	}
	return flags
}

func (w *writer) showFlags(s *schema, line int, all ...facts.Aspect) {
	for _, a := range all {
		if s.has(a) {
			w.show(s.place, a, "true", line)
		}
	}
}

// description writes the prose of a schema, in as many paragraphs as it has.
func (w *writer) description(s *schema) int {
	prose := s.prose(facts.Text)
	if prose == "" {
		return 0
	}
	return w.paragraphs(prose)
}

func (w *writer) paragraphs(prose string) int {
	first := 0
	for _, paragraph := range strings.Split(prose, "\n\n") {
		if n := w.block(strings.Split(paragraph, "\n")...); first == 0 {
			first = n
		}
	}
	return first
}

func (w *writer) attribute(name, value string) int {
	if w.BoldExample {
		return w.block("**" + name + ":** " + value)
	}
	return w.block(name + ":" + value)
}

// valueLines writes a value of a leaf: its default and its example.
func (w *writer) valueLines(s *schema) {
	if s.has(facts.Default) {
		space := " "
		if v := s.value(facts.Default); v == "" || strings.ContainsAny(v, "[]{}") {
			space = ""
		}
		line := w.block("**Default value:**" + space + tick(s.value(facts.Default)))
		w.show(s.place, facts.Default, s.value(facts.Default), line)
	}
	if s.has(facts.Example) {
		line := w.attribute("Example", tick(s.value(facts.Example)))
		w.show(s.place, facts.Example, s.value(facts.Example), line)
	}
}

// property writes a field and what is inside it.
func (w *writer) property(s *schema) {
	flags := []facts.Aspect{facts.Nullable, facts.Required, facts.Deprecated}
	line := w.fieldLine(s.name, w.label(s), flagsOf(s, flags...)...)
	w.show(s.place, facts.Present, "true", line)
	w.showFlags(s, line, flags...)
	w.showLabel(s, line)
	w.showText(s, facts.Text, line)
	w.description(s)
	w.qualifier(s)
	if s.isUnion() || len(s.properties) > 0 || s.values != nil || s.items != nil && (len(s.items.properties) > 0 || s.items.isUnion()) {
		w.inside(s)
		return
	}
	w.valueLines(s)
}

// inside writes what is inside a schema.
func (w *writer) inside(s *schema) {
	if s.isUnion() {
		w.union(s)
		return
	}
	for _, p := range s.properties {
		w.property(p)
	}
	if s.values != nil {
		w.mapValues(s)
	}
	if s.items != nil {
		w.brackets(s.items)
	}
}

// root writes the schema of a body.
func (w *writer) root(s *schema, line int) {
	switch {
	case s.isUnion():
	case s.kind() == "object" && len(s.properties) == 0 && s.values == nil && w.Theme < Theme52 && len(s.facts)%2 == 0:
		w.show(s.place, facts.Type, "object", w.block("object")) // properties: {}
		return
	case s.kind() != "" && len(s.properties) == 0 && s.values == nil && s.items == nil:
		line = w.fieldLine(s.kind(), w.label(s), flagsOf(s, facts.Nullable, facts.Deprecated)...)
		w.showFlags(s, line, facts.Nullable, facts.Deprecated)
		w.showLabel(s, line)
		w.qualifier(s)
		w.valueLines(s)
		return
	case s.items != nil:
		w.show(s.place, facts.Type, "array", len(w.lines)+2)
	case s.kind() != "":
		w.show(s.place, facts.Type, s.kind(), line)
	}
	w.inside(s)
}

// mapValues writes the values of a map, for which the renderer has a name of its own.
func (w *writer) mapValues(s *schema) {
	const name = "property name*"
	v := s.values
	complexValues := v.isUnion() || len(v.properties) > 0 || v.values != nil || v.items != nil
	flags := []facts.Aspect{facts.Nullable, facts.Deprecated}
	label := w.label(v)
	switch {
	case v.isEmpty():
		line := w.fieldLine(name, "any")
		w.show(v.place, facts.Present, "true", line)
		return
	case complexValues && v.has(facts.Title):
		label = v.value(facts.Title)
	case !complexValues && v.kind() == "":
		return
	}
	line := w.fieldLine(name, label, flagsOf(v, flags...)...)
	w.show(v.place, facts.Present, "true", line)
	w.showFlags(v, line, flags...)
	w.showLabel(v, line)
	w.showText(v, facts.Text, line)
	w.description(v)
	if complexValues {
		w.qualifier(v)
		w.inside(v)
		return
	}
	if w.Theme >= Theme52 { // earlier themes print the qualifier of the map here, not of its values
		w.qualifier(v)
	}
	w.valueLines(v)
}

// brackets writes the items of an array.
func (w *writer) brackets(items *schema) {
	w.put("")
	w.depth++
	w.put(`Array \[`)
	switch {
	case items.isUnion():
		w.union(items)
	case len(items.properties) > 0:
		if items.kind() != "" {
			w.show(items.place, facts.Type, items.kind(), len(w.lines))
		}
		for _, p := range items.properties {
			w.property(p)
		}
		if items.values != nil && w.Theme >= Theme52 {
			w.mapValues(items)
		}
	case items.values != nil:
		w.mapValues(items)
	case items.kind() != "" && items.kind() != "array":
		w.bare(items, w.label(items))
	}
	w.put("")
	w.depth--
	w.put(`\]`)
}

// bare writes a type without a name: of items, or of a variant.
func (w *writer) bare(s *schema, label string) {
	line := w.block(label + strings.Join(flagsOf(s, facts.Nullable, facts.Deprecated), ""))
	if label == w.label(s) {
		w.showLabel(s, line)
	} else if s.kind() != "" {
		w.show(s.place, facts.Type, s.kind(), line)
	}
	w.showFlags(s, line, facts.Nullable, facts.Deprecated)
	w.showText(s, facts.Text, line)
	w.description(s)
	w.qualifier(s)
	w.valueLines(s)
}

// union writes the titles of the variants, then their fields one after the other. Newer themes render the first only.
func (w *writer) union(s *schema) {
	line := w.block(s.value(facts.Union))
	w.show(s.place, facts.Union, s.value(facts.Union), line)
	titles := make([]string, len(s.variants))
	for i, v := range s.variants {
		switch {
		case v.has(facts.Title):
			titles[i] = w.escape(v.value(facts.Title))
			w.show(v.place, facts.Title, v.value(facts.Title), line)
		case w.Theme == Theme42:
			titles[i] = fmt.Sprintf("MOD%d", i+1)
		case w.Theme >= Theme52 && w.label(v) != "":
			titles[i] = strings.NewReplacer("[", `\[`, "]", `\]`).Replace(w.label(v))
		default:
			titles[i] = fmt.Sprintf("Option %d", i+1)
		}
		w.show(v.place, facts.Present, "true", line)
	}
	w.list(titles...)
	for i, v := range s.variants {
		if i == 0 || w.Theme < Theme52 {
			w.variant(v, line)
		}
	}
}

func (w *writer) variant(v *schema, line int) {
	switch {
	case v.isUnion():
		w.union(v)
	case v.items != nil:
		w.show(v.place, facts.Type, "array", len(w.lines)+2)
		w.brackets(v.items)
	case len(v.properties) > 0:
		w.show(v.place, facts.Type, "object", line)
		for _, p := range v.properties {
			w.property(p)
		}
	case v.kind() != "":
		label := v.kind()
		if w.Theme >= Theme52 {
			label = w.label(v)
		}
		w.bare(v, label)
	}
}
