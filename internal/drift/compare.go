package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// compare returns the differences between two versions of an operation. A place that only one of them has is one difference:
// its content is not listed.
func compare(from, to *index, as comparison) []change {
	var out []change
	toOp := to.op
	to = inOrder(from, to, as)
	inAlternatives := withinAlternatives(from, to)
	add := func(c change) {
		c.operation, c.thing, c.fromOp, c.toOp = from.op.ID, thingOf(c.place), from.op, toOp
		out = append(out, c)
	}
	for _, f := range from.op.Facts {
		k := key{f.Place, f.Aspect}
		if as.skip(f.Place, f.Aspect) || from.facts[k] != f || inAlternatives(f) {
			continue
		}
		other, there := to.facts[k]
		switch {
		case there && f.Aspect.Same(f.Value, other.Value):
		case there && f.Aspect == facts.Enum:
			compareEnums(f, other, as, add)
		case there:
			at := other.Pos
			if f.Aspect == facts.Sample {
				at.Line += facts.SampleLine(f.Value, other.Prose)
			}
			add(change{place: f.Place, aspect: f.Aspect, verb: as.changed, from: f.Value, to: other.Value, fromPos: f.Pos, toPos: at,
				fromText: readable(f), toText: readable(other)})
		case !inLackingPlace(f, from, to) && !as.isHidden(f) && !isOpenObject(f, from, to):
			add(change{place: f.Place, aspect: f.Aspect, verb: as.removed, from: f.Value, fromPos: f.Pos, toPos: to.near(f.Place, f.Aspect), fromText: readable(f)})
		}
	}
	for _, f := range to.op.Facts {
		k := key{f.Place, f.Aspect}
		if _, here := from.facts[k]; here || as.skip(f.Place, f.Aspect) || to.facts[k] != f || inAlternatives(f) {
			continue
		}
		if as.lacks != nil && as.lacks(f.Place, f.Aspect) {
			continue
		}
		if !inLackingPlace(f, to, from) && !isOpenObject(f, to, from) {
			add(change{place: f.Place, aspect: f.Aspect, verb: as.added, to: f.Value, fromPos: from.near(f.Place, f.Aspect), toPos: f.Pos, toText: readable(f)})
		}
	}
	return out
}

// withinAlternatives returns a function that reports whether a fact is covered by the alternatives of authorization, which
// are compared as one value: the first scheme, and the scopes of a scheme. Scopes that a page lists separately are separate
// facts.
func withinAlternatives(from, to *index) func(facts.Fact) bool {
	before := from.value(facts.AuthPlace, facts.Security)
	after := to.value(facts.AuthPlace, facts.Security)
	scopes := func(in *index, all string) bool {
		list := in.value(facts.AuthPlace, facts.Scopes)
		return list == "" || strings.Contains(all, `"requires":`+list)
	}
	skipScopes := scopes(from, before) && scopes(to, after)
	return func(f facts.Fact) bool {
		return before != "" && after != "" && (f.Aspect == facts.Scheme || f.Aspect == facts.Scopes && skipScopes)
	}
}

// inLackingPlace reports whether the other document lacks the place of a fact, or one that contains it.
func inLackingPlace(f facts.Fact, own, other *index) bool {
	at := f.Place
	if f.Aspect == facts.Present {
		at = at.Parent()
	}
	for ; at != ""; at = at.Parent() {
		if own.says(at, facts.Present) && !other.says(at, facts.Present) {
			return true
		}
	}
	return false
}

// isOpenObject reports whether a fact allows any other fields in an object, which is the default.
func isOpenObject(f facts.Fact, own, other *index) bool {
	object := f.Place.Parent()
	if f.Aspect != facts.Present || f.Place != object.Values() || other.value(object, facts.Type) != "object" {
		return false
	}
	return !other.says(object, "additionalProperties") && !slices.ContainsFunc(own.op.Facts, func(g facts.Fact) bool { return g != f && g.Place.Under(f.Place) })
}

// readable returns a fact's value for people. Prose of which only the fingerprint is known is described as such.
func readable(f facts.Fact) string {
	switch {
	case f.Aspect == facts.Security:
		return facts.SecurityWords(f.Value)
	case !f.Aspect.IsText() || f.Value == "":
		return f.Value
	case f.Prose != "":
		return facts.PlainText(f.Prose)
	}
	return fingerprintOf + f.Value
}

const fingerprintOf = "text with the fingerprint "

// Prose returns the text of a side of a finding about text. It is not known if the record has only its fingerprint.
func (s *Side) Prose() (text string, known bool) {
	return s.Says, !strings.HasPrefix(s.Says, fingerprintOf)
}

// compareEnums compares the values of enums. The same values in another order are a different kind of change.
func compareEnums(f, other facts.Fact, as comparison, add func(change)) {
	before, after := facts.Texts(f.Value), facts.Texts(other.Value)
	base := change{place: f.Place, aspect: facts.Enum, verb: as.changed, from: f.Value, to: other.Value, fromPos: f.Pos, toPos: other.Pos,
		fromText: f.Value, toText: other.Value}
	found := false
	only := func(values, others []string, verb string) {
		for _, value := range values {
			if !slices.Contains(others, value) {
				c := base
				c.verb, c.value, found = verb, value, true
				add(c)
			}
		}
	}
	only(before, after, as.removed)
	only(after, before, as.added)
	if !found {
		add(base)
	}
}
