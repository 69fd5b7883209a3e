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

// hasTypeLists reports whether the document is OpenAPI 3.1 or later, where a type can be a list, and the type null replaces
// nullable.
func (d *draft) hasTypeLists() bool {
	return !strings.HasPrefix(oas.Text(oas.Child(d.Root(), "openapi")), "3.0")
}

// fragment returns one place of an operation in the form of this document.
func (d *draft) fragment(source *facts.Operation, place facts.Place) (*yaml.Node, error) {
	node, err := facts.Fragment(source, place)
	if err == nil && d.hasTypeLists() {
		writeTypeLists(node)
	}
	return node, err
}

// writeTypeLists converts the types of a schema, and of the schemas in it, to the form of OpenAPI 3.1.
func writeTypeLists(node *yaml.Node) {
	if node.Kind == yaml.SequenceNode {
		for _, inner := range node.Content {
			writeTypeLists(inner)
		}
	}
	nullable := oas.IsTrue(oas.Child(node, "nullable"))
	if nullable {
		oas.Delete(node, "nullable")
	}
	for key, value := range oas.Own(node) {
		switch {
		case key.Value == "type" && value.Kind == yaml.ScalarNode:
			*value = *typeNode(value.Value, nullable)
		case key.Value == "properties":
			for _, property := range oas.Own(value) {
				writeTypeLists(property)
			}
		case !slices.Contains([]string{"example", "examples", "default", "enum"}, key.Value):
			writeTypeLists(value)
		}
	}
}

// typeNode returns the types of a fact, which are separated by |, as one name or a list.
func typeNode(types string, nullable bool) *yaml.Node {
	names := strings.Split(types, " | ")
	if nullable {
		names = append(names, "null")
	}
	if len(names) == 1 {
		return oas.String(names[0])
	}
	return oas.ListOf(names...)
}

// setTypeNames writes the types of a schema. A nullable schema stays nullable.
func (d *draft) setTypeNames(schema *yaml.Node, e drift.Edit) error {
	if e.To == "" || !d.hasTypeLists() {
		return d.setOrRemove(schema, "type", e.To, "string")
	}
	types, _ := yamltext.Find(schema, "type")
	return d.Set(schema, "type", oneLine(typeNode(e.To, slices.Contains(oas.Texts(types.Value), "null"))))
}

// setNullable adds null to the types of a schema, or removes it.
func (d *draft) setNullable(schema *yaml.Node, e drift.Edit) error {
	types, ok := yamltext.Find(schema, "type")
	names := slices.DeleteFunc(oas.Texts(types.Value), func(name string) bool { return name == "null" })
	if !ok || len(names) == 0 {
		return fmt.Errorf("%s has no type to which null could be added; change it by hand", e.Place)
	}
	return d.Set(schema, "type", oneLine(typeNode(strings.Join(names, " | "), e.To != "")))
}
