package nesting

import (
	"cmp"
	"slices"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
)

// container identifies an open object, or a variant of an open union, by the entry that opened it; -1 is the root.
type container struct{ owner, variant int }

var rootContainer = container{-1, -1}

// level is an open object on the way down to the place of the next field. Levels are shared between states, never changed.
type level struct {
	container
	up       *level
	own      keys // of its sample
	borrowed keys // of an object with the same name elsewhere on the page
	used     *usedName
	variants int  // of the union that this is a variant of
	closed   bool // a map's values were placed: nothing follows them
	full     bool // a variant that is a type without a name: nothing follows it
	count    int  // of the entries placed here
	depth    int
}

type usedName struct {
	name string
	next *usedName
}

func (u *usedName) has(name string) bool {
	for ; u != nil; u = u.next {
		if u.name == name {
			return true
		}
	}
	return false
}

// placement is the place of one entry; a state is a chain of placements.
type placement struct {
	into   container
	opened bool
	weak   bool // opened without a sample of its own
	before *placement
}

type state struct {
	top   *level
	score float64
	last  *placement
}

// search finds the best placements; nil if there are too many possibilities.
func (n *nester) search() []*placement {
	if len(n.entries) > maxSearch {
		return nil
	}
	n.names = map[string]bool{}
	for _, e := range n.entries {
		if e.Kind == fields.Field {
			n.names[e.Name] = true
		}
	}
	sample, _ := n.sample(0).(*jsonsample.Object)
	root := &level{container: rootContainer, own: keys{of: sample}}
	states := []state{{top: root}}
	for i := range n.entries {
		var next []state
		for _, s := range states {
			next = n.place(next, s, i)
		}
		if len(next) == 0 {
			return nil
		}
		slices.SortStableFunc(next, bestFirst)
		states = next[:min(len(next), beam)]
	}
	for i := range states {
		for l := states[i].top; l != nil; l = l.up {
			states[i].score += n.closing(l, true)
		}
	}
	slices.SortStableFunc(states, bestFirst)
	return n.doubts(states)
}

func bestFirst(a, b state) int { return cmp.Compare(b.score, a.score) }

// doubts returns the placements of the best state. It marks those in which a nearly equally good state differs.
func (n *nester) doubts(states []state) []*placement {
	chain := func(s state) []*placement {
		out := make([]*placement, len(n.entries))
		for i, p := len(out)-1, s.last; p != nil; i, p = i-1, p.before {
			out[i] = p
		}
		return out
	}
	best := chain(states[0])
	for _, other := range states[1:] {
		if states[0].score-other.score >= doubtful {
			break
		}
		for i, p := range chain(other) {
			if p.into != best[i].into || p.opened != best[i].opened {
				if owner := best[i].into.owner; owner >= 0 {
					best[owner].weak = true
				} else if p.into.owner >= 0 {
					best[p.into.owner].weak = true
				} else {
					best[i].weak = true
				}
			}
		}
	}
	n.doubtEnds(best)
	return best
}

// place extends the states by every sensible placement of entry i.
func (n *nester) place(into []state, s state, i int) []state {
	e := n.entries[i]
	score := s.score
	for l := s.top; l != nil; l = l.up {
		switch {
		case e.Kind == fields.Union && l.depth >= maxOpen:
		case e.Kind == fields.Union:
			into = append(into, n.openUnion(l, score, s.last, i))
		case e.Kind == fields.Nameless && l.variant >= 0 && l.count > 0, l.full:
			// A type without a name fills a variant of its own.
		case e.Kind == fields.Nameless && l.variant < 0 && (l.count > 0 || l.owner >= 0):
			into = n.inLevel(into, l, score+namelessAmong, s.last, i)
		default:
			into = n.inLevel(into, l, score, s.last, i)
		}
		if l.variant >= 0 && l.variant+1 < l.variants && e.Kind != fields.Union {
			turned := *l
			turned.variant++
			turned.own, turned.borrowed = keys{of: n.variantSample(turned.variant, turned.variants)}, keys{}
			turned.used, turned.full, turned.count = nil, false, 0
			cost := variantNext
			if l.used.has(e.Name) || e.Kind == fields.Nameless || l.full {
				cost = 0
			}
			into = n.inLevel(into, &turned, score+cost+n.leftOver(l), s.last, i)
		}
		if l.count == 0 && l.owner >= 0 && l.variant < 0 {
			break // an object that was just opened contains what follows
		}
		score += n.closing(l, false)
	}
	return into
}

