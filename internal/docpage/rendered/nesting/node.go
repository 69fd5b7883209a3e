package nesting

import "github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"

// Node is a field with what is inside it.
type Node struct {
	*fields.Entry         // nil for the root of a schema
	Children      []*Node // properties, in order
	Values        *Node   // of a map
	Items         *Node
	Union         string
	UnionAt       int
	Titles        []string
	Variants      []*Node
	// Value is the value of this field in the printed JSON.
	Value    any
	HasValue bool
	// Uncertain is the reason why the extent of this object may be wrong.
	Uncertain string
}

// setUnion makes a node the union that an entry starts.
func (n *Node) setUnion(e *fields.Entry) {
	n.Union, n.UnionAt, n.Titles = e.Name, e.Line, e.Titles
	n.Variants = make([]*Node, max(len(e.Titles), 1))
	for i := range n.Variants {
		n.Variants[i] = &Node{}
	}
	if e.Choice != "" {
		n.Uncertain = "the page shows what each value of " + e.Choice + " brings, not how the schemas are combined"
	}
}
