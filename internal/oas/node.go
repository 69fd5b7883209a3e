package oas

import (
	"encoding/json"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Dealias returns the target of an alias, or the node itself.
func Dealias(node *yaml.Node) *yaml.Node {
	for node != nil && node.Kind == yaml.AliasNode {
		node = node.Alias // never itself, see refuseAmbiguous
	}
	return node
}

func isMerge(key *yaml.Node) bool { return key.Tag == "!!merge" }

// Own iterates over the keys and values in a mapping itself, in order. It does not follow merge keys and aliases.
func Own(node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		if node = Dealias(node); node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content) && yield(node.Content[i], node.Content[i+1]); i += 2 {
		}
	}
}

// Merged returns the mappings that << merges into a mapping, in order of precedence.
func Merged(node *yaml.Node) []*yaml.Node {
	for key, value := range Own(node) {
		if isMerge(key) {
			return mergeSources(value)
		}
	}
	return nil
}

// mergeSources returns the mappings of a merge key, in order of precedence.
func mergeSources(value *yaml.Node) []*yaml.Node {
	if value = Dealias(value); value.Kind != yaml.SequenceNode {
		return []*yaml.Node{value}
	}
	sources := make([]*yaml.Node, len(value.Content))
	for i, item := range value.Content {
		sources[i] = Dealias(item)
	}
	return sources
}

// Entry returns a key of a mapping with its value, including one that is merged in, or nil. It does not use [Pairs], because
// readers spend most of their time here.
func Entry(node *yaml.Node, name string) (key, value *yaml.Node) {
	if node = Dealias(node); node == nil || node.Kind != yaml.MappingNode {
		return nil, nil
	}
	isMerging := false
	for i := 0; i+1 < len(node.Content); i += 2 {
		switch key := node.Content[i]; {
		case isMerge(key):
			isMerging = true
		case key.Value == name:
			return key, Dealias(node.Content[i+1])
		}
	}
	if isMerging {
		for _, source := range Merged(node) {
			if key, value := Entry(source, name); key != nil {
				return key, value
			}
		}
	}
	return nil, nil
}

// Child returns the value of a mapping's key, or nil.
func Child(node *yaml.Node, name string) *yaml.Node {
	_, value := Entry(node, name)
	return value
}

// Pairs iterates over the keys and values of a mapping in order, and then those that are merged in.
func Pairs(node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		for key, value := range Own(node) {
			if !isMerge(key) && !yield(key, Dealias(value)) {
				return
			}
		}
		var seen map[string]bool
		for _, source := range Merged(node) {
			if seen == nil {
				seen = map[string]bool{}
				for key := range Own(node) {
					seen[key.Value] = true
				}
			}
			for key, value := range Pairs(source) {
				if !seen[key.Value] && !yield(key, value) {
					return
				}
				seen[key.Value] = true
			}
		}
	}
}

// Keys returns the keys of a mapping in the order of the document.
func Keys(node *yaml.Node) []string {
	var keys []string
	for key := range Pairs(node) {
		keys = append(keys, key.Value)
	}
	return keys
}

// Step returns a value of a mapping with its key, or an item of a list, or nil.
func Step(node *yaml.Node, name string) (key, value *yaml.Node) {
	if node = Dealias(node); node == nil || node.Kind != yaml.SequenceNode {
		return Entry(node, name)
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(node.Content) && strconv.Itoa(i) == name {
		return node.Content[i], Dealias(node.Content[i])
	}
	return nil, nil
}

// IsNull reports whether a node is the value null.
func IsNull(node *yaml.Node) bool {
	return node != nil && node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null"
}

// Text returns the text of a scalar, or "" for anything else.
func Text(node *yaml.Node) string {
	if node = Dealias(node); node == nil || node.Kind != yaml.ScalarNode || IsNull(node) {
		return ""
	}
	return node.Value
}

// IsTrue reports whether a node is the value true.
func IsTrue(node *yaml.Node) bool {
	node = Dealias(node)
	return node != nil && node.Kind == yaml.ScalarNode && node.ShortTag() == "!!bool" && strings.EqualFold(node.Value, "true")
}

// Texts returns the texts of a list of scalars. A single scalar counts as a list of one.
func Texts(node *yaml.Node) []string {
	if node = Dealias(node); node == nil {
		return nil
	}
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}
	}
	var out []string
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			out = append(out, Text(item))
		}
	}
	return out
}

// Value converts a tree to plain values: map[string]any, []any, string, bool, nil, and numbers as they were written.
func Value(node *yaml.Node) any {
	switch node = Dealias(node); {
	case node == nil || IsNull(node):
		return nil
	case node.Kind == yaml.MappingNode:
		out := map[string]any{}
		for key, value := range Pairs(node) {
			out[key.Value] = Value(value)
		}
		return out
	case node.Kind == yaml.SequenceNode:
		out := make([]any, len(node.Content))
		for i, item := range node.Content {
			out[i] = Value(item)
		}
		return out
	}
	switch tag := node.ShortTag(); {
	case tag == "!!bool":
		return strings.EqualFold(node.Value, "true")
	case (tag == "!!int" || tag == "!!float") && jsonNumber.MatchString(node.Value):
		return json.Number(node.Value)
	}
	return node.Value
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`)