// inLevel places entry i in an open object, as a leaf and, if possible, as a newly opened object.
func (n *nester) inLevel(into []state, l *level, score float64, before *placement, i int) []state {
	e := n.entries[i]
	here := *l
	here.count++
	fit, value := n.fit(&here, e)
	score += fit
	if l.variant >= 0 {
		score += n.sharedWords(l, e.Name)
	}
	if l.closed {
		score += afterValues
	}
	if l.variant < 0 && l.hasUnion(n.entries) {
		score += afterUnion
	}
	if e.Kind == fields.Field {
		here.used = &usedName{e.Name, here.used}
	}
	if e.IsValues() {
		here.closed = true
	}
	here.full = e.Kind == fields.Nameless && l.variant >= 0
	nextIsUnion := i+1 < len(n.entries) && n.entries[i+1].Kind == fields.Union
	nextIsValues := i+1 < len(n.entries) && n.entries[i+1].IsValues()
	canOpen := e.Kind == fields.Field && !e.HasGroup && e.Example == nil && e.Label.Opens() && i+1 < len(n.entries) && l.depth < maxOpen
	sample, isObject := value.(*jsonsample.Object)
	if !canOpen || !nextIsUnion {
		cost := 0.0
		switch {
		case e.Kind != fields.Field || e.HasGroup || e.Example != nil || !e.Label.Opens():
		case isObject && len(sample.Keys) > 0:
			cost = leafWithKeys
		case isObject:
		case e.Label.Kind == "object" && e.Label.Known:
			cost = leafUnknown
		}
		into = append(into, state{&here, score + cost, &placement{into: here.container, before: before}})
	}
	if canOpen {
		inner := &level{container: container{i, -1}, up: &here, depth: here.depth + 1, borrowed: keys{of: n.borrowSample(e.Name, i)}}
		cost, weak := 0.0, false
		switch {
		case isObject && len(sample.Keys) > 0:
			inner.own, cost = keys{of: sample}, openWithKeys
		case isObject && nextIsValues: // the sample has no values of a map
			inner.borrowed, cost = keys{}, openWithKeys
		case isObject && !n.hiddenNext(i):
			inner.borrowed = keys{}
		case isObject:
			inner.borrowed, weak = keys{}, true
		default:
			weak = true
		}
		if nextIsValues {
			cost += openMap
			weak = false
		}
		if nextIsUnion && weak {
			inner.borrowed = keys{}
		}
		into = append(into, state{inner, score + cost, &placement{into: here.container, opened: true, weak: weak, before: before}})
	}
	return into
}

func (n *nester) openUnion(l *level, score float64, before *placement, i int) state {
	here := *l
	here.count++
	variants := max(len(n.entries[i].Titles), 1)
	inner := &level{container: container{i, 0}, up: &here, variants: variants, depth: here.depth + 1}
	if inner.own, inner.borrowed = here.own, here.borrowed; here.owner < 0 && len(n.samples) == variants && variants > 1 {
		inner.own = keys{of: n.variantSample(0, variants)}
	}
	inner.own.met, inner.borrowed.met = 0, 0
	here.own, here.borrowed = keys{}, keys{} // the sample is that of the union's first variant
	return state{inner, score, &placement{into: here.container, opened: true, before: before}}
}
