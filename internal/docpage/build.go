package docpage

// build makes the tree that the placements describe.
func (n *nester) build(root *node, placements []*placement) {
	type open struct {
		node   *node
		sample any
	}
	at := map[container]open{rootContainer: {root, n.sample(0)}}
	for i, p := range placements {
		e := n.entries[i]
		parent, ok := at[p.into]
		if !ok { // a variant that is met for the first time
			parent = n.variant(at[container{p.into.owner, -1}].node, p.into, at[container{p.into.owner, -1}].sample)
			at[p.into] = parent
		}
		if e.kind == union {
			parent.node.union, parent.node.unionAt, parent.node.titles = e.name, e.line, e.titles
			parent.node.variants = make([]*node, max(len(e.titles), 1))
			for v := range parent.node.variants {
				parent.node.variants[v] = &node{}
			}
			at[container{i, -1}] = parent
			continue
		}
		child := &node{entry: e}
		n.attach(parent.node, child, parent.sample)
		if p.opened {
			inner, _ := inside(parent.sample, e.name)
			at[container{i, -1}] = open{child, inner}
		}
		if p.weak {
			child.uncertain = "the page does not show where this object ends"
		}
	}
}

func (n *nester) variant(owner *node, c container, sample any) struct {
	node   *node
	sample any
} {
	samples := n.variantSamples(c.variant, len(owner.variants), sample)
	var first any
	if len(samples) > 0 {
		first = samples[0]
	}
	return struct {
		node   *node
		sample any
	}{owner.variants[c.variant], first}
}
