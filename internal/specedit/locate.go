package specedit

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// target is the position of a place in the document.
type target struct {
	node   *yaml.Node     // the schema, parameter, body, response or operation itself
	param  *yaml.Node     // the parameter, if node is its schema
	parent *yaml.Node     // the schema that has the property, the operation or path that has the parameter or response
	whole  *yaml.Node     // the schema that parent is a part of
	key    yamltext.Entry // the key in its mapping: of a property or status
	holder *yaml.Node     // the mapping or list that contains the key or item
	item   *yaml.Node     // a parameter as it appears in the list, possibly a reference
}

// locate finds a place of an operation. If only the last step is missing, it returns an error and a target with parent and
// holder.
func (d *draft) locate(operation string, place facts.Place) (target, error) {
	found, err := d.operation(operation)
	if err != nil {
		return target{}, err
	}
	op := found.Node
	steps, err := place.Steps()
	if err != nil {
		return target{}, err
	}
	at := target{node: op}
	missing := func() (target, error) {
		return at, fmt.Errorf("%s: %s has no place %s that could be changed here", d.File(), operation, place)
	}
	switch root := steps[0].Name; root {
	case "operation", "auth":
		return at, nil
	case "body":
		e, ok := find(op, "requestBody")
		if !ok {
			return missing()
		}
		at = target{node: d.Target(e.Value), parent: op, key: e, holder: op}
		steps = steps[1:]
	case "response":
		responses, _ := find(op, "responses")
		at = target{parent: op, holder: responses.Value}
		e, ok := find(responses.Value, steps[1].Name)
		if !ok {
			return missing()
		}
		at.node, at.key = d.Target(e.Value), e
		steps = steps[2:]
	default:
		at = d.locateParameter(found, root, steps[1].Name)
		if at.node == nil {
			return missing()
		}
		steps = steps[2:]
		if len(steps) > 0 {
			at.param, at.node = at.node, d.child(at.node, "schema")
		}
	}
	for i, step := range steps {
		if i == 0 && isBody(place) && step.Kind != facts.StepHeader && step.Kind != facts.StepMedia {
			at.node = d.schemaOfBody(at.node, "")
		}
		next := d.step(at, step)
		if next.node == nil {
			at.holder, at.parent, at.whole = next.holder, next.parent, at.node
			return missing()
		}
		at = next
	}
	return at, nil
}

// locateParameter finds a parameter of an operation, including one defined for all operations of its path.
func (d *draft) locateParameter(op oas.Operation, in, name string) target {
	list, _ := yamltext.Find(op.Node, "parameters")
	missing := target{parent: op.Node, holder: list.Value}
	for _, parent := range []*yaml.Node{op.Node, op.Item} {
		list, ok := find(parent, "parameters")
		if !ok {
			continue
		}
		for _, item := range oas.Dealias(list.Value).Content {
			parameter := d.Target(item)
			its, _ := find(parameter, "in")
			key, ok := find(parameter, "name")
			if ok && its.Value != nil && its.Value.Value == in && key.Value.Value == name {
				return target{parent: parent, holder: oas.Dealias(list.Value), node: parameter, item: item, key: key}
			}
		}
	}
	return missing
}

// isBody reports whether a place is a request body or response, or inside one.
func isBody(place facts.Place) bool {
	return place.Under(facts.BodyPlace) || strings.HasPrefix(string(place), "response.")
}

func isResponse(place facts.Place) bool {
	steps, err := place.Steps()
	return err == nil && len(steps) == 2 && steps[0].Name == "response"
}

// child returns the value of a key, with references followed, or nil.
func (d *draft) child(node *yaml.Node, key string) *yaml.Node {
	e, _ := find(node, key)
	return d.Target(e.Value)
}

// schemaOfBody returns the schema of a media type of a body; if mediaType is "", that of the first JSON one.
func (d *draft) schemaOfBody(body *yaml.Node, mediaType string) *yaml.Node {
	entry, ok := find(body, "content")
	content := oas.Dealias(entry.Value)
	if !ok || len(content.Content) < 2 {
		return nil
	}
	for key, media := range oas.Own(content) {
		if key.Value == mediaType || mediaType == "" && strings.HasSuffix(key.Value, "json") {
			return d.child(media, "schema")
		}
	}
	return d.child(content.Content[1], "schema")
}

// step descends one step. The target has no node if there is no such step.
func (d *draft) step(at target, step facts.Step) target {
	named := func(part *yaml.Node, key string) target {
		holder, _ := yamltext.Find(part, key)
		e, _ := yamltext.Find(holder.Value, step.Name)
		return target{node: d.Target(e.Value), parent: part, whole: at.node, key: e, holder: holder.Value}
	}
	inside := func(node *yaml.Node) target { return target{node: node, parent: at.node} }
	first := func(key string) *yaml.Node {
		for _, part := range d.parts(at.node) {
			if e, ok := yamltext.Find(part, key); ok {
				return d.Target(e.Value)
			}
		}
		return nil
	}
	switch step.Kind {
	case facts.StepProperty:
		for _, part := range d.parts(at.node) {
			if found := named(part, "properties"); found.node != nil {
				return found
			}
		}
		return named(d.partForMore(at.node), "properties")
	case facts.StepHeader:
		return named(at.node, "headers")
	case facts.StepItems:
		return inside(first("items"))
	case facts.StepValues:
		return inside(first("additionalProperties"))
	case facts.StepMedia:
		return inside(d.schemaOfBody(at.node, step.Name))
	case facts.StepVariant:
		for _, union := range []string{"oneOf", "anyOf"} {
			if list := first(union); list != nil {
				if i, err := strconv.Atoi(step.Name); err == nil && i < len(list.Content) {
					return inside(d.Target(list.Content[i]))
				}
			}
		}
	}
	return inside(nil)
}

// schemaOf returns the schema of a place, or nil.
func (d *draft) schemaOf(at target, place facts.Place) *yaml.Node {
	switch {
	case at.item != nil && at.param == nil:
		return d.child(at.node, "schema")
	case place == facts.BodyPlace || isResponse(place):
		return d.schemaOfBody(at.node, "")
	}
	return at.node
}
