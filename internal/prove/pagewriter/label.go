package pagewriter

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// label returns what the renderer prints for the type of a schema.
func (w *writer) label(s *schema) string {
	if s.items == nil {
		return w.plainLabel(s)
	}
	if w.Theme >= Theme52 {
		return w.label(s.items) + "[]"
	}
	inner := w.plainLabel(s.items)
	if inner == "" {
		inner = "undefined"
	}
	return inner + "[]"
}

func (w *writer) plainLabel(s *schema) string {
	kind, format := s.kind(), s.value(facts.Format)
	switch {
	case format != "" && (w.Theme < Theme45 || kind == ""):
		return format
	case format != "" && strings.Contains(kind, " | "):
		return "(" + kind + ")<" + format + ">"
	case format != "":
		return kind + "<" + format + ">"
	case s.isUnion():
		return "object"
	case s.has(facts.Title) && kind != "object" && kind != "array":
		return s.value(facts.Title)
	}
	return kind
}

// showLabel records what a label shows: the types down to the last that it names, and its format.
func (w *writer) showLabel(s *schema, line int) {
	at := s
	for at.items != nil {
		w.show(at.place, facts.Type, "array", line)
		at = at.items
		if w.Theme < Theme52 { // only one level is printed
			break
		}
	}
	if at.isUnion() {
		return
	}
	if at.kind() != "" {
		w.show(at.place, facts.Type, at.kind(), line)
	}
	if at.has(facts.Format) {
		w.show(at.place, facts.Format, at.value(facts.Format), line)
	}
}

// qualifier writes the line of possible values. For an array without bounds of its own, it is that of the items.
func (w *writer) qualifier(s *schema) {
	for s.items != nil && !s.has("minItems") && !s.has("maxItems") {
		s = s.items
	}
	var groups []string
	type key struct {
		place  facts.Place
		aspect facts.Aspect
	}
	var all []key
	say := func(of *schema, aspects ...facts.Aspect) {
		for _, a := range aspects {
			all = append(all, key{of.place, a})
		}
	}
	list := func(of *schema) {
		if texts := facts.Texts(of.value(facts.Enum)); of.has(facts.Enum) {
			groups = append(groups, `\[ `+strings.Join(ticks(texts), ", ")+`\]`)
			say(of, facts.Enum)
		}
	}
	if s.items != nil {
		list(s.items)
	}
	var bounds []string
	if n := s.value("minLength"); truthy(n, "") {
		bounds = append(bounds, "`>= "+n+" characters`")
		if n == "1" {
			bounds[0] = "`non-empty`"
		}
		say(s, "minLength")
	}
	if n := s.value("maxLength"); truthy(n, "") {
		bounds = append(bounds, "`<= "+n+" characters`")
		say(s, "maxLength")
	}
	if len(bounds) > 0 {
		groups = append(groups, strings.Join(bounds, " and "))
	}
	bounds = nil
	for _, b := range []struct {
		aspect, exclusive facts.Aspect
		sign              string
	}{{"minimum", "exclusiveMinimum", ">"}, {"maximum", "exclusiveMaximum", "<"}} {
		n := s.value(b.aspect)
		if !s.has(b.aspect) || w.Theme < Theme52 && !truthy(n, "") {
			continue
		}
		sign := b.sign + "="
		if s.value(b.exclusive) == "true" {
			sign = b.sign
			say(s, b.exclusive)
		}
		bounds = append(bounds, "`"+sign+" "+n+"`")
		say(s, b.aspect)
	}
	if len(bounds) > 0 {
		groups = append(groups, strings.Join(bounds, " and "))
	}
	if s.has("pattern") {
		groups = append(groups, "Value must match regular expression "+tick(s.value("pattern")))
		say(s, "pattern")
	}
	list(s)
	for _, b := range []struct {
		aspect facts.Aspect
		sign   string
	}{{"minItems", ">="}, {"maxItems", "<="}} {
		if truthy(s.value(b.aspect), "") {
			groups = append(groups, "`"+b.sign+" "+s.value(b.aspect)+"`")
			say(s, b.aspect)
		}
	}
	if len(groups) == 0 {
		return
	}
	line := w.block("**Possible values:** " + strings.Join(groups, ", "))
	for _, a := range all {
		of := s
		if s.items != nil && a.place == s.items.place {
			of = s.items
		}
		w.show(a.place, a.aspect, of.value(a.aspect), line)
	}
}
