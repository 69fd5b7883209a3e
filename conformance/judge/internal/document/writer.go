package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// mostNodes bounds what aliases can make of a document.
const mostNodes = 10_000_000

// writer writes a tree as JSON, every key in its line.
type writer struct {
	file  string
	text  bytes.Buffer
	line  int
	nodes int
	depth int
	err   error
}

func (w *writer) fail(n *yaml.Node, format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("%s:%d: %s", w.file, n.Line, fmt.Sprintf(format, args...))
	}
}

// advance goes on to the line of a node, if that is not behind.
func (w *writer) advance(n *yaml.Node) {
	for ; w.line < n.Line; w.line++ {
		w.text.WriteByte('\n')
	}
}

func (w *writer) node(n *yaml.Node) {
	const deepest = 1000
	w.nodes++
	w.depth++
	defer func() { w.depth-- }()
	if w.nodes > mostNodes || w.depth > deepest {
		w.fail(n, "is nested too deeply, or aliases make too much of it")
	}
	if w.err != nil {
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		w.node(n.Alias)
	case yaml.MappingNode:
		w.mapping(n)
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

func (w *writer) mapping(n *yaml.Node) {
	w.text.WriteByte('{')
	written := map[string]bool{}
	separate := func() {
		if len(written) > 0 {
			w.text.WriteByte(',')
		}
	}
	pair := func(key, value *yaml.Node) {
		separate()
		written[key.Value] = true
		w.advance(key)
		w.string(key.Value)
		w.text.WriteByte(':')
		w.node(value)
	}
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content) && w.err == nil; i += 2 {
		key := n.Content[i]
		switch {
		case key.ShortTag() == "!!merge":
			merged = append(merged, n.Content[i+1])
		case key.Kind != yaml.ScalarNode:
			w.fail(key, "a key is not a text")
		case written[key.Value]:
			w.fail(key, "the key %q comes more than once", key.Value)
		default:
			pair(key, n.Content[i+1])
		}
	}
	for i := 0; i < len(merged) && i < mostNodes; i++ {
		from := merged[i]
		for from.Kind == yaml.AliasNode {
			from = from.Alias
		}
		if from.Kind == yaml.SequenceNode {
			merged = append(merged, from.Content...)
			continue
		}
		for k := 0; k+1 < len(from.Content); k += 2 {
			if key := from.Content[k]; key.ShortTag() == "!!merge" {
				merged = append(merged, from.Content[k+1])
			} else if !written[key.Value] {
				pair(key, from.Content[k+1])
			}
		}
		if len(merged) > mostNodes/1000 {
			w.fail(n, "merges too much")
			break
		}
	}
	w.text.WriteByte('}')
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

func (w *writer) scalar(n *yaml.Node) {
	switch n.ShortTag() {
	case "!!null":
		w.text.WriteString("null")
	case "!!bool":
		w.text.WriteString(strings.ToLower(n.Value))
	case "!!int", "!!float":
		if jsonNumber.MatchString(n.Value) {
			w.text.WriteString(n.Value)
		} else if integer, ok := new(big.Int).SetString(strings.TrimPrefix(n.Value, "+"), 0); ok {
			w.text.WriteString(integer.String())
		} else {
			var f float64
			text, err := []byte(nil), n.Decode(&f)
			if err == nil {
				text, err = json.Marshal(f)
			}
			if err != nil {
				w.fail(n, "%s is not a number that JSON has", n.Value)
			}
			w.text.Write(text)
		}
	default: // dates are texts: JSON has no others
		w.string(n.Value)
	}
}

func (w *writer) string(text string) {
	encoder := json.NewEncoder(&w.text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil && w.err == nil {
		w.err = err
	}
	w.text.Truncate(w.text.Len() - 1) // the line end that Encode writes
}
