package nesting

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// Unprinted returns the name of a field that is missing from the printed JSON of its object. The JSON omits what is
// deprecated or has no type.
func (n *Node) Unprinted() string {
	o, ok := n.Value.(*jsonsample.Object)
	if !ok || len(o.Keys) == 0 || n.Union != "" || n.Values != nil {
		return ""
	}
	for _, child := range n.Children {
		if _, shown := o.Values[child.Name]; !shown && child.Kind == fields.Field && !child.Label.Deprecated && !child.Label.Circular && child.Label.Known && child.Label.Kind != "" && !child.Label.IsUndefined() {
			return child.Name
		}
	}
	return ""
}

// HidesSiblings reports whether properties next to a union are not shown: themes before 4.5 print only its variants.
func (n *Node) HidesSiblings() bool {
	o, ok := n.Value.(*jsonsample.Object)
	if !ok || n.Union == "" || n.Values != nil {
		return false
	}
	listed := map[string]bool{}
	for _, of := range append([]*Node{n}, n.Variants...) {
		if of.Values != nil || of.Union != "" && of != n {
			return false
		}
		for _, child := range of.Children {
			listed[child.Name] = true
		}
	}
	for _, key := range o.Keys {
		if !listed[key] {
			return true
		}
	}
	return false
}

// IsUnlisted reports whether the printed JSON has more inside a field than the page lists, because the renderer does not
// expand the schema.
func (n *Node) IsUnlisted() bool {
	if n.Entry == nil || n.Example != nil || n.Default != nil || !n.HasValue || n.Label.Circular {
		return false
	}
	if len(n.Children) > 0 || n.Values != nil || n.Items != nil || n.Union != "" {
		return false
	}
	value := n.Value
	for list, ok := value.([]any); ok && len(list) > 0; list, ok = value.([]any) {
		value = list[0]
	}
	o, ok := value.(*jsonsample.Object)
	return ok && len(o.Keys) > 0
}

// HasInside reports whether the page shows what a schema consists of.
func (n *Node) HasInside() bool {
	return n != nil && (len(n.Children) > 0 || n.Values != nil || n.Items != nil || n.Union != "" || n.Entry != nil && n.Label.Kind != "")
}
