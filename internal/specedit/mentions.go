package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// The extensions that shape the client name parameters, properties and values of the same operation: x-not-after,
// x-required-when, x-pagination. An edit that renames what they name or takes it away must not leave them behind.

// A mention is what an extension names, and what it is called now; "" is gone.
type mention struct {
	was, is string
	// field is the field whose value was changed; "" for a changed field.
	field string
	place facts.Place
}

// mentionsOf lists the names and values that an edit changes.
func mentionsOf(e drift.Edit) []mention {
	steps, err := e.Place.Steps()
	if err != nil {
		return nil
	}
	name := steps[len(steps)-1].Name
	switch {
	case e.Place == facts.OperationPlace || name == "":
		return nil
	case e.Rename != "":
		return []mention{{was: name, is: e.Rename, place: e.Place}}
	case e.Aspect == facts.Present && e.To == "":
		return []mention{{was: name, place: e.Place}}
	case e.Aspect != facts.Enum || e.To == "":
		return nil
	}
	var out, came []mention
	before, after := facts.Texts(e.From), facts.Texts(e.To)
	for _, value := range before {
		if !slices.Contains(after, value) {
			out = append(out, mention{was: value, field: name, place: e.Place})
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
func follow(file string, data []byte, e drift.Edit) ([]byte, error) {
	for _, m := range mentionsOf(e) {
		for again := true; again; {
			t, err := parse(file, data)
			if err != nil {
				return nil, err
			}
			if again, err = t.followOne(e.Operation, m); err != nil {
				return nil, fmt.Errorf("an extension names what is changed: %w", err)
			}
			data = t.bytes()
		}
	}
	return data, nil
}

// followOne changes the first extension that names what is no longer called so, and reports whether there was one.
func (t *text) followOne(operation string, m mention) (bool, error) {
	_, _, op, err := t.operation(operation)
	if err != nil {
		return false, err
	}
	if pages, ok := find(op, "x-pagination"); ok {
		if key, names := m.inPagination(pages.value); names {
			return true, t.rewrite(op, "x-pagination", pages.value, key, m.is)
		}
	}
	if strings.HasPrefix(string(m.place), "response.") {
		return false, nil
	}
	for _, field := range t.fields(op) {
		if other, ok := find(field, "x-not-after"); ok && m.field == "" && other.value.Value == m.was {
			return true, t.rewrite(field, "x-not-after", nil, other.value, m.is)
		}
		when, ok := find(field, "x-required-when")
		if !ok || when.value.Kind != yaml.MappingNode {
			continue
		}
		if m.field == "" {
			if other, ok := find(when.value, m.was); ok {
				return true, t.rewrite(field, "x-required-when", when.value, other.key, m.is)
			}
			continue
		}
		values, ok := find(when.value, m.field)
		if !ok || values.value.Kind != yaml.SequenceNode {
			continue
		}
		i := slices.IndexFunc(values.value.Content, func(n *yaml.Node) bool { return n.Value == m.was })
		switch {
		case i < 0:
		case m.is != "":
			return true, t.replaceScalar(values.value.Content[i], plainOrQuoted(m.is))
		case len(values.value.Content) > 1:
			var kept []string
			for j, n := range values.value.Content {
				if j != i {
					kept = append(kept, n.Value)
				}
			}
			return true, t.setList(when.value, m.field, kept)
		default: // required for a value that can no longer be
			return true, t.remove(field, "x-required-when")
		}
	}
	return false, nil
}

// rewrite gives what an extension names its new name, or takes the extension away: one name of several where that leaves
// a rule, and all of it where it does not.
func (t *text) rewrite(holder *yaml.Node, extension string, names, name *yaml.Node, is string) error {
	if is != "" {
		return t.replaceScalar(name, plainOrQuoted(is))
	}
	if extension == "x-required-when" && len(names.Content) > 2 {
		return t.remove(names, name.Value)
	}
	return t.remove(holder, extension)
}

// inPagination finds what x-pagination calls the changed place: a query parameter, the list in the answer, or a property of
// its items.
func (m mention) inPagination(pages *yaml.Node) (name *yaml.Node, ok bool) {
	says := func(key string) (*yaml.Node, string) {
		e, found := find(pages, key)
		if !found {
			return nil, ""
		}
		return e.value, e.value.Value
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
func (t *text) fields(op *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	if list, ok := find(op, "parameters"); ok {
		for _, item := range list.value.Content {
			parameter := t.resolve(item)
			out = append(out, parameter)
			if schema, ok := find(parameter, "schema"); ok {
				out = append(out, t.resolve(schema.value))
			}
		}
	}
	if body, ok := find(op, "requestBody"); ok {
		if properties, ok := find(t.schemaOfBody(t.resolve(body.value), ""), "properties"); ok {
			for i := 1; i < len(properties.value.Content); i += 2 {
				out = append(out, t.resolve(properties.value.Content[i]))
			}
		}
	}
	return out
}
