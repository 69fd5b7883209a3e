package document

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// anchors finds the schemas that have a name of their own (JSON Schema 2020-12, $anchor and $dynamicAnchor), with the JSON
// pointers that kin-openapi follows. In a document that is one resource, a dynamic anchor is like any other.
func (n *normalizer) anchors(node *yaml.Node, pointer string) {
	switch node = oas.Dealias(node); node.Kind {
	case yaml.MappingNode:
		for _, key := range []string{"$anchor", "$dynamicAnchor"} {
			name := oas.Child(node, key)
			if name == nil || name.Kind != yaml.ScalarNode {
				continue
			}
			if have, again := n.anchored[name.Value]; again && have != pointer {
				n.fail(name, "two schemas have the anchor %s", name.Value)
			}
			n.anchored[name.Value] = pointer
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if !slices.Contains(data, key) && node.Content[i+1].Kind != yaml.AliasNode {
				n.anchors(node.Content[i+1], pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
			}
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			if item.Kind != yaml.AliasNode {
				n.anchors(item, pointer+"/"+strconv.Itoa(i))
			}
		}
	}
}

// references turns references to anchors into references to pointers.
func (n *normalizer) references(node *yaml.Node) {
	for _, key := range []string{"$ref", "$dynamicRef"} {
		ref := oas.Child(node, key)
		if ref == nil || ref.Kind != yaml.ScalarNode {
			continue
		}
		name, isLocal := strings.CutPrefix(ref.Value, "#")
		if isLocal && name != "" && name[0] != '/' {
			pointer, known := n.anchored[name]
			if !known {
				n.fail(ref, "no schema has the anchor %s", name)
				return
			}
			ref.Value = "#" + pointer
		}
		if key != "$dynamicRef" {
			continue
		}
		remove(node, key)
		conjunct := &yaml.Node{Kind: yaml.MappingNode, Line: ref.Line}
		set(conjunct, "$ref", ref)
		conjoin(node, conjunct)
	}
}
