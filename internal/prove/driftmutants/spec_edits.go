package driftmutants

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/oas"
	"go.yaml.in/yaml/v3"
)

type specEdit func(*yaml.Node, path) (path, string)

// setKey sets a key of the site to a value; below is the path to the mapping that contains the key.
func setKey(key string, value func() *yaml.Node, below ...string) specEdit {
	return func(root *yaml.Node, p path) (path, string) {
		if !assign(root, p.with(below...), key, value()) {
			return nil, ""
		}
		return p.with(below...).with(key), ""
	}
}

func text(s string) func() *yaml.Node { return func() *yaml.Node { return scalar(s) } }

func list(s ...string) func() *yaml.Node { return func() *yaml.Node { return oas.ListOf(s...) } }

// dropKey removes a key of the site; the record still says it.
func dropKey(gone func(value *yaml.Node) string, below ...string) specEdit {
	return func(root *yaml.Node, p path) (path, string) {
		node, _ := at(root, p.with(below...))
		if node == nil || !erase(root, p.with(below...)) {
			return nil, ""
		}
		return nil, gone(node)
	}
}

// changeEnum changes the values of an enum.
func changeEnum(change func([]*yaml.Node) []*yaml.Node, below ...string) specEdit {
	return func(root *yaml.Node, p path) (path, string) {
		node, _ := at(root, p.with(below...))
		if node == nil || node.Kind != yaml.SequenceNode || len(node.Content) < 2 {
			return nil, ""
		}
		node.Content = change(node.Content)
		return p.with(below...), ""
	}
}

// renameKey renames the site itself.
func renameKey(to func(string) string) specEdit {
	return func(root *yaml.Node, p path) (path, string) {
		_, key := at(root, p)
		key.Value = to(key.Value)
		return p[:len(p)-1].with(key.Value), ""
	}
}

// flipRequired changes the list of required properties beside the site's.
func flipRequired(root *yaml.Node, p path) (path, string) {
	schema, property := p[:len(p)-2], p[len(p)-1]
	required, _ := at(root, schema.with("required"))
	if required == nil {
		assign(root, schema, "required", oas.ListOf(property))
		return schema.with("required", "0"), ""
	}
	for i, name := range required.Content {
		if name.Value == property {
			required.Content = slices.Delete(required.Content, i, i+1)
			return nil, property
		}
	}
	required.Content = append(required.Content, scalar(property))
	return schema.with("required", itoa(len(required.Content)-1)), ""
}

// enums lists the schemas with an enum of their own.
func enums(t *specTree) []path {
	var out []path
	for _, name := range t.documentedSchemas() {
		if enum, _ := at(t.root, path{"components", "schemas", name, "enum"}); enum != nil {
			out = append(out, path{"components", "schemas", name})
		}
	}
	return append(out, slices.DeleteFunc(t.properties(), func(p path) bool {
		enum, _ := at(t.root, p.with("enum"))
		return enum == nil
	})...)
}

func schemaType(schema *yaml.Node) string {
	if kind, _ := at(schema, path{"type"}); kind != nil {
		return kind.Value
	}
	return "string"
}
