package main

import (
	"strconv"
	"strings"
)

// fieldDoc is the comment of a field: its description, and for what is sent, what the document demands of its values.
func fieldDoc(f *Field, m mode) string {
	text, notes := sentence(f.description), ""
	if m&inRequest != 0 {
		notes = strings.Join(requestNotes(f), " ")
	}
	switch {
	case f.schema.Deprecated || f.outer.Deprecated || f.param != nil && f.param.Deprecated:
		return strings.TrimSpace(notes + "\n\n" + strings.TrimSpace(text+"\n\nDeprecated: the spec says so."))
	case text != "" && notes != "":
		return text + " " + notes
	}
	return text + notes
}

func requestNotes(f *Field) []string {
	var notes []string
	add := func(text string) {
		if text != "" {
			notes = append(notes, strings.ToUpper(text[:1])+text[1:]+".")
		}
	}
	switch {
	case f.ext["x-from-client"] == "fallback":
		add("When it is empty, the client's own is sent")
	case f.required:
		add("Required")
	case len(f.RequiredWhen) > 0:
		for _, c := range f.RequiredWhen {
			add("Required when " + c.Other.Name + " is " + list(c.Values, "or"))
		}
	default:
		add(leftOut(f))
	}
	if f.NotAfter != nil {
		add("Not later than " + f.NotAfter.Name)
	}
	if f.shape == shapeInteger || f.shape == shapeNumber {
		var words []string
		for _, b := range Bounds(f.schema) {
			words = append(words, b.String())
		}
		add(list(words, "and"))
	}
	if f.Base == "string" {
		add(lengths(int64(f.schema.MinLength), f.schema.MaxLength, "character"))
		if f.schema.Format == "date" {
			add("A date: YYYY-MM-DD")
		}
	}
	if f.shape == shapeArray {
		add(lengths(int64(f.schema.MinItems), f.schema.MaxItems, "item"))
	}
	return notes
}

// leftOut tells what the zero value of an optional field means.
func leftOut(f *Field) string {
	zero := "zero"
	switch {
	case f.Pointer, f.Base == "any":
		zero = "nil"
	case f.Base == "string", f.Base == "rest.CommaList", strings.HasPrefix(f.Base, "[]"), strings.HasPrefix(f.Base, "map["), f.shape == shapeEnum:
		zero = "empty"
	case f.Base == "bool":
		zero = "false"
	}
	def := f.outer.Default
	if def == nil {
		def = f.schema.Default
	}
	switch {
	case def == nil, f.shape == shapeObject, f.shape == shapeMap, f.shape == shapeUnion, f.shape == shapeArray:
		if f.in == "query" || f.in == "body" && f.Pointer || f.in == "header" {
			return "Optional: left out when " + zero
		}
		return "Optional"
	case def == false && f.Base == "bool":
		return "Optional"
	}
	text := oneLine(enumText(def))
	if text == "" {
		text = "the empty text"
	}
	if n := []rune(text); len(n) > 60 {
		text = string(n[:60]) + "…"
	}
	return "Optional: left out when " + zero + ", and the service then takes " + text
}

func lengths(least int64, most *uint64, what string) string {
	switch {
	case least > 0 && most != nil && uint64(least) == *most:
		return "exactly " + count(least, what)
	case least > 0 && most != nil:
		return strconv.Itoa(int(least)) + " to " + count(int64(*most), what)
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
	return strconv.Itoa(int(n)) + " " + what + "s"
}
