package document

import (
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// addresses are the schemas that have an address of their own (JSON Schema 2020-12: $id, $anchor, $dynamicAnchor), with the
// JSON pointers that kin-openapi follows. A dynamic anchor is like any other if no second one has its name.
type addresses struct {
	pointers map[string]string     // by address; that of the document is ""
	dynamic  map[string]int        // how many dynamic anchors have a name
	bases    map[*yaml.Node]string // what the references in a schema are relative to, if not to the document
}

// anchors finds the addresses.
func (n *normalizer) anchors(node *yaml.Node, at oas.Place, base string) {
	switch node = oas.Dealias(node); node.Kind {
	case yaml.MappingNode:
		if id := oas.Child(node, "$id"); id != nil && id.Kind == yaml.ScalarNode {
			base = strings.TrimSuffix(absolute(base, id.Value), "#")
			n.addresses.pointers[base] = at.Pointer
		}
		if base != "" {
			n.addresses.bases[node] = base
		}
		for _, key := range []string{"$anchor", "$dynamicAnchor"} {
			name := oas.Child(node, key)
			if name == nil || name.Kind != yaml.ScalarNode {
				continue
			}
			address := base + "#" + name.Value
			if have, again := n.addresses.pointers[address]; again && have != at.Pointer {
				n.fail(name, "two schemas have the anchor %s", name.Value)
			}
			n.addresses.pointers[address] = at.Pointer
			if key == "$dynamicAnchor" {
				n.addresses.dynamic[name.Value]++
			}
		}
		n.anchorsBelow(node, at, base, func(key string) bool { return !slices.Contains(data, key) && !strings.HasPrefix(key, "x-") })
	case yaml.SequenceNode:
		for i, item := range node.Content {
			if item.Kind != yaml.AliasNode {
				n.anchors(item, at.Index(i), base)
			}
		}
	}
}

// anchorsBelow finds the addresses in the values of those keys that may have some.
func (n *normalizer) anchorsBelow(node *yaml.Node, at oas.Place, base string, may func(key string) bool) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, node.Content[i+1]
		if !may(key) || value.Kind == yaml.AliasNode {
			continue
		}
		below := at.At(key)
		if slices.Contains(named, key) && value.Kind == yaml.MappingNode { // "$id" is the name of a property there, without a meaning
			for name, item := range oas.Pairs(value) {
				if item.Kind != yaml.AliasNode {
					n.anchors(item, below.At(name.Value), base)
				}
			}
			continue
		}
		n.anchors(value, below, base)
	}
}

// absolute returns the address that a reference names relative to a base, which may be relative itself.
func absolute(base, ref string) string {
	from, badBase := url.Parse(base)
	to, badRef := url.Parse(ref)
	if badBase != nil || badRef != nil || base == "" {
		return ref
	}
	address := from.ResolveReference(to).String()
	if !from.IsAbs() && !to.IsAbs() && !strings.HasPrefix(from.Path, "/") && !strings.HasPrefix(to.Path, "/") {
		address = strings.TrimPrefix(address, "/") // package url makes every path begin at the root
	}
	return address
}

// references replaces references to addresses with references to pointers.
func (n *normalizer) references(node *yaml.Node) {
	for _, key := range []string{"$ref", "$dynamicRef"} {
		ref := oas.Child(node, key)
		if ref == nil || ref.Kind != yaml.ScalarNode {
			continue
		}
		written := ref.Value
		resource, fragment, _ := strings.Cut(absolute(n.addresses.bases[node], ref.Value), "#")
		root, known := n.addresses.pointers[resource]
		known = known && !strings.HasPrefix(ref.Value, "#/components/") // the document's, whatever the $id of the schema around
		isAnchor := fragment != "" && fragment[0] != '/'
		if isAnchor {
			fragment, known = n.addresses.pointers[resource+"#"+fragment]
			if root = ""; !known && (resource == "" || n.addresses.bases[node] == resource) {
				n.fail(ref, "no schema has the anchor %s", ref.Value[strings.Index(ref.Value, "#")+1:])
				return
			}
		}
		if known && (isAnchor || resource != "") {
			ref.Value = "#" + root + fragment
		}
		if key != "$dynamicRef" {
			continue
		}
		if _, name, _ := strings.Cut(written, "#"); isAnchor && n.addresses.dynamic[name] > 1 {
			n.fail(ref, "$dynamicRef leads to one of several schemas with the anchor %s, by the way that was taken to it, which is not supported; use $ref", name)
			return
		}
		remove(node, key)
		conjunct := &yaml.Node{Kind: yaml.MappingNode, Line: ref.Line}
		set(conjunct, "$ref", ref)
		conjoin(node, conjunct)
	}
}
