package facts

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// schema reads a schema and all below it. The stack holds the schemas that are being read, so that a recursive one ends.
func (r *reader) schema(place Place, node *yaml.Node, stack []*yaml.Node, depth int) {
	if node == nil || r.err != nil {
		return
	}
	if r.nodes++; r.nodes > maxNodes || depth > maxDepth {
		r.fail(node, "the schema is nested deeper than %d levels, or larger than %d nodes", maxDepth, maxNodes)
		return
	}
	parts, stack, recursive := r.merge(node, stack, 0)
	if recursive {
		r.op.Add(place, Type, "object", r.pos(node))
		return
	}
	s := schemaParts(parts)
	union, variants := s.union()
	r.schemaType(place, s, union != "")
	for _, aspect := range append([]Aspect{Format}, Constraints...) {
		if value := s.get(string(aspect)); value != nil && value.Kind == yaml.ScalarNode {
			r.op.Add(place, aspect, canonicalNode(value), r.pos(value))
		}
	}
	r.flag(place, Nullable, s.get("nullable"))
	if !place.isParamRoot() {
		r.flag(place, Deprecated, s.get("deprecated"))
		r.prose(place, Text, s.get("description"), s.get("x-text"))
	}
	if title := s.get("title"); title != nil && place.isVariant() {
		r.op.Add(place, Title, text(title), r.pos(title))
	}
	if enum := s.get("enum"); enum != nil && enum.Kind == yaml.SequenceNode {
		values := make([]string, len(enum.Content))
		for i, value := range enum.Content {
			values[i] = canonicalNode(value)
		}
		r.op.Add(place, Enum, CompactJSON(values), r.pos(enum))
	}
	if value := s.get("default"); value != nil {
		r.op.Add(place, Default, canonicalNode(value), r.pos(value))
	}
	for _, part := range parts {
		r.deviations(place, part)
		r.examples(place, part)
	}
	if reason := s.get("x-uncertain"); reason != nil {
		r.op.Add(place, Uncertain, text(reason), r.pos(reason))
	}
	r.children(place, s, union, variants, stack, depth)
}

func (r *reader) schemaType(place Place, s schemaParts, isUnion bool) {
	kind := s.get("type")
	switch {
	case kind != nil && kind.Kind == yaml.SequenceNode: // OpenAPI 3.1: [string, "null"]
		names := slices.DeleteFunc(texts(kind), func(name string) bool { return name == "null" })
		if len(names) < len(kind.Content) {
			r.op.Add(place, Nullable, "true", r.pos(kind))
		}
		if len(names) > 0 && !isUnion {
			r.op.Add(place, Type, strings.Join(names, " | "), r.pos(kind))
		}
	case isUnion:
		// What a union is, its variants say.
	case text(kind) == "any":
		// Not a type of OpenAPI; it means the same as none.
	case text(kind) != "":
		r.op.Add(place, Type, text(kind), r.pos(kind))
	case s.get("items") != nil:
		r.op.Add(place, Type, "array", r.pos(s.get("items")))
	case s.get("properties") != nil || s.get("additionalProperties") != nil:
		r.op.Add(place, Type, "object", r.pos(s[0]))
	}
}

// children reads what is inside a schema: properties, map values, items, variants.
func (r *reader) children(place Place, s schemaParts, union string, variants *yaml.Node, stack []*yaml.Node, depth int) {
	required := map[string]*yaml.Node{}
	for _, part := range s {
		if list := child(part, "required"); list != nil && list.Kind == yaml.SequenceNode {
			for _, name := range list.Content {
				required[name.Value] = name
			}
		}
	}
	seen := map[string]bool{}
	for _, part := range s {
		pairs(child(part, "properties"), func(name, property *yaml.Node) {
			if seen[name.Value] {
				return
			}
			seen[name.Value] = true
			if r.hidden(place, property) {
				return
			}
			at := place.Property(name.Value)
			r.op.Add(at, Present, "true", r.pos(name))
			if mark := required[name.Value]; mark != nil {
				r.op.Add(at, Required, "true", r.pos(mark))
			}
			r.schema(at, property, stack, depth+1)
		})
	}
	if values := s.get("additionalProperties"); values != nil && values.Kind == yaml.MappingNode {
		r.op.Add(place.Values(), Present, "true", r.pos(values))
		r.schema(place.Values(), values, stack, depth+1)
	} else if isTrue(values) {
		r.op.Add(place.Values(), Present, "true", r.pos(values))
	}
	if items := s.get("items"); items != nil {
		r.schema(place.Items(), items, stack, depth+1)
	}
	if union != "" {
		r.op.Add(place, Union, union, r.pos(variants))
		for i, variant := range variants.Content {
			r.op.Add(place.Variant(i), Present, "true", r.pos(variant))
			r.schema(place.Variant(i), variant, stack, depth+1)
		}
	}
}

// merge collects the parts of a schema: itself, what it refers to, and all of its allOf. The first part that has a key
// decides, so that keys beside a reference win over those behind it.
func (r *reader) merge(node *yaml.Node, stack []*yaml.Node, depth int) (parts, within []*yaml.Node, recursive bool) {
	node = dealias(node)
	if node == nil || node.Kind != yaml.MappingNode || depth > maxDepth {
		return nil, stack, false
	}
	if slices.Contains(stack, node) {
		return nil, stack, true
	}
	stack = append(slices.Clip(stack), node)
	parts = append(parts, node)
	follow := func(next *yaml.Node) {
		more, deeper, again := r.merge(next, stack, depth+1)
		parts, stack, recursive = append(parts, more...), deeper, recursive || again
	}
	if ref := child(node, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode {
		target, ok := r.lookup(ref.Value)
		if !ok {
			r.fail(ref, "the reference %s leads nowhere", ref.Value)
			return parts, stack, false
		}
		follow(target)
	}
	if all := child(node, "allOf"); all != nil && all.Kind == yaml.SequenceNode {
		for _, part := range all.Content {
			if part.Kind == yaml.ScalarNode { // the renderer writes "circular(Name)" for a schema inside itself
				return parts, stack, true
			}
			follow(part)
		}
	}
	return parts, stack, recursive
}

type schemaParts []*yaml.Node

// get finds a key in the first part that has it.
func (s schemaParts) get(key string) *yaml.Node {
	for _, part := range s {
		if value := child(part, key); value != nil {
			return value
		}
	}
	return nil
}

func (s schemaParts) union() (kind string, variants *yaml.Node) {
	for _, kind := range []string{"oneOf", "anyOf"} {
		if list := s.get(kind); list != nil && list.Kind == yaml.SequenceNode && len(list.Content) > 0 {
			return kind, list
		}
	}
	return "", nil
}

// isParamRoot reports whether the place is a parameter or response header itself, whose prose stands outside its schema.
func (p Place) isParamRoot() bool {
	steps, err := p.Steps()
	if err != nil {
		return false
	}
	last := steps[len(steps)-1].Kind
	return last == StepHeader || p.IsParam() && len(steps) == 2
}

func (p Place) isVariant() bool {
	steps, err := p.Steps()
	return err == nil && steps[len(steps)-1].Kind == StepVariant
}

// hidden: what is read only has no place in a request, what is written only none in a response.
func (r *reader) hidden(place Place, property *yaml.Node) bool {
	flag := "writeOnly"
	if strings.HasPrefix(string(place), "body") {
		flag = "readOnly"
	}
	parts, _, _ := r.merge(property, nil, 0)
	return isTrue(schemaParts(parts).get(flag))
}
