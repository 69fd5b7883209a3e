package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// shape are the keys of a schema that belong to its type.
var shape = []string{"items", "properties", "required", "additionalProperties", "oneOf", "anyOf"}

// setType writes another type, and what is inside it: the items of a list, the properties of an object.
func (t *text) setType(schema *yaml.Node, e drift.Edit, source *facts.Operation) error {
	isValue := func(kind string) bool { return kind != "array" && kind != "object" && kind != "" }
	if source == nil || isValue(e.To) && isValue(e.From) {
		return t.setOrRemove(schema, "type", e.To, "string")
	}
	fragment, err := facts.Fragment(source, e.Place)
	if err != nil {
		return err
	}
	if content, ok := find(fragment, "content"); ok && isResponse(e.Place) && len(content.value.Content) > 1 {
		fragment = content.value.Content[1]
	}
	if inner, ok := find(fragment, "schema"); ok && (isResponse(e.Place) || e.Place.IsParam()) {
		fragment = inner.value
	}
	if isFlow(schema) {
		return t.setFlowType(schema, fragment, e)
	}
	indent := schema.Content[0].Column - 1
	for _, key := range append([]string{"type"}, shape...) {
		again, err := parse(t.file, t.bytes())
		if err != nil {
			return err
		}
		t.lines, t.root = again.lines, again.root
		if schema, err = t.schemaOf(e); err != nil {
			return err
		}
		value, wanted := find(fragment, key)
		if _, there := find(schema, key); there && !(key == "type" && wanted) {
			if err := t.remove(schema, key); err != nil {
				return err
			}
			if again, err = parse(t.file, t.bytes()); err != nil {
				return err
			}
			t.lines, t.root = again.lines, again.root
			if schema, err = t.schemaOf(e); err != nil {
				return err
			}
		}
		switch {
		case !wanted:
		case key == "type":
			if err := t.set(schema, "type", value.value.Value); err != nil {
				return err
			}
		default:
			lines, err := encode(&yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{value.key, value.value}}, indent)
			if err != nil {
				return err
			}
			t.insertLines(t.lastOf(schema), lines)
		}
	}
	return nil
}

// setFlowType does the same for a schema on one line, which is written anew but for the keys that do not belong to the type.
func (t *text) setFlowType(schema, fragment *yaml.Node, e drift.Edit) error {
	out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	keep := func(from *yaml.Node, meets func(string) bool) {
		for i := 0; i+1 < len(from.Content); i += 2 {
			if meets(from.Content[i].Value) {
				out.Content = append(out.Content, from.Content[i], from.Content[i+1])
			}
		}
	}
	ofType := func(key string) bool { return key == "type" || slices.Contains(shape, key) }
	keep(fragment, ofType)
	keep(schema, func(key string) bool { return !ofType(key) })
	flat(out)
	data, err := yaml.Marshal(out)
	if err != nil {
		return err
	}
	line := strings.TrimSpace(string(data))
	if strings.Contains(line, "\n") {
		return fmt.Errorf("%s stands on one line in the spec and needs more; change it by hand", e.Place)
	}
	return t.replaceScalar(schema, line)
}

// flat makes a node be written on one line.
func flat(node *yaml.Node) {
	node.Style |= yaml.FlowStyle
	node.HeadComment, node.LineComment, node.FootComment = "", "", ""
	for _, inner := range node.Content {
		flat(inner)
	}
}

// schemaOf finds the schema of an edit's place.
func (t *text) schemaOf(e drift.Edit) (*yaml.Node, error) {
	at, err := t.locate(e.Operation, e.Place)
	if err != nil {
		return nil, err
	}
	switch {
	case at.item != nil && at.param == nil:
		inner, _ := find(at.node, "schema")
		return t.resolve(inner.value), nil
	case e.Place == facts.BodyPlace || isResponse(e.Place):
		return t.schemaOfBody(at.node, ""), nil
	}
	return at.node, nil
}
