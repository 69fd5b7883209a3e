package nesting

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// nester arranges one list of entries.
type nester struct {
	entries []*fields.Entry
	samples []any
	shapes  jsonsample.Shapes
	depth   int
	names   map[string]bool // of the fields
}

// Nest arranges entries as the tree of a schema. The samples are values of that schema; for an array with several kinds of
// items, there is one for each.
func Nest(entries []*fields.Entry, samples []any, known jsonsample.Shapes, depth int) *Node {
	root := &Node{}
	if depth > jsonsample.MaxSampleDepth {
		root.Uncertain = "nested too deep"
		return root
	}
	n := &nester{entries: entries, samples: samples, shapes: known, depth: depth}
	if n.isExact() {
		n.buildExact(root)
	} else if placements := n.search(); placements != nil {
		n.build(root, placements)
	} else {
		n.buildExact(root)
		root.Uncertain = "there are too many fields to find out what is inside what"
	}
	return root
}

// Limits of the search, far beyond any real page: the number of fields in a list, and of open objects.
const (
	maxSearch = 2000
	maxOpen   = 40
)

// isExact reports whether the source marks the nesting, or nothing in it could be nested.
func (n *nester) isExact() bool {
	for _, e := range n.entries {
		if e.HasInner {
			return true
		}
	}
	for i, e := range n.entries {
		if e.Kind != fields.Field || e.IsValues() {
			return false
		}
		if i+1 < len(n.entries) && !e.HasGroup && e.Example == nil && e.Label.Opens() {
			return false
		}
	}
	return true
}

func (n *nester) buildExact(root *Node) {
	sample := n.sample(0)
	for _, e := range n.entries {
		inner, _ := jsonsample.Property(sample, e.Name)
		switch {
		case e.Kind == fields.Union:
			root.setUnion(e)
			for i, variant := range e.Variants {
				if i >= len(root.Variants) {
					root.Variants = append(root.Variants, nil)
				}
				root.Variants[i] = Nest(variant, n.variantSamples(i, len(root.Variants), sample), n.shapes, n.depth+1)
			}
			if missing := len(root.Variants) - len(e.Variants); missing > 0 {
				root.Uncertain = fmt.Sprintf("the page shows only %d of %d variants; the others appear when they are chosen", len(e.Variants), len(root.Variants))
			}
		default:
			child := &Node{Entry: e}
			if e.HasInner {
				nested := Nest(e.Inner, []any{inner}, n.shapes, n.depth+1)
				nested.Entry = e
				child = nested
			}
			n.attach(root, child, sample)
		}
	}
}

func (n *nester) sample(i int) any {
	if i < len(n.samples) {
		return n.samples[i]
	}
	return nil
}

// variantSamples returns the samples of the variants: one for each if they are the items of an array, otherwise only that of
// the first.
func (n *nester) variantSamples(i, variants int, first any) []any {
	switch {
	case len(n.samples) == variants && variants > 1:
		return []any{n.samples[i]}
	case i == 0:
		return []any{first}
	}
	return nil
}

// attach adds a placed field to its parent, and resolves its brackets.
func (n *nester) attach(parent, child *Node, sample any) {
	e := child.Entry
	child.Value, child.HasValue = jsonsample.Property(sample, e.Name)
	if e.HasGroup {
		inner := sample
		if e.Kind == fields.Field {
			inner, _ = jsonsample.Property(sample, e.Name)
			if e.IsValues() {
				inner = nil
			}
		}
		child.Items = Nest(e.Group, jsonsample.Elements(inner), n.shapes, n.depth+1)
	}
	switch {
	case e.Kind == fields.Nameless && parent.Entry == nil && len(parent.Children) == 0:
		// A type without a name describes its parent: the items of an array, or a root.
		parent.Entry, parent.Items = e, child.Items
	case e.IsValues():
		parent.Values = child
	default:
		parent.Children = append(parent.Children, child)
	}
}
