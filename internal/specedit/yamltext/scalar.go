package yamltext

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Replace replaces a scalar, alias or flow collection that is on one line.
func (d *Document) Replace(node *yaml.Node, value string) error {
	if node.Anchor != "" {
		return fmt.Errorf("%s:%d: this value has the anchor &%s; change it by hand", d.File(), node.Line, node.Anchor)
	}
	from, to, err := d.extent(node)
	if err != nil {
		return err
	}
	d.splice(node, from, to, value)
	return nil
}

// extent finds a scalar, alias or flow collection that begins and ends on one line, as byte offsets in it.
func (d *Document) extent(node *yaml.Node) (from, to int, err error) {
	line := d.line(node)
	from = byteColumn(line, node.Column)
	rest := line[from:]
	end := 0
	switch {
	case node.Kind == yaml.AliasNode && strings.HasPrefix(rest, "*"+node.Value):
		end = 1 + len(node.Value)
	case node.Kind != yaml.ScalarNode && IsFlow(node):
		end = flowEnd(rest)
	case node.Kind == yaml.ScalarNode && node.Style&yaml.DoubleQuotedStyle != 0:
		end = quotedEnd(rest, '"')
	case node.Kind == yaml.ScalarNode && node.Style&yaml.SingleQuotedStyle != 0:
		end = quotedEnd(rest, '\'')
	case node.Kind == yaml.ScalarNode && node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && strings.HasPrefix(rest, node.Value):
		end = len(node.Value)
	}
	if end <= 0 {
		return 0, 0, fmt.Errorf("%s:%d: this value is on several lines; change it by hand", d.File(), node.Line)
	}
	return from, from + end, nil
}

// byteColumn converts the parser's column, which counts characters, to a byte offset.
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

// flowEnd returns where a flow mapping or sequence at the beginning of text is closed.
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

// Scalar returns a canonical value as YAML on one line. A string that would be parsed as something else is quoted.
func Scalar(value, kind string) string {
	if kind != "string" {
		var node yaml.Node
		if yaml.Unmarshal([]byte(value), &node) == nil && len(node.Content) == 1 {
			n := node.Content[0]
			switch n.Kind {
			case yaml.ScalarNode:
				if tag := n.ShortTag(); tag == "!!int" || tag == "!!float" || tag == "!!bool" {
					return value
				}
			case yaml.MappingNode, yaml.SequenceNode:
				if value[0] == '[' || value[0] == '{' {
					return value // JSON is YAML
				}
			}
		}
	}
	return Quote(value)
}

// Quote returns a string for a flow or block, in quotes if it could be parsed as something else.
func Quote(value string) string {
	out, err := yaml.Marshal([]yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}})
	plain := strings.TrimSuffix(strings.TrimPrefix(string(out), "- "), "\n")
	if err != nil || strings.ContainsAny(plain, "\n") || strings.ContainsAny(value, ",[]{}#") && !strings.HasPrefix(plain, `"`) && !strings.HasPrefix(plain, "'") {
		node := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle}
		out, _ := yaml.Marshal(&node)
		return strings.ReplaceAll(strings.TrimSuffix(string(out), "\n"), "\n", `\n`)
	}
	return plain
}

// valueOf returns the value of a scalar in YAML.
func valueOf(text string) string {
	var node yaml.Node
	if yaml.Unmarshal([]byte(text), &node) != nil || len(node.Content) != 1 {
		return text
	}
	return node.Content[0].Value
}
