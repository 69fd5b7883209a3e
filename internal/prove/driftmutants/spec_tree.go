package driftmutants

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// path leads to a node of a YAML document: keys of mappings and numbers of sequences.
type path []string

func (p path) with(more ...string) path { return append(slices.Clone(p), more...) }

func (p path) String() string { return strings.Join(p, "/") }

// at finds the node at a path, and the key that names it; nil where there is none.
func at(root *yaml.Node, p path) (node, key *yaml.Node) {
	node = root
	for _, part := range p {
		if key, node = oas.Step(node, part); node == nil {
			return nil, nil
		}
	}
	return node, key
}

func scalar(text string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	switch {
	case text == "true" || text == "false":
		node.Tag = "!!bool"
	case text != "" && strings.Trim(text, "0123456789") == "":
		node.Tag = "!!int"
	default:
		node.Tag = "!!str"
	}
	return node
}

func mappingOf(pairs ...any) *yaml.Node {
	node := oas.Mapping()
	node.Style = yaml.FlowStyle
	for pair := range slices.Chunk(pairs, 2) {
		value, ok := pair[1].(*yaml.Node)
		if !ok {
			value = scalar(pair[1].(string))
		}
		oas.Put(node, pair[0].(string), value)
	}
	return node
}

// assign sets a key of the mapping at a path.
func assign(root *yaml.Node, p path, name string, value *yaml.Node) bool {
	node, _ := at(root, p)
	if node == nil || node.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			node.Content[i+1] = value
			return true
		}
	}
	oas.Put(node, name, value)
	return true
}

// erase removes the last part of a path from its parent.
func erase(root *yaml.Node, p path) bool {
	parent, _ := at(root, p[:len(p)-1])
	last := p[len(p)-1]
	if parent == nil {
		return false
	}
	if parent.Kind == yaml.SequenceNode {
		n := 0
		if _, err := fmt.Sscan(last, &n); err != nil || n >= len(parent.Content) {
			return false
		}
		parent.Content = slices.Delete(parent.Content, n, n+1)
		return true
	}
	before := len(parent.Content)
	oas.Delete(parent, last)
	return len(parent.Content) < before
}

// specTree is the spec as a tree, with the places that are worth changing.
type specTree struct {
	source []byte
	root   *yaml.Node
	// onlyInSpec are schemas that the record cannot know: only the spec has them, as the ledger says.
	onlyInSpec map[string]bool
}

func parseSpec(data []byte) (*specTree, error) {
	root, err := oas.Parse("snapshots.yaml", data)
	if err != nil {
		return nil, err
	}
	return &specTree{source: data, root: root, onlyInSpec: map[string]bool{}}, nil
}

func (t *specTree) fresh() *yaml.Node {
	root, err := oas.Parse("snapshots.yaml", t.source)
	if err != nil {
		panic(err) // it was parsed before
	}
	return root
}

// operations lists the paths of the operations.
func (t *specTree) operations() []path {
	var out []path
	paths, _ := at(t.root, path{"paths"})
	for _, p := range oas.Keys(paths) {
		item, _ := at(t.root, path{"paths", p})
		for _, method := range oas.Keys(item) {
			out = append(out, path{"paths", p, method})
		}
	}
	return out
}

// parameters lists the paths of the parameters, inline and shared.
func (t *specTree) parameters() []path {
	var out []path
	for _, op := range t.operations() {
		list, _ := at(t.root, op.with("parameters"))
		for i := range list.Content {
			if p := op.with("parameters", fmt.Sprint(i)); !t.isReference(p) {
				out = append(out, p)
			}
		}
	}
	shared, _ := at(t.root, path{"components", "parameters"})
	for _, name := range oas.Keys(shared) {
		out = append(out, path{"components", "parameters", name})
	}
	return out
}

func (t *specTree) isReference(p path) bool {
	ref, _ := at(t.root, p.with("$ref"))
	return ref != nil
}

// documentedSchemas returns the schemas that the record can contain; the others belong to responses that only the spec has.
func (t *specTree) documentedSchemas() []string {
	var out []string
	all, _ := at(t.root, path{"components", "schemas"})
	for _, name := range oas.Keys(all) {
		if !t.onlyInSpec[name] {
			out = append(out, name)
		}
	}
	return out
}

// properties lists the paths of properties in documented schemas.
func (t *specTree) properties() []path {
	var out []path
	for _, name := range t.documentedSchemas() {
		list, _ := at(t.root, path{"components", "schemas", name, "properties"})
		for _, property := range oas.Keys(list) {
			out = append(out, path{"components", "schemas", name, "properties", property})
		}
	}
	return out
}

// responses lists the paths of the responses that the record contains.
func (t *specTree) responses(known func(operationID, status string) bool) []path {
	var out []path
	for _, op := range t.operations() {
		id, _ := at(t.root, op.with("operationId"))
		list, _ := at(t.root, op.with("responses"))
		for _, status := range oas.Keys(list) {
			if known(id.Value, status) {
				out = append(out, op.with("responses", status))
			}
		}
	}
	return out
}
