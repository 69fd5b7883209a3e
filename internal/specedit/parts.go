package specedit

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// find returns a key of a mapping, including one that << merges in.
func find(node *yaml.Node, key string) (yamltext.Entry, bool) {
	if e, ok := yamltext.Find(node, key); ok {
		return e, true
	}
	for _, source := range oas.Merged(node) {
		if e, ok := find(source, key); ok {
			return e, true
		}
	}
	return yamltext.Entry{}, false
}

// parts lists the mappings that a schema consists of, in the order in which package facts reads them: itself, what << merges
// in, and the parts of its allOf, with references followed. Mappings in other files are left out.
func (d *draft) parts(schema *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	var add func(*yaml.Node)
	add = func(node *yaml.Node) {
		node = d.Target(node)
		if node == nil || node.Kind != yaml.MappingNode || slices.Contains(out, node) {
			return
		}
		out = append(out, node)
		for _, source := range oas.Merged(node) {
			add(source)
		}
		if all, ok := yamltext.Find(node, "allOf"); ok && all.Value.Kind == yaml.SequenceNode {
			for _, part := range all.Value.Content {
				add(part)
			}
		}
	}
	add(schema)
	return out
}

// partWith returns the part of a schema that contains a key, or the schema itself. A key that << merges in is overridden in
// the schema, and not changed where it is defined.
func (d *draft) partWith(schema *yaml.Node, key string) *yaml.Node {
	for _, part := range d.parts(schema) {
		if _, ok := yamltext.Find(part, key); ok && !slices.Contains(oas.Merged(schema), part) {
			return part
		}
	}
	return schema
}

// partForMore returns the part of a schema that a new property is added to: the last part with properties that is not a
// reference, otherwise the first with properties, otherwise the schema itself.
func (d *draft) partForMore(schema *yaml.Node) *yaml.Node {
	has := func(node *yaml.Node) bool { _, ok := yamltext.Find(node, "properties"); return ok }
	if has(schema) {
		return schema
	}
	if all, ok := yamltext.Find(schema, "allOf"); ok && all.Value.Kind == yaml.SequenceNode {
		for _, part := range slices.Backward(all.Value.Content) {
			if part.Kind == yaml.MappingNode && has(part) {
				return part
			}
		}
	}
	for _, part := range d.parts(schema) {
		if has(part) {
			return part
		}
	}
	return schema
}
