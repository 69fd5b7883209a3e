package facts

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// maxSchemas is the largest number of schemas read in one document, with all references followed.
const maxSchemas = 100_000

// schema reads a schema and everything in it. Several parts of an allOf can each have a schema for a place, and all of them
// apply. The stack contains the schemas being read, so that recursion ends.
func (r *reader) schema(place Place, stack []*yaml.Node, depth int, nodes ...*yaml.Node) {
	nodes = slices.DeleteFunc(slices.Clone(nodes), func(node *yaml.Node) bool { return node == nil })
	if len(nodes) == 0 || r.err != nil {
		return
	}
	if r.nodes++; r.nodes > maxSchemas || depth > oas.MaxDepth {
		r.fail(r.docs.ErrorAt(nodes[0], "the schemas of the document are nested deeper than %d levels, or are more than %d with all references followed", oas.MaxDepth, maxSchemas))
		return
	}
	parts, within, recursive := r.merge(stack, nodes...)
	if recursive {
		r.op.Add(place, Type, "object", r.pos(nodes[0]))
		return
	}
	for _, node := range nodes {
		if isFalse(node) { // no value matches it
			r.op.Add(place, "not", "{}", r.pos(node))
		}
	}
	s := schemaParts(parts)
	union := s.union()
	r.schemaType(place, s, union != "")
	for _, aspect := range append([]Aspect{Format}, Constraints...) {
		if value := s.get(string(aspect)); value != nil && value.Kind == yaml.ScalarNode && !isFalse(value) {
			r.op.Add(place, aspect, r.canonical(value), r.pos(value))
		}
	}
	r.flag(place, Nullable, s.get("nullable"))
	if !place.isParamRoot() {
		r.flag(place, Deprecated, s.get("deprecated"))
		r.prose(place, Text, s.get("description"), s.get("x-text"))
	}
	isVariant := place.Last().Kind == StepVariant
	if title := s.get("title"); oas.Text(title) != "" && (isVariant || s.get("x-uncertain") != nil) { // a title that the page showed as a label is uncertain
		r.op.Add(place, Title, oas.Text(title), r.pos(title))
	} else if ref := oas.Ref(nodes[0]); title == nil && ref != nil && isVariant { // the documentation's renderer uses this name
		r.op.Add(place, Title, ref.Value[strings.LastIndexByte(ref.Value, '/')+1:], r.pos(ref))
	}
	if enum := s.get("enum"); enum != nil && enum.Kind == yaml.SequenceNode {
		values := make([]string, len(enum.Content))
		for i, value := range enum.Content {
			values[i] = r.canonical(value)
		}
		r.op.Add(place, Enum, CompactJSON(values), r.pos(enum))
	}
	if value := s.get("default"); value != nil {
		r.op.Add(place, Default, r.canonical(value), r.pos(value))
	}
	for _, part := range parts {
		r.deviations(place, part)
		r.examples(place, part)
	}
	if reason := s.get("x-uncertain"); reason != nil {
		r.op.Add(place, Uncertain, oas.Text(reason), r.pos(reason))
	}
	r.schemaKeywords(place, s, union)
	r.children(place, s, within, union, depth)
}

func (r *reader) schemaType(place Place, s schemaParts, isUnion bool) {
	kind := s.get("type")
	switch {
	case kind != nil && kind.Kind == yaml.SequenceNode: // OpenAPI 3.1: [string, "null"]
		names := oas.Texts(kind)
		if i := slices.Index(names, "null"); i >= 0 && len(names) > 1 {
			names = slices.Delete(names, i, i+1)
			r.op.Add(place, Nullable, "true", r.pos(kind))
		}
		if len(names) > 0 && !isUnion {
			r.op.Add(place, Type, strings.Join(names, " | "), r.pos(kind))
		}
	case isUnion:
		// The variants of a union state its types.
	case oas.Text(kind) == "any":
		// Not an OpenAPI type; it means the same as no type.
	case oas.Text(kind) != "":
		r.op.Add(place, Type, oas.Text(kind), r.pos(kind))
	case !r.fromPage:
	case s.get("items") != nil:
		r.op.Add(place, Type, "array", r.pos(s.get("items")))
	case s.get("properties") != nil || s.get("additionalProperties") != nil:
		r.op.Add(place, Type, "object", r.pos(s[0]))
	}
}

