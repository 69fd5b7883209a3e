package lower

// mark records on which side a schema and all that it holds travels, and which components are met.
func (l *lowering) mark(n node, m Direction) {
	n = l.core(n)
	s := n.schema()
	if s == nil {
		return
	}
	if n.ref.Ref != "" && l.usage[s] == 0 {
		l.seen = append(l.seen, component{s, RefName(n.ref.Ref), l.enter(n)})
	}
	if l.usage[s]&m == m {
		return
	}
	l.usage[s] |= m
	l.noteUnchecked(n, m)
	l.markInside(n, m)
}

func (l *lowering) markInside(n node, m Direction) {
	s := n.schema()
	if s.Items != nil {
		l.mark(node{s.Items, l.enter(n).At("items")}, m)
	}
	objects, choices := l.parts(n)
	for _, o := range objects {
		for _, p := range l.properties(o) {
			l.mark(p, m)
		}
		if more := o.schema().AdditionalProperties.Schema; more != nil {
			l.mark(node{more, l.enter(o).At("additionalProperties")}, m)
		}
	}
	for _, c := range choices {
		l.mark(c, m)
	}
}
