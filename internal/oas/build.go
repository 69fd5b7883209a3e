package oas

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Mapping returns a mapping. pairs are keys, which are strings, each followed by its value, a node.
func Mapping(pairs ...any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for pair := range slices.Chunk(pairs, 2) {
		Put(node, pair[0].(string), pair[1].(*yaml.Node))
	}
	return node
}

// List returns a list.
func List(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

// ListOf returns a list of strings on one line.
func ListOf(texts ...string) *yaml.Node {
	node := List()
	node.Style = yaml.FlowStyle
	for _, text := range texts {
		node.Content = append(node.Content, String(text))
	}
	return node
}

// String returns a string, which is written without quotes if possible.
func String(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// Quoted returns a string that is written in quotes, or as a block if it has several lines.
func Quoted(text string) *yaml.Node {
	node := String(text)
	if !strings.Contains(text, "\n") {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

// Bool returns a boolean.
func Bool(value bool) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "false"}
	if value {
		node.Value = "true"
	}
	return node
}

// Put adds a key after the last one of a mapping.
func Put(mapping *yaml.Node, key string, value *yaml.Node) {
	mapping.Content = append(mapping.Content, String(key), value)
}

// PutAfter adds a key to a mapping after another one, or before the first if that is missing.
func PutAfter(mapping *yaml.Node, after, key string, value *yaml.Node) {
	at := 0
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == after {
			at = i + 2
		}
	}
	mapping.Content = slices.Insert(mapping.Content, at, String(key), value)
}

// Delete removes keys from a mapping.
func Delete(mapping *yaml.Node, keys ...string) {
	DeleteFunc(mapping, func(key string, _ *yaml.Node) bool { return slices.Contains(keys, key) })
}

// DeleteFunc removes the keys of a mapping for which remove returns true.
func DeleteFunc(mapping *yaml.Node, remove func(key string, value *yaml.Node) bool) {
	if mapping.Kind != yaml.MappingNode {
		return
	}
	var left []*yaml.Node
	for key, value := range Own(mapping) {
		if !remove(key.Value, value) {
			left = append(left, key, value)
		}
	}
	mapping.Content = left
}
