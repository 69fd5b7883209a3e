package oas

import (
	"go.yaml.in/yaml/v3"
)

func tooMuch(node *yaml.Node) error {
	return errorAt("", node.Line, "nested deeper than %d levels, or more than %d values with all aliases written out", MaxDepth, maxNodes)
}

// refuseAmbiguous returns an error for what readers interpret in different ways, or never finish reading: a mapping with a
// duplicate key, a key that is not a string, a merge of something other than a mapping, aliases that multiply or contain
// themselves.
func refuseAmbiguous(file string, root *yaml.Node) error {
	c := &checker{file: file, sizes: map[*yaml.Node]int{}, depths: map[*yaml.Node]int{}}
	if _, _, err := c.node(root, 0); err != nil {
		err.File = file
		return err
	}
	return nil
}

type checker struct {
	file string
	// The number of values and the depth of each node with an anchor. The size is 0 while the node is being read.
	sizes, depths map[*yaml.Node]int
}

func fault(node *yaml.Node, format string, args ...any) *Error {
	return errorAt("", node.Line, format, args...).(*Error)
}

// node returns the number of values in a node, with aliases expanded, and the number of levels.
func (c *checker) node(node *yaml.Node, depth int) (size, levels int, err *Error) {
	if node.Kind == yaml.AliasNode {
		size, seen := c.sizes[node.Alias]
		if seen && size == 0 {
			return 0, 0, fault(node, "the alias *%s is inside its own target", node.Value)
		}
		if depth+c.depths[node.Alias] > MaxDepth {
			return 0, 0, tooMuch(node).(*Error)
		}
		return size, c.depths[node.Alias], nil
	}
	if node.Anchor != "" {
		c.sizes[node] = 0
	}
	if node.Kind == yaml.MappingNode {
		if err := keys(node); err != nil {
			return 0, 0, err
		}
	}
	size = 1
	for _, inner := range node.Content {
		more, deep, err := c.node(inner, depth+1)
		if err != nil {
			return 0, 0, err
		}
		size, levels = size+more, max(levels, deep+1)
		if size > maxNodes || depth+levels > MaxDepth {
			return 0, 0, tooMuch(inner).(*Error)
		}
	}
	if node.Anchor != "" {
		c.sizes[node], c.depths[node] = size, levels
	}
	return size, levels, nil
}

// keys checks the keys of one mapping.
func keys(node *yaml.Node) *Error {
	first := make(map[string]int, len(node.Content)/2)
	for key, value := range Own(node) {
		if key.Kind != yaml.ScalarNode {
			return fault(key, "a key must be a text, not a mapping, a list or an alias")
		}
		if line, again := first[key.Value]; again {
			return fault(key, "the key %q is there twice; first at line %d", key.Value, line)
		}
		first[key.Value] = key.Line
		if isMerge(key) {
			for _, from := range mergeSources(value) {
				if from == nil || from.Kind != yaml.MappingNode {
					return fault(key, "<< merges mappings, and this is not one")
				}
			}
		}
	}
	return nil
}
