package drift

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// findRenamed merges a removed and an added place into one change if they differ only in name or position.
func findRenamed(changes []change, from, to *index, as comparison) []change {
	used := map[int]bool{}
	var out []change
	for i, c := range changes {
		if used[i] { // additions are listed after removals
			continue
		}
		if c.aspect == facts.Present && c.verb == as.removed && c.parts == nil {
			best, score := -1, alike
			for j := i + 1; j < len(changes); j++ {
				d := changes[j]
				if used[j] || d.aspect != facts.Present || d.verb != as.added || d.parts != nil || (d.thing == "response") != (c.thing == "response") {
					continue
				}
				if s := likeness(c.place, d.place, from, to, as); s >= score {
					best, score = j, s
				}
			}
			if best >= 0 {
				used[best] = true
				c.to, c.toText, c.toPos, c.newPlace, c.renamed = changes[best].to, changes[best].toText, changes[best].toPos, changes[best].place, changes[best].place.Last().Name
			}
		}
		out = append(out, c)
	}
	return out
}

// alike is the minimum likeness of two places that are considered the same.
const alike = 0.75

// likeness compares what two documents say about two places, from 0 to 1. The same name elsewhere counts as moved, another
// name in the same parent as renamed; otherwise the two are unrelated.
func likeness(a, b facts.Place, from, to *index, as comparison) float64 {
	sameName, sameParent := a.Last().Name == b.Last().Name, a.Parent() == b.Parent()
	if !sameName && !(sameParent && thingOf(a) == thingOf(b) && a.Root() == b.Root()) {
		return 0
	}
	skip := func(k key) bool {
		return k.aspect == facts.Present || k.aspect == facts.Sample || as.skip(k.place, k.aspect)
	}
	same, all := 0.0, 0.0
	for k, f := range from.facts {
		if !k.place.Under(a) || skip(k) {
			continue
		}
		g, ok := to.facts[key{b + k.place[len(a):], k.aspect}]
		if !ok && as.isHidden(f) {
			continue
		}
		all++
		if ok && g.Value == f.Value {
			same++
		}
	}
	for k := range to.facts {
		if k.place.Under(b) && !skip(k) {
			if _, ok := from.facts[key{a + k.place[len(b):], k.aspect}]; !ok {
				all++
			}
		}
	}
	switch {
	case sameParent && !sameName && withoutCase(a.Last().Name) == withoutCase(b.Last().Name):
		return 1
	case all == 0:
		return 0.8
	}
	return same / all
}

// withoutCase returns a name that is the same for snake_case, camelCase and kebab-case.
func withoutCase(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// changesInside returns what else changed of a renamed place, and inside it. Both documents are read with the name that the
// spec is to have.
func changesInside(c change, from, to *index, as comparison) (out []change) {
	place, alias := c.newPlace, c.place
	if as.keepOldName {
		place, alias = alias, place
		to = indexOf(withName(to.op, alias, place))
	} else {
		from = indexOf(withName(from.op, alias, place))
	}
	for _, d := range compare(from, to, as) {
		if d.place.Under(place) && !(d.place == place && d.aspect == facts.Present) {
			d.alias = alias + d.place[len(place):]
			out = append(out, d)
		}
	}
	return out
}

// withName returns an operation in which a place has another name.
func withName(op *facts.Operation, was, is facts.Place) *facts.Operation {
	out := *op
	out.Facts = append([]facts.Fact(nil), op.Facts...)
	for i, f := range out.Facts {
		if moved := movedTo(f.Place, was, is); moved != "" {
			out.Facts[i].Place = moved
		}
	}
	return &out
}

// movedTo returns where a place inside from is when from moves to to; "" for a place that is not inside it.
func movedTo(place, from, to facts.Place) facts.Place {
	if !place.Under(from) {
		return ""
	}
	return to + place[len(from):]
}
