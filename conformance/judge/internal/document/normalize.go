package document

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// normalizer changes the form of a document, but not its meaning.
type normalizer struct {
	file  string
	later bool
	seen  map[*yaml.Node]bool // aliases lead to the same nodes
	err   error

	addresses addresses
}

// named are the keys whose mappings have keys chosen by the author.
var named = strings.Fields(`properties patternProperties dependentSchemas dependentRequired $defs definitions schemas responses parameters
	requestBodies headers securitySchemes links callbacks pathItems paths webhooks content encoding variables mapping scopes`)

// data are the keys whose values can be anything, and are not part of the document.
var data = strings.Fields(`enum const default example examples value`)

// object changes a mapping whose keys are those of OpenAPI.
func (n *normalizer) object(node *yaml.Node) {
	if node = oas.Dealias(node); node.Kind != yaml.MappingNode || n.err != nil || n.seen[node] {
		return
	}
	n.seen[node] = true
	n.schema(node)
	node.Content = eachPair(node, func(key string, value *yaml.Node) bool {
		switch value = oas.Dealias(value); {
		case slices.Contains(data, key) || strings.HasPrefix(key, "x-"):
		case oas.IsNull(value):
			return false // as if it were absent
		case value.Kind == yaml.MappingNode && slices.Contains(named, key):
			n.names(key, value)
		case value.Kind == yaml.MappingNode:
			n.object(value)
		case value.Kind == yaml.SequenceNode:
			n.items(value)
		}
		return true
	})
}

// names changes a mapping whose keys are chosen by the author. A null value becomes an empty description.
func (n *normalizer) names(of string, node *yaml.Node) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], oas.Dealias(node.Content[i+1])
		if oas.IsNull(value) {
			*value = yaml.Node{Kind: yaml.MappingNode, Line: value.Line}
		}
		if of == "headers" && value.Kind == yaml.MappingNode && oas.Child(value, "schema") == nil && oas.Child(value, "content") == nil && oas.Child(value, "$ref") == nil {
			n.fail(name, "the header %s has no schema; give it one, such as {type: string}", name.Value)
		}
		n.object(value)
	}
}

func (n *normalizer) items(node *yaml.Node) {
	for _, item := range node.Content {
		if oas.IsNull(item) {
			n.fail(item, "an item of the list is null; take it out or describe it")
		}
		n.object(item)
	}
}

func (n *normalizer) fail(at *yaml.Node, format string, args ...any) {
	if n.err == nil {
		n.err = &oas.Error{File: n.file, Line: at.Line, Text: fmt.Sprintf(format, args...)}
	}
}

// schema changes a mapping if it is a schema.
func (n *normalizer) schema(node *yaml.Node) {
	if n.later {
		n.schema31(node)
		return
	}
	for _, key := range []string{"$comment", "$schema"} { // comments, which kin-openapi refuses
		if value := oas.Child(node, key); value != nil && value.Kind == yaml.ScalarNode {
			remove(node, key)
		}
	}
}

// beside are the keys that do not restrict a value when they are next to a reference.
var beside = strings.Fields(`$ref summary description title deprecated example examples default $comment readOnly writeOnly externalDocs xml`)

func (n *normalizer) schema31(node *yaml.Node) {
	n.references(node)
	// kin-openapi copies keys next to a reference into the schema that it refers to.
	if ref := oas.Child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode && hasOther(node, beside) {
		remove(node, "$ref")
		conjunct := &yaml.Node{Kind: yaml.MappingNode, Line: ref.Line}
		set(conjunct, "$ref", ref)
		conjoin(node, conjunct)
	}
	// Its types cannot represent a constant null or an enum without values: both look absent.
	if constant := oas.Child(node, "const"); constant != nil && oas.IsNull(constant) && oas.Child(node, "enum") == nil {
		remove(node, "const")
		set(node, "enum", list(null()))
	}
	if enum := oas.Child(node, "enum"); enum != nil && enum.Kind == yaml.SequenceNode && len(enum.Content) == 0 && oas.Child(node, "not") == nil {
		remove(node, "enum")
		set(node, "not", &yaml.Node{Kind: yaml.MappingNode})
	}
}

// conjoin adds a schema to the allOf of another.
func conjoin(node, conjunct *yaml.Node) {
	if all := oas.Child(node, "allOf"); all != nil && all.Kind == yaml.SequenceNode {
		all.Content = append(all.Content, conjunct)
		return
	}
	set(node, "allOf", list(conjunct))
}

func hasOther(node *yaml.Node, keys []string) bool {
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i].Value; !slices.Contains(keys, key) && !strings.HasPrefix(key, "x-") {
			return true
		}
	}
	return false
}

func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

func null() *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"} }

func set(node *yaml.Node, key string, value *yaml.Node) {
	if value.Line == 0 {
		value.Line = node.Line
	}
	if have := oas.Child(node, key); have != nil {
		*have = *value
		return
	}
	node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key, Line: node.Line}, value)
}

func remove(node *yaml.Node, key string) {
	node.Content = eachPair(node, func(have string, _ *yaml.Node) bool { return have != key })
}

// eachPair returns the content of a mapping without the pairs for which keep returns false.
func eachPair(node *yaml.Node, keep func(key string, value *yaml.Node) bool) []*yaml.Node {
	var out []*yaml.Node
	for i := 0; i+1 < len(node.Content); i += 2 {
		if keep(node.Content[i].Value, node.Content[i+1]) {
			out = append(out, node.Content[i], node.Content[i+1])
		}
	}
	return out
}
