package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// differences returns the differences between two versions of an operation, by root cause.
func differences(from, to *index, as comparison) []change {
	return rootCauses(compare(from, to, as), from, to, as)
}

// rootCauses reduces differences to their causes: renames and moves are merged, and consequences of another change are
// dropped.
func rootCauses(changes []change, from, to *index, as comparison) []change {
	out := findRenamed(findWrapped(changes, from, to, as), from, to, as)
	for _, c := range slices.Clone(out) {
		if c.renamed != "" {
			out = append(out, changesInside(c, from, to, as)...)
		}
		for _, move := range c.moves() {
			out = append(out, changesInside(move, from, to, as)...)
		}
	}
	return withoutConsequences(out)
}

// withoutConsequences drops the changes that follow from another one.
func withoutConsequences(changes []change) []change {
	var follows []func(change) bool
	for _, c := range changes {
		if rule := consequences(c); rule != nil {
			follows = append(follows, rule)
		}
	}
	follows = append(follows, func(c change) bool { // the sample of a body whose fields changed
		return c.aspect == facts.Sample && slices.ContainsFunc(changes, func(d change) bool {
			return d.aspect != facts.Sample && !d.aspect.IsText() && d.place.Under(c.place)
		})
	})
	return slices.DeleteFunc(slices.Clone(changes), func(c change) bool {
		return slices.ContainsFunc(follows, func(rule func(change) bool) bool { return rule(c) })
	})
}

// consequences returns a function that reports whether a change follows from c; nil if none does.
func consequences(c change) func(change) bool {
	inside := func(d change) bool { return d.place != c.place && d.place.Under(c.place) && d.newPlace == "" }
	switch {
	case c.inPath():
		return func(d change) bool { return d.aspect == facts.Path && d.to == pathOf(c.toOp) }
	case c.renamed != "":
		return nil
	case c.aspect == facts.Type && c.from != "" && c.to != "" && isContainer(c.from) != isContainer(c.to):
		return inside // the content of a place that was or is a plain value now
	case c.aspect == facts.Type && c.from != "" && c.to != "" && isContainer(c.from):
		list := c.place.Items()
		return func(d change) bool { // an object became a list of such objects, or one of them
			return d.place == list && d.aspect == facts.Type || d.newPlace != "" &&
				(movedTo(d.place, c.place, list) == d.newPlace || movedTo(d.place, list, c.place) == d.newPlace)
		}
	case c.aspect == facts.MediaType && c.thing == "parameter":
		return func(d change) bool { return d.place == c.place && (d.aspect == "style" || d.aspect == "explode") }
	case c.aspect == "additionalProperties": // an object was closed, or takes other fields now
		return func(d change) bool { return d.place == c.place.Values() && d.aspect == facts.Present }
	case c.aspect == facts.Security:
		return func(d change) bool { return d.aspect == facts.Scheme }
	case c.aspect == facts.Union:
		return func(d change) bool { return inside(d) || d.place == c.place && d.aspect == facts.Type }
	case c.aspect == facts.MediaType && (c.from == "" || c.to == ""): // a body came or went
		return func(d change) bool {
			return inside(d) || d.place == c.place && (d.aspect == facts.Type || d.aspect == facts.Sample)
		}
	}
	return nil
}

// isContainer reports whether values of a type contain others.
func isContainer(kind string) bool { return kind == "array" || kind == "object" }
