package lower

// markOperation records which schemas an operation sends and receives.
func (l *lowering) markOperation(op *Operation) {
	for _, p := range op.Parameters {
		l.mark(p.from, InRequest)
	}
	if b := op.Body; b != nil && b.Kind != BodyText && b.Kind != BodyBytes && !b.Open {
		if b.Fields {
			l.markInside(l.core(b.schema), InRequest)
		} else {
			l.mark(b.schema, InRequest)
		}
	}
	for _, r := range op.results {
		l.mark(r.schema, InResponse)
	}
}

// mark records the direction of a schema and of everything in it, and lists the components.
func (l *lowering) mark(n node, m Direction) {
	n = l.core(n)
	s := n.schema()
	if s == nil {
		return
	}
	if n.ref.Ref != "" && l.usage[s] == 0 {
		l.seen = append(l.seen, component{s, RefName(n.ref.Ref), l.placeOf(n)})
	}
	if l.usage[s]&m == m {
		return
	}
	l.usage[s] |= m
	l.markInside(n, m)
}

func (l *lowering) markInside(n node, m Direction) {
	s := n.schema()
	l.noteUncheckedParts(n, m, schemas[bool]{})
	if s.Items != nil {
		l.mark(node{s.Items, l.placeOf(n).At("items")}, m)
	}
	objects, choices := l.parts(n)
	for _, o := range objects {
		if l.inside[o.schema()]&m == m { // many schemas may include it by allOf
			continue
		}
		l.inside[o.schema()] |= m
		for _, p := range l.properties(o) {
			l.mark(p, m)
		}
		if more := o.schema().AdditionalProperties.Schema; more != nil {
			l.mark(node{more, l.placeOf(o).At("additionalProperties")}, m)
		}
	}
	for _, c := range choices {
		l.mark(c, m)
	}
}
