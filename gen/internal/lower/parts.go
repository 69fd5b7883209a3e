package lower

// parts returns the plain objects that an object is merged from: the members of its allOf, at any depth, and itself. Each is
// included only once.
func (l *lowering) parts(n node) (objects, choices []node) {
	seen := schemas[bool]{}
	var visit func(n node)
	visit = func(n node) {
		n = l.core(n)
		s := n.schema()
		switch {
		case s != nil && l.busy[s]:
			l.Add(n.at, "this allOf contains itself")
			return
		case s == nil || seen[s]:
			return
		}
		seen[s], l.busy[s] = true, true
		defer delete(l.busy, s)
		for _, m := range members(s.AllOf, l.placeOf(n).At("allOf")) {
			visit(m)
		}
		choices = append(choices, l.choices(n)...)
		if len(s.Properties) > 0 || additional(s) || len(s.Required) > 0 {
			objects = append(objects, n)
		}
	}
	visit(n)
	return objects, append(choices, l.children[l.core(n).schema()]...)
}

// properties returns the properties of one part, in the order of the document.
func (l *lowering) properties(n node) []node {
	s, at := n.schema(), l.placeOf(n).At("properties")
	var out []node
	for _, name := range inOrder(s.Properties, l.Keys(at)) {
		out = append(out, node{s.Properties[name], at.At(name)})
	}
	return out
}

// choices returns the members of a schema's oneOf and anyOf that have a type.
func (l *lowering) choices(n node) []node {
	s, at := n.schema(), l.placeOf(n)
	return append(typedMembers(members(s.OneOf, at.At("oneOf"))), typedMembers(members(s.AnyOf, at.At("anyOf")))...)
}
