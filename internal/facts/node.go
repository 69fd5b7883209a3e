package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Limits that keep a hostile document from taking the machine: far beyond any real API description.
const (
	maxDocument = 64 << 20
	maxDepth    = 200
	maxNodes    = 4 << 20
	maxSchemas  = 100_000 // read in one document, references followed
)

// Parse reads a YAML or JSON document into a tree whose nodes know their lines.
func Parse(file string, data []byte) (*yaml.Node, error) {
	if len(data) > maxDocument {
		return nil, fmt.Errorf("%s: %d bytes is more than the %d that a document may have", file, len(data), maxDocument)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%s: the file is empty", file)
	}
	first := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if isJSON := first[0] == '{' && json.Valid(first); isJSON || strings.EqualFold(filepath.Ext(file), ".json") {
		return parseJSON(file, data)
	}
	var document yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s:%s", file, yamlMessage(err))
	}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("%s: the file holds no document", file)
	}
	if decoder.Decode(new(yaml.Node)) != io.EOF {
		return nil, fmt.Errorf("%s: the file holds more than one document, or what follows the first cannot be read", file)
	}
	if err := repeated(file, document.Content[0], 0); err != nil {
		return nil, err
	}
	return document.Content[0], nil
}

// repeated finds a key that a mapping has twice: readers differ in which one counts.
func repeated(file string, node *yaml.Node, depth int) error {
	if depth > 4*maxDepth {
		return fmt.Errorf("%s:%d: nested too deep", file, node.Line)
	}
	if node.Kind == yaml.MappingNode {
		first := make(map[string]int, len(node.Content)/2)
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			if line, again := first[key.Value]; again && key.Value != "<<" {
				return fmt.Errorf("%s:%d: the key %q is there twice; first at line %d", file, key.Line, key.Value, line)
			}
			first[key.Value] = key.Line
		}
	}
	if node.Kind == yaml.AliasNode {
		return nil
	}
	for _, inner := range node.Content {
		if err := repeated(file, inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// ReadBounded reads a file that may be no larger than a document can be, and ends even where a file has no end.
func ReadBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxDocument+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxDocument {
		return nil, fmt.Errorf("%s: it is larger than the %d bytes that are read", file, maxDocument)
	}
	return data, nil
}

// yamlMessage puts the line of a YAML error in front, as a compiler would.
func yamlMessage(err error) string {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if line, text, ok := strings.Cut(rest, ": "); ok {
			return line + ": " + text
		}
	}
	return " " + message
}

// parseJSON builds the same tree from JSON. YAML readers take most JSON but not all (tabs, long keys), and are slow at it.
func parseJSON(file string, data []byte) (*yaml.Node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := &jsonParser{decoder: json.NewDecoder(bytes.NewReader(data))}
	p.decoder.UseNumber()
	for i, b := range data {
		if b == '\n' {
			p.newlines = append(p.newlines, i)
		}
	}
	node, err := p.value(0)
	if err == nil {
		if err := repeated(file, node, 0); err != nil {
			return nil, err
		}
		if _, extra := p.decoder.Token(); extra != io.EOF {
			err = errors.New("there is more behind the JSON value")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", file, p.line(), err)
	}
	return node, nil
}

type jsonParser struct {
	decoder  *json.Decoder
	newlines []int
	nodes    int
}

func (p *jsonParser) line() int {
	return 1 + sort.SearchInts(p.newlines, int(p.decoder.InputOffset()))
}

func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	if p.nodes++; depth > maxDepth || p.nodes > maxNodes {
		return nil, fmt.Errorf("nested deeper than %d levels, or more than %d values", maxDepth, maxNodes)
	}
	node := &yaml.Node{Line: p.line(), Kind: yaml.ScalarNode}
	switch t := token.(type) {
	case json.Delim:
		node.Kind, node.Tag = yaml.MappingNode, "!!map"
		if t == '[' {
			node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
		}
		for p.decoder.More() {
			child, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			node.Content = append(node.Content, child)
		}
		_, err = p.decoder.Token()
		return node, err
	case string:
		node.Tag, node.Value = "!!str", t
	case json.Number:
		node.Tag, node.Value = "!!float", t.String()
		if !strings.ContainsAny(t.String(), ".eE") {
			node.Tag = "!!int"
		}
	case bool:
		node.Tag, node.Value = "!!bool", fmt.Sprint(t)
	case nil:
		node.Tag, node.Value = "!!null", "null"
	}
	return node, nil
}

// child finds the value of a mapping's key; nil where there is none.
func child(node *yaml.Node, key string) *yaml.Node {
	if node = dealias(node); node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return dealias(node.Content[i+1])
		}
	}
	return nil
}

// pairs visits the keys of a mapping in order.
func pairs(node *yaml.Node, visit func(key, value *yaml.Node)) {
	if node = dealias(node); node == nil || node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		visit(node.Content[i], dealias(node.Content[i+1]))
	}
}

// dealias follows YAML aliases; a chain of them cannot be long.
func dealias(node *yaml.Node) *yaml.Node {
	for hops := 0; node != nil && node.Kind == yaml.AliasNode; hops++ {
		if hops > 10 {
			return nil
		}
		node = node.Alias
	}
	return node
}

func text(node *yaml.Node) string {
	if node == nil || node.Kind != yaml.ScalarNode || node.Tag == "!!null" {
		return ""
	}
	return node.Value
}

func isTrue(node *yaml.Node) bool {
	return node != nil && node.Kind == yaml.ScalarNode && node.Tag == "!!bool" && strings.EqualFold(node.Value, "true")
}

// texts reads a list of scalars; a single scalar is a list of one.
func texts(node *yaml.Node) []string {
	if node = dealias(node); node == nil {
		return nil
	}
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}
	}
	var out []string
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			out = append(out, text(dealias(item)))
		}
	}
	return out
}

// anyValue turns a tree into plain values, with numbers as they were written. The budget bounds what aliases may multiply.
func anyValue(node *yaml.Node, depth int, budget *int) any {
	if node = dealias(node); node == nil || depth > maxDepth || *budget <= 0 {
		return nil
	}
	*budget--
	switch node.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		pairs(node, func(key, value *yaml.Node) { out[key.Value] = anyValue(value, depth+1, budget) })
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range node.Content {
			out = append(out, anyValue(item, depth+1, budget))
		}
		return out
	}
	switch node.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(node.Value, "true")
	case "!!int", "!!float":
		if jsonNumber.MatchString(node.Value) {
			return json.Number(node.Value)
		}
	}
	return node.Value
}

func canonicalNode(node *yaml.Node) string {
	budget := 1 << 16
	return CanonicalValue(anyValue(node, 0, &budget))
}
