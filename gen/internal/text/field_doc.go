package text

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// fieldDoc returns the comment of a field: its description and, if it is sent, the constraints of the document on its
// values.
func fieldDoc(f *model.Field, m lower.Direction) string {
	text, notes := prose.Sentence(f.Description), ""
	if m&lower.InRequest != 0 {
		notes = strings.Join(requestNotes(f), " ")
	}
	switch {
	case f.Schema.Deprecated || f.Outer.Deprecated || f.Parameter != nil && f.Parameter.Deprecated:
		return strings.TrimSpace(notes + "\n\n" + strings.TrimSpace(text+"\n\nDeprecated: according to the spec."))
	case text != "" && notes != "":
		return text + " " + notes
	}
	return text + notes
}

func requestNotes(f *model.Field) []string {
	var presence []string
	switch {
	case f.Extensions["x-from-client"] == "fallback":
	case f.Required && f.MayBeNull:
		presence = sentences("Required; nil is sent as null")
	case f.Required:
		presence = sentences("Required")
	case len(f.RequiredWhen) == 0:
		presence = sentences(leftOut(f))
	}
	return append(presence, Demands(f)...)
}

// Demands returns the constraints of a document on a value that is sent, as sentences, except that it is required.
func Demands(f *model.Field) []string {
	var notes []string
	add := func(text string) { notes = append(notes, sentences(text)...) }
	switch {
	case f.Extensions["x-from-client"] == "fallback":
		add("If empty, the default of the client is sent")
	case len(f.RequiredWhen) > 0 && !f.Required:
		for _, c := range f.RequiredWhen {
			add("Required when " + c.Other.Name + " is " + prose.List(c.Values, "or"))
		}
		if f.OnlyWhen {
			add("Must be empty otherwise")
		}
	}
	if f.NotAfter != nil {
		add("Not later than " + f.NotAfter.Name)
	}
	if f.Shape == lower.ShapeInteger || f.Shape == lower.ShapeNumber {
		var words []string
		for _, b := range model.Bounds(f.Schema) {
			words = append(words, b.String())
		}
		add(prose.List(words, "and"))
	}
	if f.Base == "string" {
		add(lengths(int64(f.Schema.MinLength), f.Schema.MaxLength, "character"))
		if f.Schema.Format == "date" {
			add("A date: YYYY-MM-DD")
		}
	}
	if f.Shape == lower.ShapeArray {
		add(lengths(int64(f.Schema.MinItems), f.Schema.MaxItems, "item"))
	}
	return notes
}

// sentences returns text as one sentence, or none if text is empty.
func sentences(text string) []string {
	if text == "" {
		return nil
	}
	return []string{strings.ToUpper(text[:1]) + text[1:] + "."}
}

// leftOut returns what the service does without an optional field, if the document says so. That fields are optional is in
// the comment of Client.
func leftOut(f *model.Field) string {
	if f.Nullable {
		return "May be null"
	}
	zero, same := "zero", "0" // and the default that is not mentioned
	switch {
	case f.Pointer && f.Base == "bool":
		zero, same = "nil", "false"
	case f.Pointer, f.Base == "any":
		zero, same = "nil", ""
	case f.Base == "string", f.Base == "rest.CommaList", strings.HasPrefix(f.Base, "[]"), strings.HasPrefix(f.Base, "map["), f.Shape == lower.ShapeEnum:
		zero, same = "empty", emptyText
	case f.Base == "bool":
		zero, same = "false", "false"
	}
	if text := Default(f); text != "" && text != same {
		return "If " + zero + ", the service uses " + text
	}
	return ""
}

// Default describes the default of a field in the document; "" for none.
func Default(f *model.Field) string {
	def := f.Outer.Default
	if def == nil {
		def = f.Schema.Default
	}
	switch f.Shape {
	case lower.ShapeObject, lower.ShapeMap, lower.ShapeUnion, lower.ShapeArray:
		return ""
	}
	if def == nil {
		return ""
	}
	text := prose.OneLine(lower.ValueText(def))
	if n := []rune(text); len(n) > 60 {
		text = string(n[:60]) + "…"
	}
	return cmp.Or(text, emptyText)
}

const emptyText = "the empty text"

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
