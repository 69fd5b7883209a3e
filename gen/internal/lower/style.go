package lower

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Style is how a parameter, or a field of a form, is written, by the names of OpenAPI; "" for a field of a form without one.
func (f *Field) Style() string {
	switch {
	case f.Parameter == nil:
		if f.Encoding == nil {
			return ""
		}
		if f.Encoding.Style == "" && f.Encoding.Explode != nil {
			return "form"
		}
		return f.Encoding.Style
	case f.Parameter.Style != "":
		return f.Parameter.Style
	case f.In == "query" || f.In == "cookie":
		return "form"
	}
	return "simple"
}

// Explode reports whether each item of a list, or property of an object, is written by itself.
func (f *Field) Explode() bool {
	explode := f.explode()
	return explode != nil && *explode || explode == nil && (f.Style() == "form" || f.Style() == "deepObject")
}

func (f *Field) explode() *bool {
	switch {
	case f.Parameter != nil:
		return f.Parameter.Explode
	case f.Encoding != nil:
		return f.Encoding.Explode
	}
	return nil
}

// IsScalar reports whether a value is a text, a number or a boolean.
func (v Value) IsScalar() bool {
	return v.ScalarChoices || slices.Contains([]Shape{ShapeString, ShapeInteger, ShapeNumber, ShapeBoolean, ShapeEnum}, v.Shape)
}

// styles are those that OpenAPI has for each place.
var styles = map[string][]string{
	"path": {"simple", "label", "matrix"}, "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"}, "header": {"simple"}, "cookie": {"form"},
}

// styleProblem tells why a parameter cannot be written in its style; "" when it can. These are the combinations that
// OpenAPI's table of styles calls not applicable.
func styleProblem(f *Field) string {
	style := f.Style()
	list, object := f.Shape == ShapeArray, f.Shape == ShapeObject || f.Shape == ShapeMap
	switch {
	case !slices.Contains(styles[f.In], style):
		return fmt.Sprintf("%s parameter cannot have the style %q, but %s", prose.Article(f.In), style, prose.List(styles[f.In], "or"))
	case (style == "spaceDelimited" || style == "pipeDelimited") && (f.IsScalar() || f.Explode()):
		return "the style " + style + " is for lists and objects with explode: false"
	case style == "deepObject" && (f.IsScalar() || list || !f.Explode()):
		return "the style deepObject is for objects with explode: true"
	case style == "deepObject" || !list && !object:
	case list && f.Item != nil && !f.Item.IsScalar() && f.Item.Shape != ShapeAny:
		return unwritable
	}
	return ""
}

// unwritable is no fault of the document, but a call that sends such a value fails.
const unwritable = "OpenAPI has no way to write a list or an object inside a list; a call that sends one fails"

// IsStyled reports whether a field of a form has a style that url.Values cannot write.
func (f *Field) IsStyled() bool {
	style := f.Style()
	return f.Encoding != nil && style != "" && (style != "form" || !f.IsScalar() && (!f.Explode() || f.Shape != ShapeArray))
}

// PartMedia is the media type that the document gives a part of a multipart form; "" when it gives none, or several.
func (f *Field) PartMedia() string {
	if f.Encoding == nil || strings.ContainsAny(f.Encoding.ContentType, ",*") {
		return ""
	}
	return f.Encoding.ContentType
}

// checkEncoding finds what an encoding of a field of a form asks for and cannot be sent.
func (l *lowering) checkEncoding(b *Body, f *Field, at oas.Place) {
	style := f.Style()
	if media := f.PartMedia(); media != "" && !isMedia(media) {
		l.Add(at.At("contentType"), "%q is not a media type", media)
	}
	switch {
	case b.Kind == BodyMultipart && (style != "" || f.Encoding.AllowReserved):
		l.Note(at, "style, explode and allowReserved mean nothing in a multipart form")
	case b.Kind == BodyMultipart || style == "":
	case !slices.Contains(styles["query"], style):
		l.Add(at.At("style"), "a field of a form cannot have the style %q, but %s", style, prose.List(styles["query"], "or"))
	case style != "form" && f.IsScalar(), style == "deepObject" && !f.Explode(), strings.HasSuffix(style, "Delimited") && f.Explode():
		l.Add(at, "the style %s with explode: %t cannot write %s", style, f.Explode(), prose.Article(string(f.Shape)))
	case style == "deepObject" && f.Shape == ShapeArray:
		l.Note(at, "OpenAPI does not tell how a list is written in the style deepObject; it becomes %s[0], %s[1]", f.Wire, f.Wire)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Encoding.Headers)) {
		if !strings.EqualFold(name, "Content-Type") {
			l.Note(at.At("headers", name), "the header %s of a part is not sent", name)
		}
	}
}
