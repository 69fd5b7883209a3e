package page

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Theme is a version of the documentation's theme that changed how pages are rendered.
type Theme int

// The themes that differ.
const (
	Theme42 Theme = iota // up to 4.4
	Theme45              // up to 5.1
	Theme52
)

// Difference is a fact of an operation and what its page says instead.
type Difference struct {
	Operation *facts.Operation // that the page was rendered from
	Page      *facts.Operation
	facts.Fact
	Is string // "" if the page says nothing
}

// Limit is a kind of fact that an operation has and its rendered page does not show.
type Limit struct {
	Reason string
	// hides reports whether this is the reason why the page differs.
	hides func(d Difference, theme Theme) bool
}

// Limits are the limits of the renderer.
var Limits = []Limit{
	{"a parameter shows nothing of what is inside it", func(d Difference, _ Theme) bool {
		return d.Place.IsParam() && d.isInsideParam() && !d.pageShows(d.paramOf())
	}},
	{"a parameter whose schema is a union or an allOf shows as an object", func(d Difference, _ Theme) bool {
		if !d.Place.IsParam() || d.Is != "" && !(d.Aspect == facts.Type && d.Is == "object") {
			return false
		}
		about := d.Aspect == facts.Type || d.Aspect == facts.Format || d.Aspect == facts.Enum || d.Aspect == facts.Default || d.Aspect == facts.Nullable || d.Aspect == facts.Title || d.Aspect.IsConstraint()
		return d.Aspect == facts.Union || about && (d.says(d.Place, facts.Union) || d.says(d.Place, facts.Composed))
	}},
	{"before theme 5.2 a bound of zero is not shown", func(d Difference, theme Theme) bool {
		if theme >= Theme52 || !d.Aspect.IsConstraint() || d.Is != "" {
			return false
		}
		bound := facts.Aspect(strings.Replace(string(d.Aspect), "exclusiveM", "m", 1))
		return d.Value == "0" || bound != d.Aspect && d.Operation.Value(d.Place, bound) == "0" || d.Value == "true" && d.Operation.Value(d.Place, bound) == "0"
	}},
	{"before theme 5.2 a property whose schema is an allOf is not marked as required", func(d Difference, theme Theme) bool {
		return theme < Theme52 && d.Aspect == facts.Required && d.Is == "" && d.says(d.Place, facts.Composed)
	}},
	{"before theme 5.2 the variants of a union are printed without the fields beside them", func(d Difference, theme Theme) bool {
		for at := d.Place; theme < Theme52 && d.Is == "" && at != ""; at = at.Parent() {
			holder := at.Parent()
			if rest := strings.TrimPrefix(string(at), string(holder)); holder != "" && strings.HasPrefix(rest, ".") && d.says(holder, facts.Union) && !d.pageSays(holder+".") {
				return true
			}
		}
		return false
	}},
	{"before theme 5.2 the values of a map show neither enum nor bounds", func(d Difference, theme Theme) bool {
		return theme < Theme52 && d.Is == "" && strings.HasSuffix(string(d.Place), "{}") && (d.Aspect == facts.Enum || d.Aspect.IsConstraint())
	}},
	{"before theme 5.2 the examples of a request are named only", func(d Difference, theme Theme) bool {
		return theme < Theme52 && d.Aspect == facts.Examples && d.Is == "" && d.Place.Under(facts.BodyPlace) && !strings.ContainsAny(string(d.Place), ".[{|")
	}},
	{"an object or list with fields inside it shows neither default nor example", func(d Difference, _ Theme) bool {
		return (d.Aspect == facts.Example || d.Aspect == facts.Default) && d.Is == "" && d.hasInside()
	}},
	{"a label names the items of a list, not what is inside a list of lists", func(d Difference, theme Theme) bool {
		i := strings.Index(string(d.Place), "[][]")
		if i < 0 || d.Is != "" {
			return false
		}
		items := d.Place[:i+len("[][]")]
		return (theme < Theme52 || d.Place != items) && !d.pageShows(items)
	}},
	{"before theme 5 the example of a parameter that is a list is printed as text, without its quotes", func(d Difference, theme Theme) bool {
		return d.Place.IsParam() && d.Aspect == facts.Example && theme < Theme52 && d.Operation.Value(d.Place, facts.Type) == "array" && (d.Is == "" || unquoted.Replace(d.Value) == unquoted.Replace(d.Is))
	}},
	{"the default of a parameter that is a list is not shown; that of its items is", func(d Difference, _ Theme) bool {
		return d.Place.IsParam() && d.Aspect == facts.Default && d.Is == "" && d.Operation.Value(d.Place, facts.Type) == "array"
	}},
	{"of the example of a parameter that is true or false, only the label is shown", func(d Difference, _ Theme) bool {
		return d.Place.IsParam() && d.Aspect == facts.Example && d.Is == "" && (d.Value == "true" || d.Value == "false")
	}},
	{"parameters are not marked as nullable", func(d Difference, _ Theme) bool {
		return d.Place.IsParam() && d.Aspect == facts.Nullable && d.Is == ""
	}},
	{"where a list has bounds, those of its items other than an enum are not shown", func(d Difference, _ Theme) bool {
		list, ok := strings.CutSuffix(string(d.Place), "[]")
		at := facts.Place(list)
		return ok && d.Aspect.IsConstraint() && d.Is == "" && (d.says(at, "minItems") || d.says(at, "maxItems"))
	}},
	{"the items of a list have no line of their own", func(d Difference, _ Theme) bool {
		return strings.HasSuffix(string(d.Place), "[]") && d.Is == "" &&
			(d.Aspect == facts.Text || d.Aspect == facts.Example || d.Aspect == facts.Examples || d.Aspect == facts.Default || d.Aspect == facts.Nullable || d.Aspect == facts.Deprecated)
	}},
	{"newer themes print a response header without its type, older ones without its format", func(d Difference, theme Theme) bool {
		return strings.Contains(string(d.Place), "#") && d.Is == "" && (d.Aspect == facts.Type && theme >= Theme52 || d.Aspect != facts.Type && d.Aspect != facts.Present && d.Aspect != facts.Text)
	}},
	{"newer themes render a union's variant when it is chosen; before, only the first is there", func(d Difference, theme Theme) bool {
		place := string(d.Place)
		for at := 0; theme >= Theme52 && d.Is == ""; {
			i := strings.IndexByte(place[at:], '|')
			if i < 0 {
				return false
			}
			at += i + 1
			end := at + len(place[at:]) - len(strings.TrimLeft(place[at:], "0123456789"))
			if place[at:end] != "0" && !d.pageShows(facts.Place(place[:end])) && (end < len(place) || d.Aspect != facts.Present && d.Aspect != facts.Title) {
				return true
			}
		}
		return false
	}},
	{"the root of a body has no line for words of its own", func(d Difference, _ Theme) bool {
		return d.Aspect == facts.Text && d.Is == "" && !strings.ContainsAny(string(d.Place), ".[{|") && d.Place != facts.BodyPlace && d.Place != facts.OperationPlace
	}},
	{"before theme 4.5 a format stands in the place of its type", func(d Difference, theme Theme) bool {
		return theme < Theme45 && d.Aspect == facts.Type && d.Is == "" && d.says(d.Place, facts.Format)
	}},
	{"pages do not show it", func(d Difference, _ Theme) bool {
		return d.Is == "" && (slices.Contains(unshown, d.Aspect) || facts.OnlyInDocuments(d.Place, d.Aspect))
	}},
}

