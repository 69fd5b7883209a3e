package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// causes looks for the root causes among differences: what was renamed or moved, and what follows from something else.
// hides is about the newer side, as in compare.
func causes(changes []change, from, to *index, words pair, hides func(facts.Place, facts.Aspect) bool) []change {
	out := renames(changes, from, to, words, func(place facts.Place, a facts.Aspect) bool {
		return a == facts.Present || a == facts.Sample || words.skip(a) || hides != nil && hides(place, a)
	})
	for _, c := range slices.Clone(out) {
		if c.renamed != "" {
			out = append(out, inside(c, from, to, words, hides)...)
		}
	}
	return fold(out)
}

// inside finds what else changed of a place that has another name, and inside it. Both documents are read with the name that
// the spec is to have.
func inside(c change, from, to *index, words pair, hides func(facts.Place, facts.Aspect) bool) (out []change) {
	place, alias := c.newPlace, c.place
	if words.older {
		place, alias = alias, place
		to = indexOf(called(to.op, alias, place))
	} else {
		from = indexOf(called(from.op, alias, place))
	}
	for _, d := range compare(from, to, words, hides) {
		if d.place.Under(place) && !(d.place == place && d.aspect == facts.Present) {
			d.alias = alias + d.place[len(place):]
			out = append(out, d)
		}
	}
	return out
}

// called is an operation in which a place has another name.
func called(op *facts.Operation, was, is facts.Place) *facts.Operation {
	out := *op
	out.Facts = slices.Clone(op.Facts)
	for i, f := range out.Facts {
		if f.Place.Under(was) {
			out.Facts[i].Place = is + f.Place[len(was):]
		}
	}
	return &out
}

// renames finds a place that went and one that came which are the same but for the name, or for where they are.
func renames(changes []change, from, to *index, words pair, skip func(facts.Place, facts.Aspect) bool) []change {
	taken := map[int]bool{}
	var out []change
	for i, c := range changes {
		if taken[i] { // what came is listed behind what went
			continue
		}
		if c.aspect == facts.Present && c.verb == words.removed {
			best, score := -1, 0.75
			for j := i + 1; j < len(changes); j++ {
				d := changes[j]
				if taken[j] || d.aspect != facts.Present || d.verb != words.added || (d.thing == "response") != (c.thing == "response") {
					continue
				}
				if s := likeness(c.place, d.place, from, to, skip); s >= score {
					best, score = j, s
				}
			}
			if best >= 0 {
				taken[best] = true
				c.to, c.toWords, c.toPos, c.newPlace, c.renamed = changes[best].to, changes[best].toWords, changes[best].toPos, changes[best].place, lastName(changes[best].place)
			}
		}
		out = append(out, c)
	}
	return out
}

func lastName(place facts.Place) string {
	steps, err := place.Steps()
	if err != nil {
		return ""
	}
	return steps[len(steps)-1].Name
}

// likeness compares what two documents say about two places, from 0 to 1. The same name elsewhere counts as moved, the same
// parent with another name as renamed; with neither the two have nothing to do with each other.
func likeness(a, b facts.Place, from, to *index, skip func(facts.Place, facts.Aspect) bool) float64 {
	if lastName(a) != lastName(b) && (parent(a) != parent(b) || thingOf(a) != thingOf(b) || rootOf(a) != rootOf(b)) {
		return 0
	}
	same, all := 0.0, 0.0
	for k, f := range from.facts {
		if !k.place.Under(a) || skip(k.place, k.aspect) {
			continue
		}
		all++
		if g, ok := to.facts[key{b + k.place[len(a):], k.aspect}]; ok && g.Value == f.Value {
			same++
		}
	}
	for k := range to.facts {
		if k.place.Under(b) && !skip(k.place, k.aspect) {
			if _, ok := from.facts[key{a + k.place[len(b):], k.aspect}]; !ok {
				all++
			}
		}
	}
	switch {
	case parent(a) == parent(b) && lastName(a) != lastName(b) && plainName(a) == plainName(b):
		return 1
	case all == 0:
		return 0.8
	}
	return same / all
}

// plainName is a place's name as far as it is the same word in snake_case, camelCase and kebab-case.
func plainName(place facts.Place) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(lastName(place)))
}

// isShape: types that have something inside them.
func isShape(kind string) bool { return kind == "array" || kind == "object" }

func rootOf(place facts.Place) string {
	root, _, _ := strings.Cut(string(place), ".")
	return root
}

// fold drops what another change explains.
func fold(changes []change) []change {
	var rules []func(change) bool
	for _, c := range changes {
		if explained := explains(c); explained != nil {
			rules = append(rules, explained)
		}
	}
	rules = append(rules, func(c change) bool { // the sample of a body whose fields changed
		return c.aspect == facts.Sample && slices.ContainsFunc(changes, func(d change) bool {
			return d.aspect != facts.Sample && !d.aspect.IsText() && d.place.Under(c.place)
		})
	})
	return slices.DeleteFunc(slices.Clone(changes), func(c change) bool {
		return slices.ContainsFunc(rules, func(rule func(change) bool) bool { return rule(c) })
	})
}

// explains says which other changes follow from one; nil where none do.
func explains(c change) func(change) bool {
	inside := func(d change) bool { return d.place != c.place && d.place.Under(c.place) && d.newPlace == "" }
	switch {
	case c.inPath():
		return func(d change) bool { return d.aspect == facts.Path && d.to == pathOf(c.toOp) }
	case c.renamed != "":
		return nil
	case c.aspect == facts.Type && c.from != "" && c.to != "" && isShape(c.from) != isShape(c.to):
		return inside // what comes or goes inside a place that was or is a plain value now
	case c.aspect == facts.Type && c.from != "" && c.to != "" && isShape(c.from):
		list := c.place.Items()
		return func(d change) bool { // an object became a list of such objects, or one of them
			return d.place == list && d.aspect == facts.Type || d.newPlace != "" &&
				(moved(d.place, c.place, list) == d.newPlace || moved(d.place, list, c.place) == d.newPlace)
		}
	case c.aspect == facts.Union:
		return func(d change) bool { return inside(d) || d.place == c.place && d.aspect == facts.Type }
	case c.aspect == facts.MediaType && (c.from == "" || c.to == ""): // a body came or went
		return func(d change) bool {
			return inside(d) || d.place == c.place && (d.aspect == facts.Type || d.aspect == facts.Sample)
		}
	}
	return nil
}

// inPath: a parameter of the path has another name, in the path as well, and nothing else of the path is another. Such a name
// is never sent.
func (c change) inPath() bool {
	was, is := "{"+lastName(c.place)+"}", "{"+c.renamed+"}"
	return c.renamed != "" && rootOf(c.place) == "path" && rootOf(c.newPlace) == "path" && c.fromOp != nil && c.toOp != nil &&
		strings.Contains(pathOf(c.fromOp), was) && strings.ReplaceAll(pathOf(c.fromOp), was, is) == pathOf(c.toOp)
}

func pathOf(op *facts.Operation) string { return op.Value(facts.OperationPlace, facts.Path) }

// moved is a place inside one, put inside another.
func moved(place, from, to facts.Place) facts.Place {
	if !place.Under(from) {
		return ""
	}
	return to + place[len(from):]
}
