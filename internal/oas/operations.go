package oas

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Operation is an operation in the document.
type Operation struct {
	Path, Method *yaml.Node // the keys that lead to it
	Item, Node   *yaml.Node // the path item, with references followed, and the operation in it
}

// IsMethod reports whether a key of a path item is an HTTP method, in upper or lower case.
func IsMethod(name string) bool {
	return slices.Contains([]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}, strings.ToLower(name))
}

// Operations returns the operations in the order of the document. A path or method whose value is not a mapping, such as
// get: null, is an error, since readers differ in whether it is an operation.
func (d *Documents) Operations() ([]Operation, error) {
	var out []Operation
	for path, item := range Pairs(Child(d.Root(), "paths")) {
		if strings.HasPrefix(path.Value, "x-") {
			continue
		}
		item, err := d.Target(item)
		if err != nil {
			return out, err
		}
		if item.Kind != yaml.MappingNode {
			return out, d.ErrorAt(path, "the path %s is not a mapping; take it out or write {}", path.Value)
		}
		for method, node := range Pairs(item) {
			switch {
			case !IsMethod(method.Value):
			case node.Kind != yaml.MappingNode:
				return out, d.ErrorAt(method, "the operation %s %s is not a mapping; take it out or describe it", strings.ToUpper(method.Value), path.Value)
			default:
				out = append(out, Operation{path, method, item, node})
			}
		}
	}
	return out, nil
}
