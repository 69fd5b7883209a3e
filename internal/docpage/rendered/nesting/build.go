package nesting

import (
	"slices"
	"strconv"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// openNode is an object, or a variant, whose fields are being placed.
type openNode struct {
	node   *Node
	sample any
}

// build returns the tree that the placements describe.
func (n *nester) build(root *Node, placements []*placement) {
	at := map[container]openNode{rootContainer: {root, n.sample(0)}}
	for i, p := range placements {
		e := n.entries[i]
		parent, ok := at[p.into]
		if !ok { // a new variant
			parent = n.variant(at[container{p.into.owner, -1}], p.into.variant)
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
			at[container{i, -1}] = openNode{child, inner}
		}
		if p.weak {
			child.Uncertain = "the page does not show where this object ends"
		}
	}
	for _, o := range at {
		o.node.doubtMissing(o.sample, n.names)
	}
}

// doubtMissing marks an object whose sample has a key that is not one of its fields, but the name of a field elsewhere.
func (n *Node) doubtMissing(sample any, elsewhere map[string]bool) {
	o, ok := sample.(*jsonsample.Object)
	if !ok || n.Uncertain != "" || n.Union != "" || n.Values != nil {
		return
	}
	for _, key := range o.Keys {
		if elsewhere[key] && !slices.ContainsFunc(n.Children, func(child *Node) bool { return child.Name == key }) {
			n.Uncertain = "the printed JSON has " + strconv.Quote(key) + " in this object, the page has it elsewhere"
			return
		}
	}
}

func (n *nester) variant(union openNode, i int) openNode {
	samples := n.variantSamples(i, len(union.node.Variants), union.sample)
	if len(samples) == 0 {
		return openNode{union.node.Variants[i], nil}
	}
	return openNode{union.node.Variants[i], samples[0]}
}

// showsVariants reports whether it is certain which fields belong to which variant. Nothing is printed between the variants;
// the items of an array show a sample of each, everything else only one of the first.
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
			return false // samples omit it, so that it can be on either side of a boundary
		}
		if placements[i].into.owner == union {
			shown[placements[i].into.variant] = true
		}
	}
	if len(shown) < variants {
		return false // newer themes show one variant, and the others only when they are selected
	}
	if isRoot && len(n.samples) == variants && variants > 1 {
		return true
	}
	var named, bares int
	first := 0 // number of fields of the first variant that are in its sample
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