// children reads what is inside a schema: properties, map values, items, variants.
//
// The content of a part is read with the schemas that contain this part; the other parts of an allOf do not contain it.
func (r *reader) children(place Place, s schemaParts, within map[*yaml.Node][]*yaml.Node, union string, depth int) {
	required := map[string]*yaml.Node{}
	for _, part := range s {
		if list := oas.Child(part, "required"); list != nil && list.Kind == yaml.SequenceNode {
			for _, name := range list.Content {
				required[name.Value] = name
			}
		}
	}
	var names []*yaml.Node
	properties, around := map[string][]*yaml.Node{}, map[string][]*yaml.Node{}
	for _, part := range s {
		for name, property := range oas.Pairs(oas.Child(part, "properties")) {
			if properties[name.Value] == nil {
				names = append(names, name)
			}
			properties[name.Value] = append(properties[name.Value], property)
			around[name.Value] = append(around[name.Value], within[part]...)
		}
	}
	for _, name := range names {
		if r.hidden(place, properties[name.Value]) {
			continue
		}
		at := place.Property(name.Value)
		r.op.Add(at, Present, "true", r.pos(name))
		if mark := required[name.Value]; mark != nil {
			r.op.Add(at, Required, "true", r.pos(mark))
			if slices.ContainsFunc(properties[name.Value], r.isComposed) {
				r.op.Add(at, Composed, "true", r.pos(name))
			}
		}
		r.schema(at, around[name.Value], depth+1, properties[name.Value]...)
	}
	others := slices.Sorted(maps.Keys(required))
	others = slices.DeleteFunc(others, func(name string) bool { return properties[name] != nil })
	if _, part := s.find("additionalProperties"); part == nil && len(names) > 0 && union == "" && place.Last().Kind != StepVariant && !r.fromPage {
		for _, name := range others { // an error in the document: there is no such property
			r.op.Add(place.Property(name), Required, "true", r.pos(required[name]))
		}
	} else if len(others) > 0 {
		r.op.Add(place, otherRequired, CompactJSON(others), r.pos(required[others[0]]))
	}
	if values, part := s.find("additionalProperties"); values != nil && (values.Kind == yaml.MappingNode || isCircular(values)) {
		r.op.Add(place.Values(), Present, "true", r.pos(values))
		r.schema(place.Values(), within[part], depth+1, values)
	} else if oas.IsTrue(values) {
		r.op.Add(place.Values(), Present, "true", r.pos(values))
	}
	if items, part := s.find("items"); items != nil {
		r.schema(place.Items(), within[part], depth+1, items)
	}
	if union != "" {
		variants, part := s.find(union)
		r.op.Add(place, Union, union, r.pos(variants))
		for i, variant := range variants.Content {
			r.op.Add(place.Variant(i), Present, "true", r.pos(variant))
			r.schema(place.Variant(i), within[part], depth+1, variant)
		}
	}
}

// merge collects the parts of schemas: the schemas, the targets of their references, and the parts of every allOf. The first
// part with a key decides, so keys next to a reference take precedence over those of its target. within has, for each part,
// the schemas it is in.
func (r *reader) merge(stack []*yaml.Node, nodes ...*yaml.Node) (parts []*yaml.Node, within map[*yaml.Node][]*yaml.Node, recursive bool) {
	within = map[*yaml.Node][]*yaml.Node{}
	var follow func(node *yaml.Node, stack []*yaml.Node, depth int)
	follow = func(node *yaml.Node, stack []*yaml.Node, depth int) {
		node = oas.Dealias(node)
		if isCircular(node) {
			recursive = true
			return
		}
		if node == nil || node.Kind != yaml.MappingNode || depth > oas.MaxDepth || within[node] != nil {
			return
		}
		if slices.Contains(stack, node) {
			recursive = true
			return
		}
		stack = append(slices.Clip(stack), node)
		parts, within[node] = append(parts, node), stack
		if ref := oas.Ref(node); ref != nil {
			if _, err := r.docs.Target(node); err != nil { // no target, or a circle of references
				r.fail(err)
				return
			}
			target, _ := r.docs.Follow(ref)
			follow(target, stack, depth+1)
		}
		if all := oas.Child(node, "allOf"); all != nil && all.Kind == yaml.SequenceNode {
			for _, part := range all.Content {
				follow(part, stack, depth+1)
			}
		}
	}
	for _, node := range nodes {
		follow(node, stack, 0)
	}
	return parts, within, recursive
}

// isComposed reports whether a schema, or the target of its reference, is an allOf.
func (r *reader) isComposed(node *yaml.Node) bool {
	target, err := r.docs.Target(node)
	return err == nil && (oas.Child(target, "allOf") != nil || oas.IsTrue(oas.Child(target, "x-composed")))
}

// isCircular reports whether a node is what the documentation's renderer writes for a recursive schema: "circular(Name)".
func isCircular(node *yaml.Node) bool {
	return strings.HasPrefix(oas.Text(node), "circular(")
}

type schemaParts []*yaml.Node

// get returns the value of a key in the first part that has it.
func (s schemaParts) get(key string) *yaml.Node {
	value, _ := s.find(key)
	return value
}

// find is like get, and also returns the part.
func (s schemaParts) find(key string) (value, part *yaml.Node) {
	for _, part := range s {
		if value := oas.Child(part, key); value != nil {
			return value, part
		}
	}
	return nil, nil
}

func (s schemaParts) union() string {
	for _, kind := range []string{"oneOf", "anyOf"} {
		if list := s.get(kind); list != nil && list.Kind == yaml.SequenceNode && len(list.Content) > 0 {
			return kind
		}
	}
	return ""
}

// isParamRoot reports whether the place is a parameter or response header itself, whose prose is outside its schema.
func (p Place) isParamRoot() bool {
	return p.Last().Kind == StepHeader || p.IsParam() && p.Parent() == ""
}

// hidden reports whether a property does not belong here: a read-only one in a request, a write-only one in a response.
func (r *reader) hidden(place Place, property []*yaml.Node) bool {
	flag := "writeOnly"
	if strings.HasPrefix(string(place), "body") {
		flag = "readOnly"
	}
	parts, _, _ := r.merge(nil, property...)
	return oas.IsTrue(schemaParts(parts).get(flag))
}
