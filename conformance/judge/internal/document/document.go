// Package document prepares OpenAPI documents for kin-openapi: what it refuses, or loses, although it has a meaning, is
// written in a way that it reads. The lines stay as they are.
package document

import (
	"bytes"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Text returns a document as JSON whose keys stand in the lines that they have in data, which is JSON or YAML. later tells
// the version of a file that names none: OpenAPI 3.1 or later.
func Text(file string, data []byte, later bool) (text []byte, isLater bool, err error) {
	root, err := parse(file, data)
	if err != nil || root == nil {
		return nil, later, err
	}
	if version := get(root, "openapi"); version != nil {
		later = version.Value >= "3.1"
	}
	n := normalizer{file: file, later: later}
	n.object(root)
	if n.err != nil {
		return nil, later, n.err
	}
	w := writer{file: file, line: 1}
	w.node(root)
	return w.text.Bytes(), later, w.err
}

// JSON returns a YAML value as JSON.
func JSON(file string, data []byte) ([]byte, error) {
	root, err := parse(file, data)
	if err != nil || root == nil {
		return nil, err
	}
	w := writer{file: file, line: 1}
	w.node(root)
	return w.text.Bytes(), w.err
}

// parse returns the tree of a text. JSON is read as JSON, since not all of it is YAML.
func parse(file string, data []byte) (*yaml.Node, error) {
	if trimmed := bytes.TrimLeft(data, " \t\r\n\ufeff"); len(trimmed) > 0 && trimmed[0] == '{' && json.Valid(trimmed) {
		p := jsonParser{decoder: json.NewDecoder(bytes.NewReader(trimmed)), data: trimmed}
		p.line = 1 + bytes.Count(data[:len(data)-len(trimmed)], []byte("\n"))
		p.decoder.UseNumber()
		return p.value()
	}
	var top yaml.Node
	if err := yaml.Unmarshal(data, &top); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(top.Content) == 0 {
		return nil, fmt.Errorf("%s: there is nothing in it, and no paths", file)
	}
	return top.Content[0], nil
}

// jsonParser builds the tree of a JSON text.
type jsonParser struct {
	decoder *json.Decoder
	data    []byte
	line    int
	counted int64 // how far the lines are counted
}

func (p *jsonParser) value() (*yaml.Node, error) {
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	end := p.decoder.InputOffset()
	p.line += bytes.Count(p.data[p.counted:end], []byte("\n"))
	p.counted = end
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: p.line}
	switch t := token.(type) {
	case json.Delim:
		n.Kind = map[json.Delim]yaml.Kind{'{': yaml.MappingNode, '[': yaml.SequenceNode}[t]
		for p.decoder.More() {
			child, err := p.value()
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, child)
		}
		_, err = p.decoder.Token()
	case string:
		n.Tag, n.Value = "!!str", t
	case json.Number:
		n.Tag, n.Value = "!!float", t.String()
	case bool:
		n.Tag, n.Value = "!!bool", fmt.Sprint(t)
	case nil:
		n.Tag, n.Value = "!!null", "null"
	}
	return n, err
}

// get returns the value of a key of a mapping, or nil.
func get(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
