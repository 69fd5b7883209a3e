package oas

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"

	"go.yaml.in/yaml/v3"
)

// JSON encodes a tree as JSON, with every key on its line in the document.
func JSON(root *yaml.Node) []byte {
	w := writer{line: 1}
	w.node(root)
	return w.text.Bytes()
}

type writer struct {
	text bytes.Buffer
	line int
}

// advance moves to the line of a node, if that is further down.
func (w *writer) advance(n *yaml.Node) {
	for ; w.line < n.Line; w.line++ {
		w.text.WriteByte('\n')
	}
}

func (w *writer) node(n *yaml.Node) {
	switch n = Dealias(n); n.Kind {
	case yaml.MappingNode:
		separator := "{"
		for key, value := range Pairs(n) {
			w.text.WriteString(separator)
			separator = ","
			w.advance(key)
			w.string(key.Value)
			w.text.WriteByte(':')
			w.node(value)
		}
		w.text.WriteString(strings.TrimPrefix(separator, ",") + "}")
	case yaml.SequenceNode:
		w.text.WriteByte('[')
		for i, item := range n.Content {
			if i > 0 {
				w.text.WriteByte(',')
			}
			w.advance(item)
			w.node(item)
		}
		w.text.WriteByte(']')
	default:
		w.scalar(n)
	}
}

// scalar writes a value by the schema of YAML, which is that of JSON except for some forms of numbers.
func (w *writer) scalar(n *yaml.Node) {
	number := n.ShortTag() == "!!int" || n.ShortTag() == "!!float"
	integer, isInteger := new(big.Int).SetString(strings.TrimPrefix(n.Value, "+"), 0)
	var float float64
	switch {
	case IsNull(n):
		w.text.WriteString("null")
	case n.ShortTag() == "!!bool":
		w.text.WriteString(strings.ToLower(n.Value))
	case number && jsonNumber.MatchString(n.Value):
		w.text.WriteString(n.Value)
	case number && isInteger:
		w.text.WriteString(integer.String())
	case number && n.Decode(&float) == nil && float-float == 0: // neither infinite nor NaN
		text, _ := json.Marshal(float)
		w.text.Write(text)
	default: // dates are texts: JSON has no others
		w.string(n.Value)
	}
}

func (w *writer) string(text string) {
	encoder := json.NewEncoder(&w.text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text)          // a string and a buffer cause no error
	w.text.Truncate(w.text.Len() - 1) // the line end that Encode writes
}
