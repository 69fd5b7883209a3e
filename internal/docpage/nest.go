package docpage

import "fmt"

// Nesting. Arrays are printed with brackets and are exact. Objects are not: their fields simply follow, and nothing tells
// where they end. The nester tries every way to place each field in the objects that are open, and keeps those that the
// printed JSON speaks for: same keys, in the same order, none left over.
type nester struct {
	entries []*entry
	samples []any
	shapes  shapes
	depth   int
}

// nest arranges entries as the tree of a schema. The samples are values of that schema; of an array with several kinds of
// items there is one for each.
func nest(entries []*entry, samples []any, known shapes, depth int) *node {
	root := &node{}
	if depth > maxSampleDepth {
		root.uncertain = "nested too deep"
		return root
	}
	n := &nester{entries: entries, samples: samples, shapes: known, depth: depth}
	if n.isExact() {
		n.buildExact(root)
	} else if placements := n.search(); placements != nil {
		n.build(root, placements)
	} else {
		n.buildExact(root)
		root.uncertain = "there are too many fields to find out what is inside what"
	}
	return root
}

// Limits of the search, far beyond any real page: so many fields in one list, so many objects open at a time.
const (
	maxSearch = 2000
	maxOpen   = 40
)

// isExact reports whether the source marks the nesting, or nothing in it could be nested.
func (n *nester) isExact() bool {
	for _, e := range n.entries {
		if e.hasInner {
			return true
		}
	}
	for i, e := range n.entries {
		if e.kind != field || e.name == valuesName {
			return false
		}
		if i+1 < len(n.entries) && !e.hasGroup && e.example == nil && e.label.opens() {
			return false
		}
	}
	return true
}

func (n *nester) buildExact(root *node) {
	sample := n.sample(0)
	for _, e := range n.entries {
		inner, _ := inside(sample, e.name)
		switch {
		case e.kind == union:
			root.setUnion(e)
			for i, variant := range e.variants {
				if i >= len(root.variants) {
					root.variants = append(root.variants, nil)
				}
				root.variants[i] = nest(variant, n.variantSamples(i, len(root.variants), sample), n.shapes, n.depth+1)
			}
			if missing := len(root.variants) - len(e.variants); missing > 0 {
				root.uncertain = fmt.Sprintf("the page shows only %d of %d variants; the others appear when they are chosen", len(e.variants), len(root.variants))
			}
		default:
			child := &node{entry: e}
			if e.hasInner {
				nested := nest(e.inner, []any{inner}, n.shapes, n.depth+1)
				nested.entry = e
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

// variantSamples: the items of an array show one sample for each variant, everything else shows the first only.
func (n *nester) variantSamples(i, variants int, first any) []any {
	switch {
	case len(n.samples) == variants && variants > 1:
		return []any{n.samples[i]}
	case i == 0:
		return []any{first}
	}
	return nil
}

// attach puts a placed field under its parent, and resolves its brackets.
func (n *nester) attach(parent, child *node, sample any) {
	e := child.entry
	child.value, child.hasValue = inside(sample, e.name)
	if e.hasGroup {
		inner := sample
		if e.kind == field {
			inner, _ = inside(sample, e.name)
			if e.name == valuesName {
				inner = nil
			}
		}
		child.items = nest(e.group, elements(inner), n.shapes, n.depth+1)
	}
	switch {
	case e.kind == bare && parent.entry == nil && len(parent.children) == 0:
		// A type without a name is what its parent is: the items of an array, or a root.
		parent.entry, parent.items = e, child.items
	case e.name == valuesName && e.kind == field:
		parent.values = child
	default:
		parent.children = append(parent.children, child)
	}
}
