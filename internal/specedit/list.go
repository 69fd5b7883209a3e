package specedit

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// setItems writes the items of a list, each as YAML on one line. A list that has a line for each item keeps those lines, with
// their comments, as far as the items stay.
func (t *text) setItems(mapping *yaml.Node, key string, items []string) error {
	e, ok := find(mapping, key)
	if ok && e.value.Kind == yaml.SequenceNode && !isFlow(e.value) && !slices.ContainsFunc(e.value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode }) {
		t.relist(e, items)
		return nil
	}
	return t.set(mapping, key, "["+strings.Join(items, ", ")+"]")
}

// relist puts the items of a block list in place of those that are there.
func (t *text) relist(e entry, items []string) {
	indent := e.value.Column - 1
	chunks := make([][]string, len(e.value.Content)) // each with the comments above it
	from := e.key.Line
	for i, item := range e.value.Content {
		to := t.blockEnd(item.Line, indent, false)
		chunks[i], from = t.lines[from:to], to
	}
	var lines []string
	for _, text := range items {
		says := plainValue(text)
		i := -1
		for j, item := range e.value.Content {
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
	t.lines = slices.Concat(t.lines[:e.key.Line], lines, t.lines[from:])
}

// plainValue is what a scalar written as YAML says.
func plainValue(text string) string {
	var node yaml.Node
	if yaml.Unmarshal([]byte(text), &node) != nil || len(node.Content) != 1 {
		return text
	}
	return node.Content[0].Value
}