// unshown are the aspects of pages that the renderer does not print.
var unshown = []facts.Aspect{facts.Composed, "multipleOf", "uniqueItems", "minProperties", "maxProperties"}

var unquoted = strings.NewReplacer(`"`, "", "[", "", "]", "", " ", "")

func (d Difference) says(place facts.Place, aspect facts.Aspect) bool {
	_, ok := d.Operation.Get(place, aspect)
	return ok
}

// hasInside reports whether the operation has fields inside a place.
func (d Difference) hasInside() bool {
	return slices.ContainsFunc(d.Operation.Facts, func(f facts.Fact) bool {
		return f.Place != d.Place && f.Place.Under(d.Place) && strings.ContainsAny(string(f.Place[len(d.Place):]), ".{|")
	})
}

// pageShows reports whether the page says anything about what is inside a place.
func (d Difference) pageShows(place facts.Place) bool {
	return slices.ContainsFunc(d.Page.Facts, func(f facts.Fact) bool { return f.Place != place && f.Place.Under(place) })
}

// pageSays reports whether the page says anything about a place with a prefix.
func (d Difference) pageSays(prefix facts.Place) bool {
	return slices.ContainsFunc(d.Page.Facts, func(f facts.Fact) bool { return strings.HasPrefix(string(f.Place), string(prefix)) })
}

// paramOf returns the parameter that a place is inside of.
func (d Difference) paramOf() facts.Place {
	at := d.Place
	for at.Parent() != "" {
		at = at.Parent()
	}
	return at
}

// isInsideParam reports whether the place is inside a parameter that is an object, a map or a union, not the items of a list.
func (d Difference) isInsideParam() bool {
	return strings.ContainsAny(string(d.Place[len(d.paramOf()):]), ".{|")
}

// Hides returns the reason why a page of this kind differs in a fact from the operation that it was rendered from; ok is
// false if no reason is known.
func (p *Page) Hides(operation *facts.Operation, f facts.Fact, is string) (reason string, ok bool) {
	if slices.Contains(p.Hidden, f.Aspect) && is == "" {
		return "", true
	}
	if p.NoParamExamples && f.Place.IsParam() && (f.Aspect == facts.Example || f.Aspect == facts.Examples) {
		return "", true
	}
	if f.Place == facts.OperationPlace && f.Aspect == facts.Text && is == "" && f.Value == operation.Value(facts.OperationPlace, facts.Summary) {
		return "", true // a rendered page shows the summary if there is no description
	}
	if p.Source != "markdown" && p.Source != "html" {
		return "", false
	}
	d := Difference{operation, p.Operation, f, is}
	for _, theme := range p.themes() {
		if reason := HiddenBy(d, theme); reason != "" {
			return reason, true
		}
	}
	return "", false
}

// HiddenBy returns the reason why a page of a theme differs from its operation; "" if there is none.
func HiddenBy(d Difference, theme Theme) string {
	for _, limit := range Limits {
		if limit.hides(d, theme) {
			return limit.Reason
		}
	}
	return ""
}

// themes returns the themes that may have rendered the page. They differ in how they write a format.
func (p *Page) themes() []Theme {
	switch {
	case p.Renderer != "":
		return []Theme{Theme45, Theme52}
	case slices.ContainsFunc(p.Facts, func(f facts.Fact) bool { return f.Aspect == facts.Format }):
		return []Theme{Theme42}
	}
	return []Theme{Theme42, Theme45, Theme52}
}
