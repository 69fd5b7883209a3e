package facts

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Fragment returns one place of an operation as it would appear in an OpenAPI document: the operation, a parameter, a
// response, or a schema. It contains no prose: whoever adds it to a document writes the descriptions.
func Fragment(op *Operation, place Place) (*yaml.Node, error) {
	root, err := grow(op)
	if err != nil {
		return nil, err
	}
	steps, err := place.Steps()
	if err != nil {
		return nil, err
	}
	node := root
	for _, step := range steps {
		if node = node.index[step]; node == nil {
			return nil, fmt.Errorf("%s: %s has no place %s", op.Pos, op.ID, place)
		}
	}
	w := &writer{schemes: mapping(), valid: true}
	var out *yaml.Node
	switch last := steps[len(steps)-1]; {
	case place == OperationPlace:
		out = w.operation(op, root)
		remove(out, "x-renderer", "x-contradictions")
		responses := find(out, "responses")
		for i := 1; i < len(responses.Content); i += 2 {
			describe(responses.Content[i])
		}
	case place.isParamRoot() && last.Kind == StepProperty:
		out = w.operationParameter(steps[0].Name, node)
	case steps[0].Name == "response" && len(steps) == 2:
		out = w.response(node)
		describe(out)
	default:
		out = w.schema(node)
	}
	dropText(out)
	return out, nil
}

// describe adds the description that OpenAPI requires to a response.
func describe(response *yaml.Node) {
	remove(response, "description")
	response.Content = append([]*yaml.Node{plain("description"), plain("As the documentation lists it.")}, response.Content...)
}

// dropText removes samples and the fingerprints of prose, which belong to a record and not to a spec.
func dropText(node *yaml.Node) {
	if node.Kind == yaml.MappingNode {
		remove(node, "x-text", "x-summary", "x-uncertain")
	}
	for _, inner := range node.Content {
		dropText(inner)
	}
}
