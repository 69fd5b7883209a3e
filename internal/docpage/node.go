package docpage

// node is a field with what is inside it.
type node struct {
	*entry           // nil for the root of a schema
	children []*node // properties, in order
	values   *node   // of a map
	items    *node
	union    string
	unionAt  int
	titles   []string
	variants []*node
	// value is what the printed JSON has for this field.
	value    any
	hasValue bool
	// uncertain says why the extent of this object may be wrong.
	uncertain string
}

// setUnion makes a node the union that an entry opens.
func (n *node) setUnion(e *entry) {
	n.union, n.unionAt, n.titles = e.name, e.line, e.titles
	n.variants = make([]*node, max(len(e.titles), 1))
	for i := range n.variants {
		n.variants[i] = &node{}
	}
	if e.choice != "" {
		n.uncertain = "the page shows what each value of " + e.choice + " brings, not how the schemas are combined"
	}
}
