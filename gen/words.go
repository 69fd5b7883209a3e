package main

import (
	"strings"
)

// fieldDoc is the comment of a field: what the spec says of it, and what the spec tells about its values.
func (g *generator) fieldDoc(f *field, info *typeInfo, named map[string]*field) string {
	text := sentence(f.description)
	var notes []string
	if info.mode&inRequest != 0 {
		notes = g.requestNotes(f, info, named)
	}
	if f.deprecated() {
		text = strings.TrimSpace(text + "\n\nDeprecated: the spec says so.")
		return strings.TrimSpace(strings.Join(notes, " ") + "\n\n" + text)
	}
	if len(notes) > 0 {
		note := strings.Join(notes, " ")
		if text != "" {
			text += " "
		}
		text += note
	}
	return text
}

func (f *field) deprecated() bool {
	return f.schema.Deprecated || f.outer.Deprecated || f.param != nil && f.param.Deprecated
}

func (g *generator) requestNotes(f *field, info *typeInfo, named map[string]*field) []string {
	var notes []string
	add := func(s string) { notes = append(notes, s) }
	switch {
	case f.ext["x-from-client"] == "fallback":
		add("When it is empty, the client's own is sent.")
	case f.required:
		add("Required.")
	default:
		conditional := false
		for _, c := range conditions(f) {
			if other := named[c.property]; other != nil {
				add("Required when " + other.Name + " is " + list(c.values, "or") + ".")
				conditional = true
			}
		}
		if !conditional {
			add(f.leftOut())
		}
	}
	if other, ok := f.ext["x-not-after"].(string); ok && named[other] != nil {
		add("Not later than " + named[other].Name + ".")
	}
	if f.shape == shapeInteger || f.shape == shapeNumber {
		var words []string
		for _, b := range f.bounds() {
			words = append(words, b.words())
		}
		if len(words) > 0 {
			add(upper(list(words, "and")) + ".")
		}
	}
	if f.base == "string" {
		if w := lengths(int64(f.schema.MinLength), f.schema.MaxLength, "character"); w != "" {
			add(upper(w) + ".")
		}
		if f.schema.Format == "date" {
			add("A date: YYYY-MM-DD.")
		}
	}
	if f.shape == shapeArray {
		if w := lengths(int64(f.schema.MinItems), f.schema.MaxItems, "item"); w != "" {
			add(upper(w) + ".")
		}
	}
	return notes
}

// leftOut says what the zero value of an optional field means.
func (f *field) leftOut() string {
	zero := "zero"
	switch {
	case f.pointer:
		zero = "nil"
	case f.base == "string", f.base == "rest.CommaList", strings.HasPrefix(f.base, "[]"), strings.HasPrefix(f.base, "map["), f.shape == shapeEnum:
		zero = "empty"
	case f.base == "bool":
		zero = "false"
	case f.base == "any":
		zero = "nil"
	}
	def := f.outer.Default
	if def == nil {
		def = f.schema.Default
	}
	if def == nil || f.shape == shapeObject || f.shape == shapeMap || f.shape == shapeUnion || f.shape == shapeArray {
		if f.in == "query" || f.in == "body" && f.pointer || f.in == "header" {
			return "Optional: left out when " + zero + "."
		}
		return "Optional."
	}
	if def == false && f.base == "bool" {
		return "Optional."
	}
	text := oneLine(enumText(def))
	if text == "" {
		text = "the empty text"
	}
	if n := []rune(text); len(n) > 60 {
		text = string(n[:60]) + "…"
	}
	return "Optional: left out when " + zero + ", and the service then takes " + text + "."
}

func lengths(least int64, most *uint64, what string) string {
	switch {
	case least > 0 && most != nil && uint64(least) == *most:
		return "exactly " + count(least, what)
	case least > 0 && most != nil:
		return itoa(int(least)) + " to " + count(int64(*most), what)
	case least > 1, least == 1 && what == "item":
		return "at least " + count(least, what)
	case most != nil:
		return "at most " + count(int64(*most), what)
	}
	return ""
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return itoa(int(n)) + " " + what + "s"
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// condition is one entry of x-required-when.
type condition struct {
	property string
	values   []string
}

func conditions(f *field) []condition {
	m, _ := f.ext["x-required-when"].(map[string]any)
	var out []condition
	for _, name := range inOrder(m, nil) {
		c := condition{property: name}
		values, _ := m[name].([]any)
		for _, v := range values {
			c.values = append(c.values, enumText(v))
		}
		out = append(out, c)
	}
	return out
}
