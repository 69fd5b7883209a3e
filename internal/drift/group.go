package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// group puts the same change in several operations together: they have one root cause.
func group(changes []change, before, after string, judge func(change) effect, site func(change) Site, advise func(*Finding, change)) []*Finding {
	var out []*Finding
	at := map[string]*Finding{}
	all := mergeValues(changes)
	changes = nil // the first of each finding
	for _, c := range all {
		cause := strings.Join([]string{kindOf(c), string(c.place), string(c.aspect), c.from, c.to, c.value, c.became, string(c.newPlace)}, "\x00")
		if c.thing == "operation" && c.aspect == facts.Present {
			cause += c.operation
		}
		f := at[cause]
		if f == nil {
			e := judge(c)
			f = &Finding{Kind: kindOf(c), Severity: e.severity, Wire: e.wire, Go: e.program, Message: describe(c, before, after), detail: c.value}
			if c.thing == "operation" && c.aspect == facts.Present && c.renamed == "" {
				f.Message = describe(change{place: facts.Place(c.operation), aspect: c.aspect, from: c.from, to: c.to}, before, after)
			}
			at[cause] = f
			out = append(out, f)
			changes = append(changes, c)
		}
		f.Sites = append(f.Sites, site(c))
		advise(f, c)
	}
	out = shareNodes(out, changes)
	for _, f := range out {
		f.identify()
	}
	disambiguate(out)
	return out
}

// shareNodes puts together what is one change of one node of the spec, which several places share.
func shareNodes(findings []*Finding, first []change) []*Finding {
	type node struct {
		cause string
		pos   facts.Pos
	}
	at := map[node]*Finding{}
	var out []*Finding
	for i, f := range findings {
		c := first[i]
		cause := strings.Join([]string{f.Kind, lastName(c.place), string(c.aspect), c.from, c.to, c.value, c.became, c.renamed}, "\x00")
		var known *Finding
		for _, s := range f.Sites {
			if s.Page == nil && s.Spec.Pos.Line > 0 && known == nil {
				known = at[node{cause, s.Spec.Pos}]
			}
		}
		if known == nil {
			known, out = f, append(out, f)
		} else {
			known.Sites, known.Edits = append(known.Sites, f.Sites...), append(known.Edits, f.Edits...)
		}
		for _, s := range f.Sites {
			if s.Page == nil {
				at[node{cause, s.Spec.Pos}] = known
			}
		}
	}
	return out
}

// mergeValues makes one change of a value that left an enum and one that came in its place.
func mergeValues(changes []change) []change {
	type at struct {
		operation string
		place     facts.Place
	}
	counts := map[at][]int{}
	for i, c := range changes {
		if c.aspect == facts.Enum && c.value != "" {
			counts[at{c.operation, c.place}] = append(counts[at{c.operation, c.place}], i)
		}
	}
	drop := map[int]bool{}
	out := slices.Clone(changes)
	for _, list := range counts {
		if len(list) == 2 && out[list[0]].verb != out[list[1]].verb {
			c := &out[list[0]]
			c.verb, c.became = "changed", out[list[1]].value
			drop[list[1]] = true
		}
	}
	kept := out[:0]
	for i, c := range out {
		if !drop[i] {
			kept = append(kept, c)
		}
	}
	return kept
}

// disambiguate: several findings of one kind at one place, such as two new enum values, get into their ids what tells them
// apart.
func disambiguate(findings []*Finding) {
	count := map[string]int{}
	for _, f := range findings {
		count[f.ID]++
	}
	for _, f := range findings {
		if count[f.ID] > 1 && f.detail != "" {
			f.ID += "|" + f.detail
		}
	}
}
