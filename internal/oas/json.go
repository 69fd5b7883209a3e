package oas

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// parseJSON parses JSON into the same tree as YAML. A YAML parser is slow with JSON, and rejects some of it: tabs, long
// keys, escaped slashes and surrogate pairs.
func parseJSON(file string, data []byte) (*yaml.Node, error) {
	p := &jsonParser{data: data, decoder: json.NewDecoder(bytes.NewReader(data)), line: 1}
	p.decoder.UseNumber()
	root, err := p.value(0)
	if err == nil {
		if _, more := p.decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is more after the JSON value")
		}
	}
	if err == nil {
		return root, nil
	}
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		p.skip(syntax.Offset)
	} else {
		p.skip(p.decoder.InputOffset())
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p.skip(int64(len(data)))
		err = errors.New("the text ends before the JSON value does")
	}
	if located := (*Error)(nil); errors.As(err, &located) {
		located.File = file
		return nil, located
	}
	return nil, errorAt(file, p.line, "not JSON: %v", err)
}

type jsonParser struct {
	data    []byte
	decoder *json.Decoder
	at      int64 // lines and columns are counted up to here, only once: a document may be one long line
	line    int
	column  int
	nodes   int
}

// skip counts the lines, and the characters of the last one, up to an offset.
func (p *jsonParser) skip(offset int64) {
	offset = min(offset, int64(len(p.data)))
	for ; p.at < offset; p.at++ {
		switch b := p.data[p.at]; {
		case b == '\n':
			p.line, p.column = p.line+1, 0
		case utf8.RuneStart(b):
			p.column++
		}
	}
}

// begin moves to the first character of the next token.
func (p *jsonParser) begin() {
	offset := p.decoder.InputOffset()
	for offset < int64(len(p.data)) && strings.IndexByte(" \t\r\n,:", p.data[offset]) >= 0 {
		offset++
	}
	p.skip(offset)
}

func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	p.begin()
	node := &yaml.Node{Line: p.line, Column: 1 + p.column, Kind: yaml.ScalarNode}
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	if p.nodes++; depth > MaxDepth || p.nodes > maxNodes {
		return nil, tooMuch(node)
	}
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
		if LoneSurrogate(p.data[p.at:p.decoder.InputOffset()]) >= 0 {
			return nil, fault(node, "a string has an unpaired surrogate, such as \\ud83d alone")
		}
		node.Tag, node.Value = "!!str", t
	case json.Number:
		node.Tag, node.Value = "!!float", t.String()
		if !strings.ContainsAny(t.String(), ".eE") {
			node.Tag = "!!int"
		}
	case bool:
		node.Tag, node.Value = "!!bool", strconv.FormatBool(t)
	case nil:
		node.Tag, node.Value = "!!null", "null"
	}
	return node, nil
}
