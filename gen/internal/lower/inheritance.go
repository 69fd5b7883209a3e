package lower

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// findFamilies finds the children of each component that has a discriminator but no choices of its own: the components that
// have it in an allOf, at any depth, and those that its mapping names. As a value, such a component is a union of its
// children; as a member of an allOf, it is a plain object.
func (l *lowering) findFamilies() {
	if l.OpenAPI.Components == nil {
		return
	}
	all := l.OpenAPI.Components.Schemas
	root := oas.Place{File: l.File(), Pointer: "/components/schemas"}
	add := func(parent *openapi3.Schema, name string) {
		child := all[name]
		known := func(n node) bool { return n.schema() == child.Value }
		if child == nil || child.Value == nil || child.Value == parent || child.Ref != "" || slices.ContainsFunc(l.children[parent], known) {
			return
		}
		ref := "#/components/schemas/" + name
		l.children[parent] = append(l.children[parent], node{&openapi3.SchemaRef{Ref: ref, Value: child.Value}, l.follow(root, ref)})
	}
	order := inOrder(all, l.Keys(root))
	if !slices.ContainsFunc(order, func(name string) bool { return isParent(all[name].Value) }) {
		return
	}
	for _, name := range order {
		for _, parent := range ancestors(all[name].Value, schemas[bool]{}) {
			add(parent, name)
		}
	}
	for _, name := range order {
		parent := all[name].Value
		if !isParent(parent) {
			continue
		}
		for _, value := range slices.Sorted(maps.Keys(parent.Discriminator.Mapping)) {
			target := parent.Discriminator.Mapping[value].Ref
			if name := RefName(target); all[name] != nil {
				add(parent, name)
			} else if all[target] != nil {
				add(parent, target)
			}
		}
	}
}

func isParent(s *openapi3.Schema) bool {
	return s != nil && s.Discriminator != nil && len(s.OneOf)+len(s.AnyOf) == 0
}

// ancestors returns the schemas with a discriminator among the members of an allOf, at any depth.
func ancestors(s *openapi3.Schema, seen schemas[bool]) []*openapi3.Schema {
	if s == nil || seen[s] {
		return nil
	}
	seen[s] = true
	var out []*openapi3.Schema
	for _, member := range s.AllOf {
		if member.Ref != "" && isParent(member.Value) {
			out = append(out, member.Value)
		}
		out = append(out, ancestors(member.Value, seen)...)
	}
	return out
}

// isChildOf reports whether a schema is a child of another one, which is a component.
func (l *lowering) isChildOf(s *openapi3.Schema, parent node) bool {
	return slices.ContainsFunc(l.children[parent.schema()], func(n node) bool { return n.schema() == s })
}
