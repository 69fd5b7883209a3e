package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// The extensions that shape the client name parameters, properties and values of the same operation: x-not-after,
// x-required-when, x-pagination, x-required-in-success. An edit that renames what they name or takes it away must not leave them behind.

// A mention is what an extension names, and what it is called now; "" is gone.
type mention struct {
	was, is string
	// field is the field whose value was changed; "" for a changed field.
	field string
	place facts.Place
	to    facts.Place // where it is then; "" is nowhere
	moved bool        // the name is still there, elsewhere
}

// mentionsOf lists the names and values that an edit changes.
func mentionsOf(e drift.Edit) []mention {
	steps, err := e.Place.Steps()
	if err != nil {
		return nil
	}
	name := steps[len(steps)-1].Name
	switch {
	case e.Place == facts.OperationPlace || name == "" || e.Rename == name:
		return nil
	case e.Rename != "":
		return []mention{{was: name, is: e.Rename, place: e.Place, to: e.Place.Renamed(e.Rename)}}
	case e.MoveTo != "": // x-pagination and x-required-in-success say where a name stands
		return []mention{{was: name, place: e.Place, to: e.MoveTo, moved: true}}
	case e.Aspect == facts.Present && e.To == "":
		return []mention{{was: name, place: e.Place}}
	case e.Aspect != facts.Enum || e.To == "":
		return nil
	}
	var out, came []mention
	before, after := facts.Texts(e.From), facts.Texts(e.To)
	for _, value := range before {
		if !slices.Contains(after, value) {
			out = append(out, mention{was: value, is: respelled(value, before, after), field: name, place: e.Place})
		}
	}
	for _, value := range after {
		if !slices.Contains(before, value) {
			came = append(came, mention{was: value})
		}
	}
	if len(out) == 1 && len(came) == 1 {
		out[0].is = came[0].was
	}
	return out
}

// follow brings an operation's extensions in step with an edit that was made.
func follow(d *draft, e drift.Edit) (*draft, error) {
	for _, m := range mentionsOf(e) {
		for again := true; again; {
			next, err := d.change(func(d *draft) (err error) {
				again, err = d.followOne(e.Operation, m)
				return err
			})
			if err != nil {
				return nil, fmt.Errorf("an extension names what is changed: %w", err)
			}
			d = next
		}
	}
	return d, nil
}

// followOne changes the first extension that names what is no longer called so, and reports whether there was one.
func (d *draft) followOne(operation string, m mention) (bool, error) {
	found, err := d.operation(operation)
	if err != nil {
		return false, err
	}
	op := found.Node
	if pages, ok := yamltext.Find(op, "x-pagination"); ok {
		if key, names := m.inPagination(pages.Value); names {
			return true, d.rewrite(op, "x-pagination", pages.Value, key, m.is)
		}
	}
	if changed, err := d.followSuccess(op, m); changed || err != nil {
		return true, err
	}
	if m.moved || strings.HasPrefix(string(m.place), "response.") {
		return false, nil
	}
	for _, field := range d.fields(op) {
		if other, ok := yamltext.Find(field, "x-not-after"); ok && m.field == "" && other.Value.Value == m.was {
			return true, d.rewrite(field, "x-not-after", nil, other.Value, m.is)
		}
		when, ok := yamltext.Find(field, "x-required-when")
		if !ok || when.Value.Kind != yaml.MappingNode {
			continue
		}
		if m.field == "" {
			if other, ok := yamltext.Find(when.Value, m.was); ok {
				return true, d.rewrite(field, "x-required-when", when.Value, other.Key, m.is)
			}
			continue
		}
		values, ok := yamltext.Find(when.Value, m.field)
		if !ok || values.Value.Kind != yaml.SequenceNode {
			continue
		}
		i := slices.IndexFunc(values.Value.Content, func(n *yaml.Node) bool { return n.Value == m.was })
		switch {
		case i < 0:
		case m.is != "":
			return true, d.Replace(values.Value.Content[i], yamltext.Quote(m.is))
		case len(values.Value.Content) > 1:
			var kept []string
			for j, n := range values.Value.Content {
				if j != i {
					kept = append(kept, n.Value)
				}
			}
			return true, d.SetTexts(when.Value, m.field, kept)
		default: // required for a value that can no longer be
			return true, d.removeCondition(field)
		}
	}
	return false, nil
}

// rewrite gives what an extension names its new name, or takes the extension away: one name of several where that leaves
// a rule, and all of it where it does not.
func (d *draft) rewrite(holder *yaml.Node, extension string, names, name *yaml.Node, is string) error {
	if is != "" {
		return d.Replace(name, yamltext.Quote(is))
	}
	if extension == "x-required-when" && len(names.Content) > 2 {
		return d.Remove(names, name.Value)
	}
	if extension == "x-required-when" {
		return d.removeCondition(holder)
	}
	return d.Remove(holder, extension)
}

// removeCondition takes x-required-when out; first, what cannot stand without it.
func (d *draft) removeCondition(field *yaml.Node) error {
	if _, ok := yamltext.Find(field, "x-only-when-required"); ok {
		return d.Remove(field, "x-only-when-required")
	}
	return d.Remove(field, "x-required-when")
}

// followSuccess changes x-required-in-success where it names the changed place of an answer, and reports whether it does.
func (d *draft) followSuccess(op *yaml.Node, m mention) (bool, error) {
	was, is := inAnswer(m.place), inAnswer(m.to)
	list, ok := yamltext.Find(op, "x-required-in-success")
	if !ok || list.Value.Kind != yaml.SequenceNode || was == "" || m.field != "" {
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

// inAnswer is what x-required-in-success calls a place of a successful answer; "" for any other place.
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

// inPagination finds what x-pagination calls the changed place: a query parameter, the list in the answer, or a property of
// its items.
func (m mention) inPagination(pages *yaml.Node) (name *yaml.Node, ok bool) {
	says := func(key string) (*yaml.Node, string) {
		e, found := yamltext.Find(pages, key)
		if !found {
			return nil, ""
		}
		return e.Value, e.Value.Value
	}
	if m.field != "" {
		return nil, false
	}
	cursor, parameter := says("cursor")
	items, list := says("items")
	key, property := says("item-cursor")
	_, answer, _ := strings.Cut(strings.TrimPrefix(string(m.place), "response."), ".")
	switch {
	case cursor != nil && m.place == facts.Param("query", parameter):
		return cursor, true
	case !strings.HasPrefix(string(m.place), "response.2"):
	case items != nil && answer == list:
		return items, true
	case key != nil && answer == list+"[]."+property:
		return key, true
	}
	return nil, false
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
