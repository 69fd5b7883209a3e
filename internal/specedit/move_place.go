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

// movePlace moves a parameter or property of one operation, with its description, comments and extensions.
func (d *draft) movePlace(e drift.Edit) error {
	at, err := d.locate(e.Operation, e.Place)
	if err != nil {
		return err
	}
	if _, err := d.locate(e.Operation, e.MoveTo); err == nil {
		return fmt.Errorf("%s has both %s and %s; remove one by hand", e.Operation, e.Place, e.MoveTo)
	}
	from, errFrom := e.Place.Steps()
	to, errTo := e.MoveTo.Steps()
	isParam := func(steps []facts.Step) bool { return len(steps) == 2 && facts.Place(steps[0].Name+".").IsParam() }
	isProperty := func(steps []facts.Step, place facts.Place) bool {
		return len(steps) > 1 && isBody(place) && !isResponse(place) && steps[len(steps)-1].Kind == facts.StepProperty
	}
	var node *yaml.Node
	var required bool
	var comment string
	switch {
	case errFrom != nil || errTo != nil, from[0].Name == "path" || to[0].Name == "path":
		err = fmt.Errorf("%s cannot be moved to %s here; change it by hand, with the path", e.Place, e.MoveTo)
	case isParam(from) && isParam(to):
		return d.moveParameter(at, to[0].Name)
	case isParam(from) && isProperty(to, e.MoveTo):
		node, err = asProperty(d.File(), at.node)
		required, comment = oas.IsTrue(oas.Child(at.node, "required")), at.key.Value.LineComment
	case isProperty(from, e.Place) && isParam(to):
		node = asParameter(at, to[0].Name)
	case isProperty(from, e.Place) && isProperty(to, e.MoveTo):
		node, required, comment = at.key.Value, slices.Contains(requiredOf(at.parent), at.key.Key.Value), at.key.Key.LineComment
	default:
		err = fmt.Errorf("%s cannot be moved to %s here; change it by hand", e.Place, e.MoveTo)
	}
	if err != nil {
		return err
	}
	if err := d.removePlace(e); err != nil {
		return err
	}
	if err := d.Reload(); err != nil {
		return err
	}
	return d.insert(e.Operation, e.MoveTo, node, comment, required)
}

// moveParameter changes where a parameter is sent. A reference is replaced by a changed copy.
func (d *draft) moveParameter(at target, in string) error {
	if at.item == at.node {
		its, _ := yamltext.Find(at.node, "in")
		return d.Replace(its.Value, in)
	}
	if yamltext.IsFlow(at.holder) {
		return fmt.Errorf("%s:%d: the parameters are written on one line; change it by hand", d.File(), at.item.Line)
	}
	own := *at.node
	own.Anchor = ""
	own.Content = slices.Clone(at.node.Content)
	if its, ok := yamltext.Find(&own, "in"); ok {
		own.Content[slices.Index(own.Content, its.Value)] = oas.String(in)
	}
	lines, err := yamltext.Encode(oas.List(&own), at.holder.Column-1)
	if err != nil {
		return err
	}
	first, last := d.Item(at.holder, at.item)
	d.InsertLines(last, lines)
	d.DeleteLines(first, last)
	return nil
}

// ofParameter reports whether a key of a parameter describes its meaning, and so is preserved when a parameter becomes a
// property or vice versa.
func ofParameter(key string) bool {
	return key == "description" || key == "deprecated" || strings.HasPrefix(key, "x-") && !strings.HasPrefix(key, "x-enum-")
}

// asProperty returns a parameter as the schema of a property.
func asProperty(file string, parameter *yaml.Node) (*yaml.Node, error) {
	if key, value := oas.Entry(parameter, "x-from-client"); key != nil && value.Value != "fallback" {
		return nil, fmt.Errorf("%s:%d: the client always fills this parameter in (x-from-client), which it cannot do for a property; change it by hand", file, key.Line)
	}
	schema, ok := yamltext.Find(parameter, "schema")
	if !ok || schema.Value.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: the parameter has no schema that a property could have; change it by hand", file, parameter.Line)
	}
	out := oas.Mapping()
	for key, value := range oas.Own(parameter) {
		if name := key.Value; (ofParameter(name) || name == "example") && oas.Child(schema.Value, name) == nil {
			out.Content = append(out.Content, key, value)
		}
	}
	switch {
	case len(out.Content) == 0:
		return schema.Value, nil
	case oas.Ref(schema.Value) != nil: // keys beside a reference are ignored
		oas.Put(out, "allOf", oas.List(schema.Value))
	default:
		out.Content = append(out.Content, schema.Value.Content...)
	}
	return out, nil
}

// asParameter returns a property as a parameter.
func asParameter(at target, in string) *yaml.Node {
	property := at.key.Value
	name := oas.String(at.key.Key.Value)
	name.LineComment = at.key.Key.LineComment
	out, schema := oas.Mapping("name", name, "in", oas.String(in)), property
	if slices.Contains(requiredOf(at.parent), at.key.Key.Value) {
		oas.Put(out, "required", oas.Bool(true))
	}
	if property.Kind == yaml.MappingNode && oas.Ref(property) == nil {
		schema = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: property.Style}
		for key, value := range oas.Own(property) {
			holder := schema
			if ofParameter(key.Value) {
				holder = out
			}
			holder.Content = append(holder.Content, key, value)
		}
	}
	oas.Put(out, "schema", schema)
	return out
}
