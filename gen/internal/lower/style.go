package lower

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// Style is how a parameter is written, by the names of OpenAPI.
func (f *Field) Style() string {
	switch {
	case f.Parameter.Style != "":
		return f.Parameter.Style
	case f.In == "query" || f.In == "cookie":
		return "form"
	}
	return "simple"
}

// Explode reports whether each item of a list, or property of an object, is written by itself.
func (f *Field) Explode() bool {
	if f.Parameter.Explode != nil {
		return *f.Parameter.Explode || f.Style() == "deepObject"
	}
	return f.Style() == "form" || f.Style() == "deepObject"
}

// Delimiter stands between the items of a list; "" when each has a parameter of its own.
func (f *Field) Delimiter() string {
	if f.Parameter == nil || f.Parameter.Schema == nil {
		return ""
	}
	switch style := f.Style(); {
	case style == "simple", style == "form" && !f.Explode():
		return ","
	case style == "spaceDelimited":
		return " "
	case style == "pipeDelimited":
		return "|"
	case style == "label":
		return "."
	}
	return ""
}

// styles are those that OpenAPI has for each place.
var styles = map[string][]string{
	"path": {"simple", "label", "matrix"}, "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"}, "header": {"simple"}, "cookie": {"form"},
}

// styleProblem tells why a parameter cannot be written in its style; "" when it can. What is not written exactly is refused.
func styleProblem(f *Field) string {
	style := f.Style()
	list, object := f.Shape == ShapeArray, f.Shape == ShapeObject || f.Shape == ShapeMap
	scalar := slices.Contains([]Shape{ShapeString, ShapeInteger, ShapeNumber, ShapeBoolean, ShapeEnum}, f.Shape)
	switch {
	case !slices.Contains(styles[f.In], style):
		return fmt.Sprintf("%s parameter cannot have the style %q, but %s", prose.Article(f.In), style, prose.List(styles[f.In], "or"))
	case style == "matrix":
		return "the style matrix is not supported; simple is"
	case style == "label" && (object || list && !f.Explode()):
		return "the style label is supported for texts, numbers and lists with explode: true; simple is for all"
	case (style == "spaceDelimited" || style == "pipeDelimited") && (scalar || object || f.Explode()):
		return "the style " + style + " is for lists with explode: false"
	case style == "deepObject" && (scalar || list):
		return "the style deepObject is for objects"
	case f.In == "cookie" && (list || object):
		return "a cookie can hold a text, a number or a boolean, but not a list or an object"
	}
	return ""
}
