package nesting

import "github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"

// doubtEnds marks objects whose end the page does not show, whatever the result of the search.
func (n *nester) doubtEnds(best []*placement) {
	weaken := func(from, to container) {
		for from != to && from.owner >= 0 {
			best[from.owner].weak = true
			from = best[from.owner].into
		}
	}
	for i, p := range best {
		e := n.entries[i]
		if e.IsValues() && p.opened && p.weak { // a map's values are the last thing in it: both end together
			weaken(p.into, rootContainer)
		}
		if e.Kind != fields.Field || !e.Label.Deprecated {
			continue
		}
		// A sample omits what is deprecated. If an object ends next to such a field, it may also end on the other side of
		// the field.
		if i > 0 {
			before := best[i-1].into
			if best[i-1].opened {
				before = container{i - 1, -1}
			}
			weaken(before, p.into)
		}
		next := i + 1
		for next < len(best) && within(best, best[next].into, container{i, -1}) {
			next++
		}
		after := rootContainer
		if next < len(best) {
			after = best[next].into
		}
		if !within(best, after, p.into) {
			weaken(p.into, after)
		}
	}
}

// within reports whether a container is another one, or inside it.
func within(best []*placement, inner, outer container) bool {
	for ; inner.owner >= 0; inner = best[inner.owner].into {
		if inner == outer || inner.owner == outer.owner {
			return true
		}
	}
	return outer == rootContainer
}
