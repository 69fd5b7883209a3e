package docpage

// unprinted names a field that the printed JSON of its object lacks. The JSON leaves out what is deprecated or has no type.
func (n *node) unprinted() string {
	o, ok := n.value.(*object)
	if !ok || len(o.keys) == 0 || n.union != "" || n.values != nil {
		return ""
	}
	for _, child := range n.children {
		if _, shown := o.values[child.name]; !shown && child.kind == field && !child.label.deprecated && !child.label.circular && child.label.known && child.label.kind != "" && !child.label.isUndefined() {
			return child.name
		}
	}
	return ""
}

// hidesSiblings: themes before 4.5 print the variants of a union and not the properties beside them.
func (n *node) hidesSiblings() bool {
	o, ok := n.value.(*object)
	if !ok || n.union == "" || n.values != nil {
		return false
	}
	listed := map[string]bool{}
	for _, of := range append([]*node{n}, n.variants...) {
		if of.values != nil || of.union != "" && of != n {
			return false
		}
		for _, child := range of.children {
			listed[child.name] = true
		}
	}
	for _, key := range o.keys {
		if !listed[key] {
			return true
		}
	}
	return false
}

// isUnlisted reports whether the printed JSON has more inside a field than the page lists: a schema that the renderer does
// not unfold.
func (n *node) isUnlisted() bool {
	if n.entry == nil || n.example != nil || n.fallback != nil || !n.hasValue || n.label.circular {
		return false
	}
	if len(n.children) > 0 || n.values != nil || n.items != nil || n.union != "" {
		return false
	}
	value := n.value
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	o, ok := value.(*object)
	return ok && len(o.keys) > 0
}

// hasInside reports whether the page shows what a schema is made of.
func (n *node) hasInside() bool {
	return n != nil && (len(n.children) > 0 || n.values != nil || n.items != nil || n.union != "" || n.entry != nil && n.label.kind != "")
}
