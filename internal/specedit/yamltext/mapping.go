package yamltext

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Entry is a key of a mapping with its value, at their positions in the text.
type Entry struct {
	Key, Value *yaml.Node
	index      int
}

// Find returns a key in the mapping itself, not one that << merges in.
func Find(node *yaml.Node, key string) (Entry, bool) {
	if node = oas.Dealias(node); node == nil || node.Kind != yaml.MappingNode {
		return Entry{}, false
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return Entry{node.Content[i], node.Content[i+1], i}, true
		}
	}
	return Entry{}, false
}

// IsFlow reports whether a mapping or list is written as { } or [ ].
func IsFlow(node *yaml.Node) bool { return node.Style&yaml.FlowStyle != 0 }

// Set sets the value of a key, or adds the key after the last one. value is YAML on one line.
func (d *Document) Set(mapping *yaml.Node, key, value string) error {
	if e, ok := Find(mapping, key); ok {
		if e.Value.Kind != yaml.ScalarNode && e.Value.Kind != yaml.AliasNode && !IsFlow(e.Value) {
			return d.replaceBlock(e, value)
		}
		return d.Replace(e.Value, value)
	}
	if len(mapping.Content) > 0 && !IsFlow(mapping) {
		indent := mapping.Content[0].Column - 1
		d.InsertLines(d.LastLine(mapping), []string{strings.Repeat(" ", indent) + key + ": " + value})
		return nil
	}
	from, to, err := d.extent(mapping)
	if err != nil {
		return err
	}
	if len(mapping.Content) == 0 {
		d.splice(mapping, from, to, "{ "+key+": "+value+" }")
		return nil
	}
	flow := d.line(mapping)[from:to]
	inner := strings.TrimRight(flow[:len(flow)-1], " ,")
	d.splice(mapping, from, to, inner+", "+key+": "+value+closing(flow))
	return nil
}

// closing returns the closing bracket of a flow mapping, with the space before it if there is one.
func closing(flow string) string {
	if strings.HasSuffix(flow, " }") {
		return " }"
	}
	return "}"
}

// LastLine returns the last line of a block mapping.
func (d *Document) LastLine(mapping *yaml.Node) int {
	last := len(mapping.Content) - 2
	return d.EndOf(Entry{mapping.Content[last], mapping.Content[last+1], last})
}

// EndOf returns the last line of a key's block.
func (d *Document) EndOf(e Entry) int {
	return d.BlockEnd(e.Key.Line, e.Key.Column-1, e.Value.Kind == yaml.SequenceNode && e.Value.Column == e.Key.Column)
}

// replaceBlock replaces a block by a value on one line.
func (d *Document) replaceBlock(e Entry, value string) error {
	line := d.line(e.Key)
	colon := strings.Index(line[byteColumn(line, e.Key.Column):], ":")
	if colon < 0 || e.Value.Line == e.Key.Line {
		return fmt.Errorf("%s:%d: %s is written in a way that must be changed by hand", d.File(), e.Key.Line, e.Key.Value)
	}
	end := d.EndOf(e)
	if end > e.Key.Line {
		d.DeleteLines(e.Key.Line+1, end)
	}
	d.lines[e.Key.Line-1] = line[:byteColumn(line, e.Key.Column)+colon+1] + " " + value
	return nil
}

// Remove removes a key from a mapping.
func (d *Document) Remove(mapping *yaml.Node, key string) error {
	e, ok := Find(mapping, key)
	if !ok {
		return fmt.Errorf("%s:%d: this has no %s of its own that could be removed; change it by hand", d.File(), mapping.Line, key)
	}
	if !IsFlow(mapping) {
		if len(mapping.Content) == 2 {
			return fmt.Errorf("%s:%d: %s is the only key here; remove the mapping by hand", d.File(), e.Key.Line, key)
		}
		if e.index == 0 && strings.HasPrefix(strings.TrimLeft(d.line(e.Key), " "), "- ") {
			return fmt.Errorf("%s:%d: %s is on the line of a list's dash; remove it by hand", d.File(), e.Key.Line, key)
		}
		d.DeleteLines(e.Key.Line, d.EndOf(e))
		return nil
	}
	from, to, err := d.extent(mapping)
	if err != nil {
		return err
	}
	line := d.line(mapping)
	start := byteColumn(line, e.Key.Column)
	switch {
	case e.index+2 < len(mapping.Content): // up to the next key
		d.splice(mapping, start, byteColumn(line, mapping.Content[e.index+2].Column), "")
	case e.index > 0: // from the comma before
		comma := strings.LastIndexByte(line[from:start], ',') + from
		d.splice(mapping, comma, to, closing(line[from:to]))
	default:
		d.splice(mapping, from, to, "{}")
	}
	return nil
}
