package oas

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// anchor is the place of an $anchor of a file that was read.
func (d *Documents) anchor(file, name string) (Place, error) {
	places, known := d.anchors[file]
	if !known {
		places = map[string][]Place{}
		collectAnchors(places, d.roots[file], Place{File: file}, false)
		d.anchors[file] = places
	}
	switch found := places[name]; len(found) {
	case 0:
		return Place{}, fmt.Errorf("is neither a JSON pointer, such as #/components/schemas/Name, nor an $anchor of %s", Printable(file))
	case 1:
		return found[0], nil
	default:
		return Place{}, fmt.Errorf("is the $anchor of two schemas, in lines %d and %d", d.Line(found[0].At("$anchor")), d.Line(found[1].At("$anchor")))
	}
}

// collectAnchors gathers the anchors in a node, but for those in a schema with an $id, which belong to that and not to the file.
// What stands in examples and the like is data. In a mapping of names every key is a name.
func collectAnchors(places map[string][]Place, node *yaml.Node, at Place, names bool) {
	switch {
	case node.Kind == yaml.SequenceNode:
		for i, item := range node.Content {
			collectAnchors(places, item, at.Index(i), false)
		}
	case node.Kind != yaml.MappingNode, at.Pointer != "" && !names && Text(Child(node, "$id")) != "":
	default:
		for k, value := range Own(node) {
			key := k.Value
			switch {
			case names:
			case (key == "$anchor" || key == "$dynamicAnchor") && Text(value) != "":
				places[value.Value] = append(places[value.Value], at)
			case slices.Contains([]string{"example", "examples", "default", "enum", "const"}, key), strings.HasPrefix(key, "x-"):
				continue
			}
			collectAnchors(places, value, at.At(key), !names && slices.Contains([]string{"properties", "schemas", "$defs"}, key))
		}
	}
}

// WithPointers is a file that was read, as readers need it that follow JSON pointers alone: a reference to an $anchor has the
// pointer in its place. The lines stay.
func (d *Documents) WithPointers(file string) []byte {
	data := bytes.TrimPrefix(d.data[file], byteOrderMark)
	if d.roots[file] == nil || !bytes.Contains(data, []byte("$ref")) {
		return data
	}
	var out []byte
	done, line, column := 0, 1, 1
	refs := anchorRefs(nil, d.roots[file])
	slices.SortFunc(refs, func(a, b *yaml.Node) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	refs = slices.Compact(refs) // a merged mapping holds those of its source
	for i := 0; i < len(data) && len(refs) > 0; {
		if line == refs[0].Line && column == refs[0].Column {
			begin := i + bytes.IndexByte(data[i:], refs[0].Value[0])
			if at, err := d.Resolve(file, refs[0].Value); err == nil && begin >= i && bytes.HasPrefix(data[begin:], []byte(refs[0].Value)) {
				path, _, _ := strings.Cut(refs[0].Value, "#")
				out = append(append(out, data[done:begin]...), path+"#"+fragment(at.Pointer)...)
				done = begin + len(refs[0].Value)
			}
			refs = refs[1:]
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if i, column = i+size, column+1; r == '\n' {
			line, column = line+1, 1
		}
	}
	return append(out, data[done:]...)
}

// anchorRefs appends the references to anchors in a node.
func anchorRefs(refs []*yaml.Node, node *yaml.Node) []*yaml.Node {
	if node.Kind == yaml.MappingNode {
		if ref := Ref(node); ref != nil && isAnchor(ref.Value) {
			refs = append(refs, ref)
		}
	}
	for _, inner := range node.Content {
		refs = anchorRefs(refs, inner)
	}
	return refs
}

// isAnchor reports whether a reference names an anchor.
func isAnchor(ref string) bool {
	_, fragment, _ := strings.Cut(ref, "#")
	return fragment != "" && !strings.HasPrefix(unescapePercent(fragment), "/")
}

// fragment is a pointer as a reference has it, with no character that would end a text of JSON or YAML.
func fragment(pointer string) string {
	return strings.ReplaceAll(url.PathEscape(pointer), "%2F", "/")
}
