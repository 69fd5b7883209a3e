package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// brokenRules lists the extensions of an operation that shape its client and rest on what is not there, or is of another kind than
// they need: no client can be generated with them.
func (d *draft) brokenRules(op *facts.Operation) []string {
	found, err := d.operation(op.ID)
	if err != nil {
		return nil // it stands in another file, which is not edited
	}
	var out []string
	broken := func(name *yaml.Node, format string, args ...any) {
		out = append(out, fmt.Sprintf("%s:%d: ", d.File(), name.Line)+fmt.Sprintf(format, args...))
	}
	if key, pages := oas.Entry(found.Node, "x-pagination"); pages != nil {
		cursor, items := oas.Text(oas.Child(pages, "cursor")), oas.Text(oas.Child(pages, "items"))
		list := answers(op, items)
		switch place := facts.Param("query", cursor); {
		case !isText(op, place) || op.Value(place, facts.Required) != "":
			broken(key, "x-pagination needs a query parameter %s that is a text and can be left out", cursor)
		case list == "" || op.Value(list, facts.Type) != "array":
			broken(key, "x-pagination needs a list %s in the answer", items)
		case !isText(op, list.Items().Property(oas.Text(oas.Child(pages, "item-cursor")))):
			broken(key, "x-pagination needs a text %s in each item", oas.Text(oas.Child(pages, "item-cursor")))
		}
	}
	if key, names := oas.Entry(found.Node, "x-required-in-success"); names != nil {
		for _, name := range oas.Texts(names) {
			if answers(op, strings.Split(name, "/")...) == "" {
				broken(key, "x-required-in-success needs %s in the answer", name)
			}
		}
	}
	for _, field := range d.fields(found.Node) {
		d.brokenConditions(op, field, broken)
	}
	return out
}

// brokenConditions tells what extensions of a parameter or property rest on.
func (d *draft) brokenConditions(op *facts.Operation, field *yaml.Node, broken func(name *yaml.Node, format string, args ...any)) {
	if key, other := oas.Entry(field, "x-not-after"); other != nil {
		for _, place := range append(requested(op, oas.Text(other)), d.placesOf(op, field)...) {
			if op.Value(place, facts.Format) != "date-time" || !isMoment(op, place) {
				broken(key, "x-not-after needs two moments (format: date-time), which %s is not", place)
			}
		}
	}
	if key, conditions := oas.Entry(field, "x-required-when"); conditions != nil {
		for _, name := range oas.Keys(conditions) {
			for _, place := range requested(op, name) {
				if op.Value(place, facts.Type) != "string" || op.Value(place, facts.Nullable) != "" {
					broken(key, "x-required-when needs %s to be a text that cannot be null", place)
				}
			}
		}
	}
}

// isText reports whether a place holds a text that is neither a moment nor one of several values.
func isText(op *facts.Operation, place facts.Place) bool {
	return op.Value(place, facts.Type) == "string" && op.Value(place, facts.Enum) == "" && op.Value(place, facts.Nullable) == "" &&
		!slices.Contains([]string{"date-time", "date", "binary", "byte"}, op.Value(place, facts.Format))
}

// isMoment reports whether a place holds one text, as a moment is.
func isMoment(op *facts.Operation, place facts.Place) bool {
	return op.Value(place, facts.Type) == "string" && op.Value(place, facts.Enum) == "" && op.Value(place, facts.Union) == ""
}

// answers finds the place of a successful answer in JSON that names lead to; "" where there is none.
func answers(op *facts.Operation, names ...string) facts.Place {
	for _, f := range op.Facts {
		if f.Aspect != facts.Present || inAnswer(f.Place) != strings.Join(names, "/") {
			continue
		}
		steps, _ := f.Place.Steps()
		if media := op.Value(facts.Response(steps[1].Name), facts.MediaType); media == "" || strings.Contains(media, "json") {
			return f.Place
		}
	}
	return ""
}

// requested lists the places of a request that have a name: parameters, and properties of the body.
func requested(op *facts.Operation, name string) (out []facts.Place) {
	for _, place := range []facts.Place{facts.Param("query", name), facts.Param("header", name), facts.BodyPlace.Property(name)} {
		if op.Value(place, facts.Present) != "" {
			out = append(out, place)
		}
	}
	return out
}

// placesOf lists the places of a request that a parameter, or the schema of one or of a property, stands at.
func (d *draft) placesOf(op *facts.Operation, field *yaml.Node) (out []facts.Place) {
	for _, f := range op.Facts {
		if f.Aspect != facts.Present || strings.HasPrefix(string(f.Place), "response.") {
			continue
		}
		if at, err := d.locate(op.ID, f.Place); err == nil && at.node == field || at.node != nil && d.child(at.node, "schema") == field {
			out = append(out, f.Place)
		}
	}
	return out
}
