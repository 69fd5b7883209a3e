package oas

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// anchor returns the place of an $anchor in a file that has been read.
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

// collectAnchors collects the anchors in a node. Those in a schema with an $id belong to that schema and not to the file,
// and examples and the like are data. names reports whether the keys of the node are names, such as those of properties, and
// not keywords.
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

// pointTo replaces the anchors in references to a file by JSON pointers, since kin-openapi follows only these. It reports
// whether there were any, including in an earlier call.
func (d *Documents) pointTo(file string) bool {
	if replaced, isDone := d.pointed[file]; isDone {
		return replaced
	}
	refs := anchorRefs(nil, d.roots[file])
	d.pointed[file] = len(refs) > 0
	for _, ref := range refs {
		if at, err := d.Resolve(file, ref.Value); err == nil {
			path, _, _ := strings.Cut(ref.Value, "#")
			ref.Value = path + "#" + fragment(at.Pointer)
		}
	}
	return len(refs) > 0
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
	_, pointer := SplitRef(ref)
	return pointer != "" && !strings.HasPrefix(pointer, "/")
}

// fragment returns a pointer in the form of a reference, without characters that end a string in JSON or YAML.
func fragment(pointer string) string {
	return strings.ReplaceAll(url.PathEscape(pointer), "%2F", "/")
}
