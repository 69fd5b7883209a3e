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
			parent.node.setUnion(e)
			if !n.showsVariants(i, placements) && e.choice == "" {
				parent.node.uncertain = "the page does not show where a variant ends and the next begins"
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

// showsVariants reports whether it is certain which fields are which variant's. Nothing is printed between the variants;
// the items of an array show a sample of each, everything else one of the first only.
func (n *nester) showsVariants(union int, placements []*placement) bool {
	variants := max(len(n.entries[union].titles), 1)
	isRoot := placements[union].into == rootContainer
	shown := map[int]bool{}
	for i := union + 1; i < len(placements); i++ {
		owner := placements[i].into.owner
		for owner > union {
			owner = placements[owner].into.owner
		}
		if owner != union {
			continue
		}
		if n.entries[i].label.deprecated {
			return false // samples leave it out, so that it can be on either side of a boundary
		}
		if placements[i].into.owner == union {
			shown[placements[i].into.variant] = true
		}
	}
	if len(shown) < variants {
		return false // newer themes show one variant, and the others when they are chosen
	}
	if isRoot && len(n.samples) == variants && variants > 1 {
		return true
	}
	var named, bares int
	first := 0 // fields of the first variant that its sample has
	sample, _ := n.sample(0).(*object)
	for i := union + 1; i < len(placements); i++ {
		into := placements[i].into
		switch {
		case into.owner != union:
			continue
		case n.entries[i].kind == bare:
			bares++
		default:
			named++
			if sample != nil && into.variant == 0 && sample.values[n.entries[i].name] != nil {
				first++
			}
		}
	}
	if named == 0 {
		return bares == variants
	}
	return isRoot && variants == 2 && sample != nil && first == len(sample.keys)
}
