package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// target is where in the document a place is written.
type target struct {
	node   *yaml.Node // the schema, parameter, body, response or operation itself
	param  *yaml.Node // the parameter, where the node is its schema
	parent *yaml.Node // the schema that has the property, the operation that has the parameter or response
	key    entry      // the name in its mapping: of a property or status
	holder *yaml.Node // the mapping or list that the key or item stands in
	item   *yaml.Node // a parameter as it stands in the list, perhaps a reference
}

// operation finds an operation by its id.
func (t *text) operation(id string) (path, method entry, node *yaml.Node, err error) {
	paths, _ := find(t.root, "paths")
	for i := 0; paths.value != nil && i+1 < len(paths.value.Content); i += 2 {
		item := paths.value.Content[i+1]
		for j := 0; j+1 < len(item.Content); j += 2 {
			operation := item.Content[j+1]
			if e, ok := find(operation, "operationId"); ok && e.value.Value == id {
				return entry{paths.value.Content[i], item, i}, entry{item.Content[j], operation, j}, operation, nil
			}
		}
	}
	return entry{}, entry{}, nil, fmt.Errorf("%s: there is no operation %s", t.file, id)
}

// resolve follows references inside the document.
func (t *text) resolve(node *yaml.Node) *yaml.Node {
	for range 50 {
		if node == nil {
			return nil
		}
		if node.Kind == yaml.AliasNode {
			node = node.Alias
			continue
		}
		ref, ok := find(node, "$ref")
		if !ok {
			return node
		}
		node = t.root
		for _, part := range strings.Split(strings.TrimPrefix(ref.value.Value, "#/"), "/") {
			e, _ := find(node, strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~"))
			node = e.value
		}
	}
	return nil
}

// locate finds a place of an operation. With create, the last step may be missing: then only its parent is found.
func (t *text) locate(operation string, place facts.Place) (target, error) {
	_, _, op, err := t.operation(operation)
	if err != nil {
		return target{}, err
	}
	steps, err := place.Steps()
	if err != nil {
		return target{}, err
	}
	at := target{node: op}
	missing := func() (target, error) {
		return at, fmt.Errorf("%s: %s has no place %s", t.file, operation, place)
	}
	switch root := steps[0].Name; root {
	case "operation", "auth":
		return at, nil
	case "body":
		e, ok := find(op, "requestBody")
		if !ok {
			return missing()
		}
		at = target{node: t.resolve(e.value), parent: op, key: e, holder: op}
		steps = steps[1:]
	case "response":
		responses, _ := find(op, "responses")
		at = target{parent: op, holder: responses.value}
		e, ok := find(responses.value, steps[1].Name)
		if !ok {
			return missing()
		}
		at.node, at.key = t.resolve(e.value), e
		steps = steps[2:]
	default:
		list, _ := find(op, "parameters")
		at = target{parent: op, holder: list.value}
		if list.value != nil {
			for _, item := range list.value.Content {
				p := t.resolve(item)
				in, _ := find(p, "in")
				name, _ := find(p, "name")
				if in.value != nil && name.value != nil && in.value.Value == root && name.value.Value == steps[1].Name {
					at.node, at.item, at.key = p, item, name
				}
			}
		}
		if at.node == nil {
			return missing()
		}
		steps = steps[2:]
		if len(steps) > 0 {
			at.param = at.node
			schema, _ := find(at.node, "schema")
			at.node = t.resolve(schema.value)
		}
	}
	for i, step := range steps {
		if i == 0 && (place.Under(facts.BodyPlace) || strings.HasPrefix(string(place), "response.")) && step.Kind != facts.StepHeader && step.Kind != facts.StepMedia {
			at.node = t.schemaOfBody(at.node, "")
		}
		next, ok := t.step(at, step)
		if !ok {
			at.holder = next.holder
			at.parent = at.node
			return missing()
		}
		at = next
	}
	return at, nil
}

// schemaOfBody is the schema of a body's first media type, or of the named one.
func (t *text) schemaOfBody(body *yaml.Node, mediaType string) *yaml.Node {
	content, ok := find(body, "content")
	if !ok || len(content.value.Content) < 2 {
		return nil
	}
	media := content.value.Content[1]
	for i := 0; i+1 < len(content.value.Content); i += 2 {
		key := content.value.Content[i].Value
		if key == mediaType || mediaType == "" && strings.HasSuffix(key, "json") {
			media = content.value.Content[i+1]
			break
		}
	}
	schema, _ := find(media, "schema")
	return t.resolve(schema.value)
}

// step goes one step down.
func (t *text) step(at target, step facts.Step) (target, bool) {
	child := func(key string) *yaml.Node {
		e, _ := find(at.node, key)
		return t.resolve(e.value)
	}
	var node *yaml.Node
	switch step.Kind {
	case facts.StepProperty:
		properties, _ := find(at.node, "properties")
		e, ok := find(properties.value, step.Name)
		return target{node: t.resolve(e.value), parent: at.node, key: e, holder: properties.value}, ok
	case facts.StepItems:
		node = child("items")
	case facts.StepValues:
		node = child("additionalProperties")
	case facts.StepMedia:
		node = t.schemaOfBody(at.node, step.Name)
	case facts.StepHeader:
		headers, _ := find(at.node, "headers")
		e, ok := find(headers.value, step.Name)
		return target{node: t.resolve(e.value), parent: at.node, key: e, holder: headers.value}, ok
	case facts.StepVariant:
		for _, union := range []string{"oneOf", "anyOf"} {
			if list := child(union); list != nil && node == nil {
				index := 0
				if _, err := fmt.Sscanf(step.Name, "%d", &index); err == nil && index < len(list.Content) {
					node = t.resolve(list.Content[index])
				}
			}
		}
	}
	return target{node: node, parent: at.node}, node != nil
}
