package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// findingMaker creates findings from changes.
type findingMaker struct {
	before, after string // names of the two sides
	effect        func(change) effect
	site          func(change) Site
	propose       func(*Finding, change) // adds the edit that resolves the change
	back          bool                   // resolving a change restores the first side
}

// findings creates one finding for the same change in several operations: they have one root cause.
func (m findingMaker) findings(changes []change) []*Finding {
	var out []*Finding
	var first []change // the first change of each finding
	at := map[string]*Finding{}
	for _, c := range mergeValues(changes) {
		cause := strings.Join([]string{kindOf(c), string(c.place), string(c.aspect), c.from, c.to, c.value, c.became, string(c.newPlace)}, "\x00")
		if c.thing == "operation" && c.aspect == facts.Present {
			cause += c.operation
		}
		f := at[cause]
		if f == nil {
			e := m.effect(c)
			f = &Finding{Kind: kindOf(c), Severity: e.severity, Wire: e.wire, Go: e.program, Message: describe(c, m.before, m.after), detail: c.value}
			at[cause] = f
			out, first = append(out, f), append(first, c)
		}
		for _, one := range append([]change{c}, c.parts...) {
			f.Sites = append(f.Sites, m.site(one))
		}
		first := len(f.Edits)
		for _, one := range c.steps(m.back) {
			m.propose(f, one)
		}
		if c.goesInSteps(m.back) && len(f.Edits) > first { // after its fields have moved out of it
			own := f.Edits[first]
			f.Edits = append(slices.Delete(f.Edits, first, first+1), own)
		}
	}
	out = mergeSharedNodes(out, first)
	for _, f := range out {
		f.identify()
	}
	makeDistinct(out)
	return out
}

// sharedNode returns the position of a site's node in the document that changed: in the spec, or in a document that is a
// page. A script has no lines.
func sharedNode(s Site, c change) (facts.Pos, bool) {
	if s.Page == nil {
		return s.Spec.Pos, s.Spec.Pos.Line > 0
	}
	return s.Page.Pos, s.Page.Pos.Line > 0 && c.toOp != nil && c.toPos != c.toOp.Pos
}

// mergeSharedNodes merges findings that are one change of one node, which several places share.
func mergeSharedNodes(findings []*Finding, first []change) []*Finding {
	type node struct {
		cause string
		pos   facts.Pos
	}
	at := map[node]*Finding{}
	var out []*Finding
	for i, f := range findings {
		c := first[i]
		cause := strings.Join([]string{f.Kind, c.place.Last().Name, string(c.aspect), c.from, c.to, c.value, c.became, c.renamed}, "\x00")
		var known *Finding
		for _, s := range f.Sites {
			if pos, ok := sharedNode(s, c); ok && known == nil {
				known = at[node{cause, pos}]
			}
		}
		if known == nil {
			known, out = f, append(out, f)
		} else {
			known.Sites, known.Edits = append(known.Sites, f.Sites...), append(known.Edits, f.Edits...)
		}
		for _, s := range f.Sites {
			if pos, ok := sharedNode(s, c); ok {
				at[node{cause, pos}] = known
			}
		}
	}
	return out
}

// mergeValues merges the removal and the addition of an enum value into one change, and likewise values that were all
// replaced or differ only in case.
func mergeValues(changes []change) []change {
	type at struct {
		edition   *edition
		operation string
		place     facts.Place
	}
	values := map[at][]int{}
	for i, c := range changes {
		if c.aspect == facts.Enum && c.value != "" {
			values[at{c.edition, c.operation, c.place}] = append(values[at{c.edition, c.operation, c.place}], i)
		}
	}
	var out []change
	for i, c := range changes {
		if c.aspect == facts.Enum && c.value != "" {
			list := values[at{c.edition, c.operation, c.place}]
			one := len(list) == 2 && changes[list[0]].verb != changes[list[1]].verb
			all := len(list) > 2 && isReplaced(facts.Texts(c.from), facts.Texts(c.to))
			switch {
			case (one || all) && i != list[0]:
				continue
			case one:
				c.verb, c.became = "changed", changes[list[1]].value
			case all:
				c.verb, c.value, c.replaced = "changed", "", true
			}
		}
		out = append(out, c)
	}
	return out
}

// isReplaced reports whether an enum has none of its former values, or all of them in another case.
func isReplaced(before, after []string) bool {
	left := slices.DeleteFunc(slices.Clone(before), func(value string) bool { return slices.Contains(after, value) })
	recased := func(value string) bool {
		return slices.ContainsFunc(after, func(other string) bool { return withoutCase(other) == withoutCase(value) })
	}
	return len(before) == len(after) && !slices.ContainsFunc(left, func(value string) bool { return !recased(value) }) ||
		len(left) == len(before) && len(after) > 0
}

// makeDistinct appends the difference to the ids of several findings of one kind at one place, such as two new enum values.
func makeDistinct(findings []*Finding) {
	count := map[string]int{}
	for _, f := range findings {
		count[f.ID]++
	}
	for _, f := range findings {
		if count[f.ID] > 1 && f.detail != "" {
			f.ID += "|" + f.detail
		}
	}
	seen := map[string]bool{}
	for _, f := range findings { // different statements of the docs of two API versions about one place
		if version := f.version(); seen[f.ID] && version != "" {
			f.ID += "|" + version
		}
		seen[f.ID] = true
	}
}
