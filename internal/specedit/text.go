package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// text is a YAML document as lines, with what the parser knows of it.
type text struct {
	file  string
	lines []string
	root  *yaml.Node
}

func parse(file string, data []byte) (*text, error) {
	root, err := oas.Parse(file, data)
	if err != nil {
		return nil, err
	}
	if root.Column == 0 {
		return nil, fmt.Errorf("%s: only YAML can be edited in place; this is JSON", file)
	}
	return &text{file: file, lines: strings.Split(string(data), "\n"), root: root}, nil
}

func (t *text) bytes() []byte { return []byte(strings.Join(t.lines, "\n")) }

// replaceScalar writes another value where a scalar stands on one line.
func (t *text) replaceScalar(node *yaml.Node, value string) error {
	from, to, err := t.extent(node)
	if err != nil {
		return err
	}
	line := t.lines[node.Line-1]
	t.lines[node.Line-1] = line[:from] + value + line[to:]
	return nil
}

// extent finds a scalar or flow collection that begins and ends on one line, as byte offsets in it.
func (t *text) extent(node *yaml.Node) (from, to int, err error) {
	line := t.lines[node.Line-1]
	from = byteColumn(line, node.Column)
	rest := line[from:]
	end := 0
	switch {
	case node.Kind != yaml.ScalarNode && node.Style&yaml.FlowStyle != 0:
		end = flowEnd(rest)
	case node.Kind == yaml.ScalarNode && node.Style&yaml.DoubleQuotedStyle != 0:
		end = quotedEnd(rest, '"')
	case node.Kind == yaml.ScalarNode && node.Style&yaml.SingleQuotedStyle != 0:
		end = quotedEnd(rest, '\'')
	case node.Kind == yaml.ScalarNode && node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && strings.HasPrefix(rest, node.Value):
		end = len(node.Value)
	}
	if end <= 0 {
		return 0, 0, fmt.Errorf("%s:%d: what stands here goes over several lines; change it by hand", t.file, node.Line)
	}
	return from, from + end, nil
}

// byteColumn turns the parser's column, which counts characters, into a byte offset.
func byteColumn(line string, column int) int {
	at := 0
	for i := range line {
		if at++; at == column {
			return i
		}
	}
	return len(line)
}

func quotedEnd(text string, quote byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return 0
}

// flowEnd finds where a flow mapping or sequence that begins the text is closed.
func flowEnd(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			end := quotedEnd(text[i:], text[i])
			if end == 0 {
				return 0
			}
			i += end - 1
		}
	}
	return 0
}

// blockEnd is the last line that belongs to a block, however its scalars are folded: up to the next line that is indented
// no deeper than the block's parent key. A list may stand at its key's own indentation; then its dashes belong to the block.
func (t *text) blockEnd(keyLine, indent int, dashes bool) int {
	end := keyLine
	for i := keyLine; i < len(t.lines); i++ {
		line := t.lines[i]
		trimmed := strings.TrimLeft(line, " ")
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		depth := len(line) - len(trimmed)
		if depth < indent || depth == indent && !(dashes && strings.HasPrefix(trimmed, "-")) {
			break
		}
		end = i + 1
	}
	return end
}

// insertLines puts lines behind a line; after counts from 1.
func (t *text) insertLines(after int, lines []string) {
	t.lines = append(t.lines[:after:after], append(lines, t.lines[after:]...)...)
}

// deleteLines removes lines, counted from 1, both included.
func (t *text) deleteLines(from, to int) {
	t.lines = append(t.lines[:from-1:from-1], t.lines[to:]...)
}
