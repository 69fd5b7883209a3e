package nesting

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// build makes the tree that the placements describe.
func (n *nester) build(root *Node, placements []*placement) {
	type open struct {
		node   *Node
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
		if e.Kind == fields.Union {
			parent.node.setUnion(e)
			if !n.showsVariants(i, placements) && e.Choice == "" {
				parent.node.Uncertain = "the page does not show where a variant ends and the next begins"
			}
			at[container{i, -1}] = parent
			continue
		}
		child := &Node{Entry: e}
		n.attach(parent.node, child, parent.sample)
		if p.opened {
			inner, _ := jsonsample.Property(parent.sample, e.Name)
			at[container{i, -1}] = open{child, inner}
		}
		if p.weak {
			child.Uncertain = "the page does not show where this object ends"
		}
	}
}

func (n *nester) variant(owner *Node, c container, sample any) struct {
	node   *Node
	sample any
} {
	samples := n.variantSamples(c.variant, len(owner.Variants), sample)
	var first any
	if len(samples) > 0 {
		first = samples[0]
	}
	return struct {
		node   *Node
		sample any
	}{owner.Variants[c.variant], first}
}

// showsVariants reports whether it is certain which fields are which variant's. Nothing is printed between the variants;
// the items of an array show a sample of each, everything else one of the first only.
func (n *nester) showsVariants(union int, placements []*placement) bool {
	variants := max(len(n.entries[union].Titles), 1)
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
		if n.entries[i].Label.Deprecated {
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
	sample, _ := n.sample(0).(*jsonsample.Object)
	for i := union + 1; i < len(placements); i++ {
		into := placements[i].into
		switch {
		case into.owner != union:
			continue
		case n.entries[i].Kind == fields.Nameless:
			bares++
		default:
			named++
			if sample != nil && into.variant == 0 && sample.Values[n.entries[i].Name] != nil {
				first++
			}
		}
	}
	if named == 0 {
		return bares == variants
	}
	return isRoot && variants == 2 && sample != nil && first == len(sample.Keys)
}
