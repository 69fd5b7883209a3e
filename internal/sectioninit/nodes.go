package sectioninit

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// The small words in which documents are changed.

func newMapping(pairs ...any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for i := 0; i+1 < len(pairs); i += 2 {
		add(node, pairs[i].(string), pairs[i+1].(*yaml.Node))
	}
	return node
}

func add(node *yaml.Node, key string, value *yaml.Node) {
	node.Content = append(node.Content, text(key), value)
}

// addAfter puts a key after another one, or at the beginning.
func addAfter(node *yaml.Node, after, key string, value *yaml.Node) {
	at := 0
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == after {
			at = i + 2
		}
	}
	node.Content = slices.Insert(node.Content, at, text(key), value)
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func quotedText(value string) *yaml.Node {
	node := text(value)
	node.Style = yaml.DoubleQuotedStyle
	return node
}

func listOf(values ...string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, value := range values {
		node.Content = append(node.Content, text(value))
	}
	return node
}

func remove(node *yaml.Node, keys ...string) {
	for i := 0; i+1 < len(node.Content); {
		if slices.Contains(keys, node.Content[i].Value) {
			node.Content = slices.Delete(node.Content, i, i+2)
		} else {
			i += 2
		}
	}
}

func reference(pointer string) *yaml.Node {
	return newMapping("$ref", quotedText("#/components/"+pointer))
}
