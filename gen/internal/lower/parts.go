package lower

import "github.com/getkin/kin-openapi/openapi3"

// parts are the plain objects that an object is merged from: the members of its allOf, all the way down, and itself.
func (l *lowering) parts(n node) (objects, choices []node) {
	objects, choices = l.partsOnce(n, map[*openapi3.Schema]bool{})
	return objects, append(choices, l.children[l.core(n).schema()]...)
}

// partsOnce leaves out schemas that were seen: a second time they add nothing.
func (l *lowering) partsOnce(n node, seen map[*openapi3.Schema]bool) (objects, choices []node) {
	n = l.core(n)
	s := n.schema()
	if s == nil {
		return nil, nil
	}
	if l.busy[s] {
		l.Add(n.at, "this allOf holds itself")
		return nil, nil
	}
	if seen[s] {
		return nil, nil
	}
	seen[s] = true
	l.busy[s] = true
	defer delete(l.busy, s)
	at := l.placeOf(n)
	for _, m := range members(s.AllOf, at.At("allOf")) {
		o, c := l.partsOnce(m, seen)
		objects, choices = append(objects, o...), append(choices, c...)
	}
	choices = append(choices, l.choices(n)...)
	if len(s.Properties) > 0 || additional(s) || len(s.Required) > 0 {
		objects = append(objects, n)
	}
	return objects, choices
}

// properties are the properties of one part, in the order of the document.
func (l *lowering) properties(n node) []node {
	s, at := n.schema(), l.placeOf(n).At("properties")
	var out []node
	for _, name := range inOrder(s.Properties, l.Keys(at)) {
		out = append(out, node{s.Properties[name], at.At(name)})
	}
	return out
}

// choices are the members of a schema's oneOf and anyOf that have a type.
func (l *lowering) choices(n node) []node {
	s, at := n.schema(), l.placeOf(n)
	return append(typedMembers(members(s.OneOf, at.At("oneOf"))), typedMembers(members(s.AnyOf, at.At("anyOf")))...)
}
