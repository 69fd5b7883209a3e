package specedit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// The extensions x-not-after, x-required-when, x-pagination and x-required-in-success name parameters, properties and values
// of the same operation. If an edit renames or removes these, the extensions must follow.

// change is the effect of an edit on a name or value that an extension may contain.
type change struct {
	was, is string      // is is "" if it was removed
	place   facts.Place // of the field, before the edit
	to      facts.Place // after the edit; "" if it was removed
	enumOf  string      // the name of the field, if a value of its enum was changed
	isMoved bool        // to another place, under the same name
}

// changesOf returns the changes of names and values in an edit.
func changesOf(e drift.Edit) []change {
	steps, err := e.Place.Steps()
	if err != nil {
		return nil
	}
	name := steps[len(steps)-1].Name
	switch {
	case e.Place == facts.OperationPlace || name == "" || e.Rename == name:
		return nil
	case e.Rename != "":
		return []change{{was: name, is: e.Rename, place: e.Place, to: e.Place.Renamed(e.Rename)}}
	case e.MoveTo != "": // x-pagination and x-required-in-success name the place, too
		return []change{{was: name, place: e.Place, to: e.MoveTo, isMoved: true}}
	case e.Aspect == facts.Present && e.To == "":
		return []change{{was: name, place: e.Place}}
	case e.Aspect != facts.Enum || e.To == "":
		return nil
	}
	var out, came []change
	before, after := facts.Texts(e.From), facts.Texts(e.To)
	for _, value := range before {
		if !slices.Contains(after, value) {
			out = append(out, change{was: value, is: respelled(value, before, after), enumOf: name, place: e.Place})
		}
	}
	for _, value := range after {
		if !slices.Contains(before, value) {
			came = append(came, change{was: value})
		}
	}
	if len(out) == 1 && len(came) == 1 {
		out[0].is = came[0].was
	}
	return out
}

// follow updates the extensions of an operation after an edit.
func follow(d *draft, e drift.Edit) (*draft, error) {
	for _, c := range changesOf(e) {
		for again := true; again; {
			next, err := d.change(func(d *draft) (err error) {
				again, err = d.followOne(e.Operation, c)
				return err
			})
			if err != nil {
				return nil, fmt.Errorf("an extension that names it cannot be changed: %w", err)
			}
			d = next
		}
	}
	return d, nil
}

// followOne updates the first extension with an old name or value, and reports whether there was one.
func (d *draft) followOne(operation string, c change) (bool, error) {
	found, err := d.operation(operation)
	if err != nil {
		return false, err
	}
	op := found.Node
	if pages, ok := yamltext.Find(op, "x-pagination"); ok {
		if key := c.inPagination(pages.Value); key != nil {
			return true, d.replaceOrRemove(op, "x-pagination", key, c.is)
		}
	}
	if changed, err := d.followSuccess(op, c); changed || err != nil {
		return true, err
	}
	if c.isMoved || strings.HasPrefix(string(c.place), "response.") {
		return false, nil
	}
	for _, field := range d.fields(op) {
		if other, ok := yamltext.Find(field, "x-not-after"); ok && c.enumOf == "" && other.Value.Value == c.was {
			return true, d.replaceOrRemove(field, "x-not-after", other.Value, c.is)
		}
		if changed, err := d.followConditions(field, c); changed || err != nil {
			return true, err
		}
	}
	return false, nil
}

// replaceOrRemove writes the new name into an extension, or removes the extension if there is none.
func (d *draft) replaceOrRemove(holder *yaml.Node, extension string, name *yaml.Node, is string) error {
	if is == "" {
		return d.Remove(holder, extension)
	}
	return d.Replace(name, yamltext.Quote(is))
}

// followConditions updates x-required-when if it names the changed field or value, and reports whether it does.
func (d *draft) followConditions(field *yaml.Node, c change) (bool, error) {
	conditions, _ := yamltext.Find(field, "x-required-when")
	one, ok := yamltext.Find(conditions.Value, cmp.Or(c.enumOf, c.was))
	if !ok {
		return false, nil
	}
	name, values := one.Key, []string(nil) // values are those that are left
	if c.enumOf != "" {
		i := slices.Index(oas.Texts(one.Value), c.was)
		if i < 0 || one.Value.Kind != yaml.SequenceNode {
			return false, nil
		}
		name, values = one.Value.Content[i], slices.Delete(oas.Texts(one.Value), i, i+1)
	}
	_, isOnly := yamltext.Find(field, "x-only-when-required")
	switch {
	case c.is != "":
		return true, d.Replace(name, yamltext.Quote(c.is))
	case len(values) > 0:
		return true, d.SetTexts(conditions.Value, c.enumOf, values)
	case len(conditions.Value.Content) > 2:
		return true, d.Remove(conditions.Value, one.Key.Value)
	case isOnly: // it cannot stand without the conditions
		return true, d.Remove(field, "x-only-when-required")
	}
	return true, d.Remove(field, "x-required-when")
}

// followSuccess updates x-required-in-success if it names the changed place of a response, and reports whether it does.
func (d *draft) followSuccess(op *yaml.Node, c change) (bool, error) {
	was, is := inAnswer(c.place), inAnswer(c.to)
	list, ok := yamltext.Find(op, "x-required-in-success")
	if !ok || list.Value.Kind != yaml.SequenceNode || was == "" || c.enumOf != "" {
		return false, nil
	}
	for i, item := range list.Value.Content {
		below, found := strings.CutPrefix(item.Value, was)
		switch {
		case !found || below != "" && below[0] != '/':
		case is != "":
			return true, d.Replace(item, yamltext.Quote(is+below))
		default:
			return true, d.SetTexts(op, "x-required-in-success", slices.Delete(oas.Texts(list.Value), i, i+1))
		}
	}
	return false, nil
}

// inAnswer returns the place of a successful response as x-required-in-success writes it; "" for any other place.
func inAnswer(place facts.Place) string {
	steps, err := place.Steps()
	if err != nil || len(steps) < 3 || !strings.HasPrefix(string(place), "response.2") {
		return ""
	}
	var names []string
	for _, step := range steps[2:] {
		if step.Kind != facts.StepProperty {
			return ""
		}
		names = append(names, step.Name)
	}
	return strings.Join(names, "/")
}

// inPagination returns the part of x-pagination that names the changed field: the query parameter, the list in the response,
// or the property of its items; nil if there is none.
func (c change) inPagination(pages *yaml.Node) *yaml.Node {
	if c.enumOf != "" {
		return nil
	}
	cursor, items, property := oas.Child(pages, "cursor"), oas.Child(pages, "items"), oas.Child(pages, "item-cursor")
	answer, isAnswer := strings.CutPrefix(string(c.place), "response.2")
	_, answer, _ = strings.Cut(answer, ".")
	switch {
	case c.place == facts.Param("query", oas.Text(cursor)):
		return cursor
	case isAnswer && answer == oas.Text(items):
		return items
	case isAnswer && answer == oas.Text(items)+"[]."+oas.Text(property):
		return property
	}
	return nil
}

// fields lists the parameters and body properties of an operation, with the schemas of both.
func (d *draft) fields(op *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	if list, ok := find(op, "parameters"); ok {
		for _, item := range list.Value.Content {
			parameter := d.Target(item)
			out = append(out, parameter, d.child(parameter, "schema"))
		}
	}
	for _, part := range d.parts(d.schemaOfBody(d.child(op, "requestBody"), "")) {
		for _, property := range oas.Own(oas.Child(part, "properties")) {
			out = append(out, d.Target(property))
		}
	}
	return out
}
