package lower

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Style returns the OpenAPI style of a parameter or of a form field; "" for a form field without one.
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

// Explode reports whether each item of a list, or property of an object, is written separately.
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

// AllowsEmpty reports whether a parameter may be sent with an empty value.
func (f *Field) AllowsEmpty() bool {
	return f.Parameter != nil && f.Parameter.AllowEmptyValue && f.In == "query" && f.Shape == ShapeString && !isTime(f.Schema) && f.Schema.Format != "byte"
}

// IsScalar reports whether a value is a string, a number or a boolean.
func (v Value) IsScalar() bool {
	return v.ScalarChoices || slices.Contains([]Shape{ShapeString, ShapeInteger, ShapeNumber, ShapeBoolean, ShapeEnum}, v.Shape)
}

// styles are the styles that OpenAPI allows for each place.
var styles = map[string][]string{
	"path": {"simple", "label", "matrix"}, "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"}, "header": {"simple"}, "cookie": {"form"},
}

// styleProblem returns why a parameter cannot be written in its style, or "" if it can. These are the combinations that are
// n/a in OpenAPI's table of styles.
func styleProblem(f *Field) string {
	style := f.Style()
	switch {
	case !slices.Contains(styles[f.In], style):
		return fmt.Sprintf("%s parameter cannot have the style %q, but %s", prose.Article(f.In), style, prose.List(styles[f.In], "or"))
	case (style == "spaceDelimited" || style == "pipeDelimited") && (f.IsScalar() || f.Explode()):
		return "the style " + style + " is for lists and objects with explode: false"
	case style == "deepObject" && (f.IsScalar() || f.Shape == ShapeArray || !f.Explode()):
		return "the style deepObject is for objects with explode: true"
	}
	return ""
}

// checkStyle finds values of a parameter that its style cannot express. It is not a problem of the document that OpenAPI has
// no way to write some values.
func (l *lowering) checkStyle(f *Field) {
	problem := styleProblem(f)
	switch {
	case problem != "":
		l.Add(f.At, "parameter %q: %s", f.Wire, problem)
	case !l.nests(f):
	case f.Style() == "deepObject":
		l.noteDeep(f, f.At)
	default:
		l.Note(f.At, "parameter %q: OpenAPI has no way to write a list or an object inside another; a call that sends one fails", f.Wire)
	}
}

// noteDeep notes how nested values of a deepObject are written.
func (l *lowering) noteDeep(f *Field, at oas.Place) {
	l.Note(at, "OpenAPI does not tell how a list or an object in %s is written in the style deepObject; it becomes %[1]s[a][0] or %[1]s[a][b]", f.Wire)
}

// nests reports whether a list or an object may contain another one.
func (l *lowering) nests(f *Field) bool {
	composite := func(v *Value) bool { return v != nil && !v.IsScalar() && v.Shape != ShapeAny }
	if f.Shape != ShapeObject {
		return composite(f.Item) || composite(f.Entry)
	}
	objects, _ := l.parts(f.from)
	return slices.ContainsFunc(objects, func(o node) bool {
		return slices.ContainsFunc(l.properties(o), func(p node) bool { return composite(l.inner(p, 0)) })
	})
}

// IsStyled reports whether a field of a form has a style that url.Values cannot write.
func (f *Field) IsStyled() bool {
	style := f.Style()
	return f.Encoding != nil && style != "" && (style != "form" || !f.IsScalar() && (!f.Explode() || f.Shape != ShapeArray))
}

// PartMedia returns the media type of a part of a multipart form, from the document: for a file, the program chooses from
// one, several (with commas) or a range (image/*); any other part has the first one, or "".
func (f *Field) PartMedia(isFile bool) string {
	types := f.partTypes()
	isUsual := func(media string) bool {
		return slices.Contains([]string{"*/*", "application/*", "application/octet-stream"}, media)
	}
	switch one := slices.IndexFunc(types, func(media string) bool { return !strings.Contains(media, "*") }); {
	case isFile && len(types) > 1 && slices.ContainsFunc(types, isUsual), isFile && len(types) == 1 && isUsual(types[0]):
		return ""
	case isFile:
		return strings.Join(types, ", ")
	case one >= 0:
		return types[one]
	}
	return ""
}

// partTypes returns the media types that the document allows for a part of a multipart form.
func (f *Field) partTypes() []string {
	if f.Encoding == nil || f.Encoding.ContentType == "" {
		return nil
	}
	types := strings.Split(f.Encoding.ContentType, ",")
	for i := range types {
		types[i] = strings.TrimSpace(types[i])
	}
	return types
}

// checkEncoding finds what the encoding of a form field requires and cannot be sent.
func (l *lowering) checkEncoding(b *Body, f *Field, at oas.Place) {
	style := f.Style()
	for _, media := range f.partTypes() {
		if !isMedia(media) {
			l.Add(at.At("contentType"), "%q is not a media type", media)
		}
	}
	composite := !f.IsScalar() && f.Shape != ShapeAny && (f.Item == nil || !f.Item.IsScalar())
	if i := slices.IndexFunc(f.partTypes(), func(media string) bool { return !isJSON(media) }); i >= 0 && composite && style == "" {
		l.Add(at.At("contentType"), "%s cannot be written as %s; an object is written as JSON", f.Wire, f.partTypes()[i])
	}
	if b.Kind == BodyForm && style == "" && f.Encoding.AllowReserved {
		l.Note(at.At("allowReserved"), "%s has no style; its reserved characters are escaped", f.Wire)
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
	case style == "deepObject" && l.nests(f):
		l.noteDeep(f, at)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Encoding.Headers)) {
		if !strings.EqualFold(name, "Content-Type") {
			l.Note(at.At("headers", name), "the header %s of a part is not sent", name)
		}
	}
}
