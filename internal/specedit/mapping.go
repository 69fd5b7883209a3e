package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// entry is a key of a mapping with its value.
type entry struct {
	key, value *yaml.Node
	index      int
}

func find(node *yaml.Node, key string) (entry, bool) {
	if node == nil || node.Kind != yaml.MappingNode {
		return entry{}, false
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return entry{node.Content[i], node.Content[i+1], i}, true
		}
	}
	return entry{}, false
}

func isFlow(node *yaml.Node) bool { return node.Style&yaml.FlowStyle != 0 }

// set writes key: value into a mapping, in place of what stands there or behind its last key. value is YAML on one line.
func (t *text) set(mapping *yaml.Node, key, value string) error {
	if e, ok := find(mapping, key); ok {
		if e.value.Kind != yaml.ScalarNode && !isFlow(e.value) {
			return t.replaceBlock(e, value)
		}
		return t.replaceScalar(e.value, value)
	}
	if len(mapping.Content) == 0 {
		from, to, err := t.extent(mapping)
		if err != nil {
			return err
		}
		line := t.lines[mapping.Line-1]
		t.lines[mapping.Line-1] = line[:from] + "{ " + key + ": " + value + " }" + line[to:]
		return nil
	}
	if isFlow(mapping) {
		from, to, err := t.extent(mapping)
		if err != nil {
			return err
		}
		line := t.lines[mapping.Line-1]
		inner := strings.TrimRight(line[from:to-1], " ,")
		t.lines[mapping.Line-1] = line[:from] + inner + ", " + key + ": " + value + closing(line[from:to]) + line[to:]
		return nil
	}
	first := mapping.Content[0]
	indent := first.Column - 1
	t.insertLines(t.lastOf(mapping), []string{strings.Repeat(" ", indent) + key + ": " + value})
	return nil
}

// closing is the end of a flow collection, with the space before it where there was one.
func closing(flow string) string {
	if strings.HasSuffix(flow, " }") {
		return " }"
	}
	return "}"
}

// lastOf is the last line of a block mapping.
func (t *text) lastOf(mapping *yaml.Node) int {
	last := len(mapping.Content) - 2
	return t.entryEnd(entry{mapping.Content[last], mapping.Content[last+1], last})
}

// entryEnd is the last line of a key's block.
func (t *text) entryEnd(e entry) int {
	return t.blockEnd(e.key.Line, e.key.Column-1, e.value.Kind == yaml.SequenceNode && e.value.Column == e.key.Column)
}

// replaceBlock puts a value on one line in place of a block.
func (t *text) replaceBlock(e entry, value string) error {
	line := t.lines[e.key.Line-1]
	colon := strings.Index(line[byteColumn(line, e.key.Column):], ":")
	if colon < 0 || e.value.Line == e.key.Line {
		return fmt.Errorf("%s:%d: %s is written in a way that must be changed by hand", t.file, e.key.Line, e.key.Value)
	}
	end := t.entryEnd(e)
	if end > e.key.Line {
		t.deleteLines(e.key.Line+1, end)
	}
	t.lines[e.key.Line-1] = line[:byteColumn(line, e.key.Column)+colon+1] + " " + value
	return nil
}

// remove takes a key out of a mapping.
func (t *text) remove(mapping *yaml.Node, key string) error {
	e, ok := find(mapping, key)
	if !ok {
		return fmt.Errorf("%s:%d: there is no %s to remove", t.file, mapping.Line, key)
	}
	if !isFlow(mapping) {
		if len(mapping.Content) == 2 {
			return fmt.Errorf("%s:%d: %s is the only key here; remove what holds it by hand", t.file, e.key.Line, key)
		}
		if e.index == 0 && strings.HasPrefix(strings.TrimLeft(t.lines[e.key.Line-1], " "), "- ") {
			return fmt.Errorf("%s:%d: %s stands on the line of a list's dash; remove it by hand", t.file, e.key.Line, key)
		}
		t.deleteLines(e.key.Line, t.entryEnd(e))
		return nil
	}
	from, to, err := t.extent(mapping)
	if err != nil {
		return err
	}
	line := t.lines[mapping.Line-1]
	start := byteColumn(line, e.key.Column)
	switch {
	case e.index+2 < len(mapping.Content): // up to the next key
		end := byteColumn(line, mapping.Content[e.index+2].Column)
		t.lines[mapping.Line-1] = line[:start] + line[end:]
	case e.index > 0: // from the comma before
		comma := strings.LastIndexByte(line[from:start], ',') + from
		t.lines[mapping.Line-1] = line[:comma] + closing(line[from:to]) + line[to:]
	default:
		t.lines[mapping.Line-1] = line[:from] + "{}" + line[to:]
	}
	return nil
}

// setList writes a list of texts, or takes it out where none are left.
func (t *text) setList(mapping *yaml.Node, key string, values []string) error {
	if len(values) == 0 {
		if _, ok := find(mapping, key); !ok {
			return nil
		}
		return t.remove(mapping, key)
	}
	written := make([]string, len(values))
	for i, value := range values {
		written[i] = scalar(value, "string")
	}
	return t.setItems(mapping, key, written)
}

// scalar writes a canonical value as YAML on one line: a text only as plain as it stays one.
func scalar(value, kind string) string {
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
	return plainOrQuoted(value)
}

// plainOrQuoted writes a text for a flow or block context, in quotes where it could be read as something else.
func plainOrQuoted(value string) string {
	out, err := yaml.Marshal([]yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}})
	plain := strings.TrimSuffix(strings.TrimPrefix(string(out), "- "), "\n")
	if err != nil || strings.ContainsAny(plain, "\n") || strings.ContainsAny(value, ",[]{}#") && !strings.HasPrefix(plain, `"`) && !strings.HasPrefix(plain, "'") {
		node := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle}
		out, _ := yaml.Marshal(&node)
		return strings.ReplaceAll(strings.TrimSuffix(string(out), "\n"), "\n", `\n`)
	}
	return plain
}
