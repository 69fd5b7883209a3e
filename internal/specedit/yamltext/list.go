package yamltext

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// SetTexts writes a list of strings, or removes the key if there are none.
func (d *Document) SetTexts(mapping *yaml.Node, key string, values []string) error {
	if len(values) == 0 {
		if _, ok := Find(mapping, key); !ok {
			return nil
		}
		return d.Remove(mapping, key)
	}
	written := make([]string, len(values))
	for i, value := range values {
		written[i] = Scalar(value, "string")
	}
	return d.SetItems(mapping, key, written)
}

// SetItems writes the items of a list, each as YAML on one line. If each item of the list has its own line, existing items
// keep their lines and comments.
func (d *Document) SetItems(mapping *yaml.Node, key string, items []string) error {
	e, ok := Find(mapping, key)
	if ok && e.Value.Kind == yaml.SequenceNode && !IsFlow(e.Value) && !slices.ContainsFunc(e.Value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode }) {
		d.setLines(e, items)
		return nil
	}
	return d.Set(mapping, key, "["+strings.Join(items, ", ")+"]")
}

// Item returns the first and last line of an item of a block list. The dash can be on an earlier line than the item.
func (d *Document) Item(list, item *yaml.Node) (first, last int) {
	indent := list.Column - 1
	first = item.Line
	for first > list.Line && !(len(d.lines[first-1]) > indent && strings.TrimLeft(d.lines[first-1][:indent], " ") == "" && d.lines[first-1][indent] == '-') {
		first--
	}
	return first, d.BlockEnd(item.Line, indent, false)
}

// setLines replaces the items of a block list.
func (d *Document) setLines(e Entry, items []string) {
	indent := e.Value.Column - 1
	chunks := make([][]string, len(e.Value.Content)) // each with the comments above it
	from := e.Key.Line
	for i, item := range e.Value.Content {
		to := d.BlockEnd(item.Line, indent, false)
		chunks[i], from = d.lines[from:to], to
	}
	var lines []string
	for _, text := range items {
		says := valueOf(text)
		i := -1
		for j, item := range e.Value.Content {
			if i < 0 && item.Value == says && chunks[j] != nil {
				i = j
			}
		}
		if i < 0 {
			lines = append(lines, strings.Repeat(" ", indent)+"- "+text)
			continue
		}
		lines, chunks[i] = append(lines, chunks[i]...), nil
	}
	d.lines = slices.Concat(d.lines[:e.Key.Line], lines, d.lines[from:])
}
