package facts

import (
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Short names for the functions that build a document.
var (
	mapping  = oas.Mapping
	sequence = oas.List
	plain    = oas.String
	quoted   = oas.Quoted
	flag     = oas.Bool
	put      = oas.Put
	find     = oas.Child
	remove   = oas.Delete
)

func flow(texts []string) *yaml.Node { return oas.ListOf(texts...) }

func aspectNames(aspects []Aspect) []string {
	names := make([]string, len(aspects))
	for i, aspect := range aspects {
		names[i] = string(aspect)
	}
	return names
}

// putText adds text that is not empty.
func putText(node *yaml.Node, key, text string) {
	if text != "" {
		put(node, key, plain(text))
	}
}

// putFlags adds the flags that are set at a place.
func putFlags(node *yaml.Node, t *tree, aspects ...Aspect) {
	for _, aspect := range aspects {
		if t.has(aspect) {
			put(node, string(aspect), flag(true))
		}
	}
}

// typed returns a canonical value as its schema's type requires: for a number, the text 10 becomes the number 10. Text that
// does not match the type stays a string, so that nothing of the document is lost.
func typed(value, kind string) *yaml.Node {
	if kind == "string" || !json.Valid([]byte(value)) {
		return quoted(value)
	}
	fits := true
	switch kind {
	case "integer", "number":
		fits = jsonNumber.MatchString(value)
	case "boolean":
		fits = value == "true" || value == "false"
	case "array":
		fits = value[0] == '['
	case "object":
		fits = value[0] == '{'
	}
	if !fits {
		return quoted(value)
	}
	node, err := oas.Parse("value.json", []byte(value))
	if err != nil {
		return quoted(value)
	}
	return node
}

// constraint returns a number as a number; a pattern is always a string.
func constraint(aspect Aspect, value string) *yaml.Node {
	if aspect == "pattern" || aspect == Format {
		return quoted(value)
	}
	return typed(value, "")
}

// inList returns named examples as the list of an OpenAPI 3.1 schema; their names are only numbers.
func inList(pairs, kind string) *yaml.Node {
	var list [][2]string
	_ = json.Unmarshal([]byte(pairs), &list)
	node := sequence()
	for i, example := range list {
		if example[0] != numbered(i) {
			return named(pairs, kind)
		}
		node.Content = append(node.Content, typed(example[1], kind))
	}
	return node
}

// numbered returns the name of an example in a list.
func numbered(i int) string { return fmt.Sprintf("Example %d", i+1) }

// named returns named examples; pairs is a JSON array of [name, value].
func named(pairs, kind string) *yaml.Node {
	var list [][2]string
	_ = json.Unmarshal([]byte(pairs), &list)
	node := mapping()
	for _, example := range list {
		put(node, example[0], mapping("value", typed(example[1], kind)))
	}
	return node
}
