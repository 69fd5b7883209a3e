package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Accept replaces the record of a page's operation with what the page says, and reports whether there was one. What this
// kind of page does not show is unchanged.
func Accept(record *facts.Document, page Page) (accepted *facts.Operation, updated bool) {
	old := recordOf(record, &page)
	accepted, _ = withHidden(page, old)
	withoutStaleSamples(accepted, old, page)
	accepted.Unseen, accepted.Contradictions = nil, nil
	for _, aspect := range page.Unseen {
		if !slices.ContainsFunc(accepted.Facts, func(f facts.Fact) bool { return f.Aspect == aspect }) {
			accepted.Unseen = append(accepted.Unseen, aspect)
		}
	}
	for _, issue := range page.Issues {
		if fingerprint := issue.fingerprint(); issue.isContradiction() && !slices.Contains(accepted.Contradictions, fingerprint) {
			accepted.Contradictions = append(accepted.Contradictions, fingerprint)
		}
	}
	record.Operations = slices.DeleteFunc(record.Operations, func(op *facts.Operation) bool { return op == old })
	record.Operations = append(record.Operations, accepted)
	return accepted, old != nil
}

// Concerns reports whether a record is about a page. A page found in a directory can belong to another part of the site. An
// empty record is about every page.
func Concerns(record *facts.Document, page Page) bool {
	return !page.Among || len(record.Operations) == 0 || isKnown(record, &page)
}

// withHidden returns a page's operation with the facts of its record, which may be nil, that such a page cannot show. It
// also returns the reasons why it cannot.
func withHidden(page Page, old *facts.Operation) (seen *facts.Operation, why []string) {
	out := *page.Operation
	if old == nil {
		return &out, nil
	}
	if page.Guessed || old.Page == "" || old.Page == out.Page {
		out.ID = old.ID
	}
	if out.Page == "" {
		out.Page = old.Page
	}
	if page.Hides == nil {
		return &out, nil
	}
	out.Facts = slices.Clone(page.Facts)
	now, kept := indexOf(page.Operation), map[facts.Place]bool{}
	var hidden factGroups
	for _, f := range old.Facts {
		is, shown := now.facts[key{f.Place, f.Aspect}]
		if is.Value == f.Value {
			continue
		}
		reason, isHidden := page.Hides(old, f, is.Value)
		if !isHidden {
			continue
		}
		if isNew := !now.has(f.Place) && !kept[f.Place]; isNew {
			if parent := f.Place.Parent(); parent == "" || !now.has(parent) && !now.mentions(parent) && !kept[parent] || f.Aspect != facts.Present && !now.mentions(f.Place) && !isItems(f.Place) {
				continue // the page lacks it for another reason
			}
			kept[f.Place] = true
		}
		if reason != "" && f.Aspect.IsCompared() {
			hidden.add(f, reason)
		}
		if shown {
			out.Facts = slices.DeleteFunc(out.Facts, func(g facts.Fact) bool { return g.Place == f.Place && g.Aspect == f.Aspect })
		}
		out.Facts = append(out.Facts, f)
	}
	return &out, notShown(hidden)
}

// isItems reports whether a place is the items of a list, which exist if the list does.
func isItems(place facts.Place) bool { return strings.HasSuffix(string(place), "[]") }

// withoutUnrecorded returns what a page shows without what the record cannot contain, because the accepted source does not
// show it. It also returns what only OpenAPI documents say, which was not compared.
func withoutUnrecorded(op, record *facts.Operation) (seen *facts.Operation, unrecorded []string) {
	out := *op
	known := indexOf(record)
	described := known.says(facts.OperationPlace, facts.Text)
	summary := op.Value(facts.OperationPlace, facts.Summary)
	var hidden factGroups
	out.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool {
		if !known.says(f.Place, f.Aspect) && !record.FromDocument && facts.OnlyInDocuments(f.Place, f.Aspect) {
			hidden.add(f, "accept the page to hold it")
			return true
		}
		isSummary := f.Place == facts.OperationPlace && f.Aspect == facts.Text && f.Value == summary // printed if there is no description
		return slices.Contains(record.Unseen, f.Aspect) || isSummary && !described
	})
	return &out, notShown(hidden)
}

// withoutStaleSamples removes the recorded printed JSON of a body whose schema has changed since.
func withoutStaleSamples(accepted, old *facts.Operation, page Page) {
	if old == nil {
		return
	}
	now := indexOf(page.Operation)
	accepted.Facts = slices.DeleteFunc(accepted.Facts, func(f facts.Fact) bool {
		return f.Aspect == facts.Sample && !now.says(f.Place, f.Aspect) && !sameInside(old, accepted, f.Place)
	})
}

// sameInside reports whether two versions of an operation say the same about a place and everything in it, except printed
// JSON.
func sameInside(a, b *facts.Operation, root facts.Place) bool {
	difference := map[facts.Fact]int{}
	count := func(all []facts.Fact, by int) {
		for _, f := range all {
			if f.Place.Under(root) && f.Aspect != facts.Sample && f.Aspect.IsCompared() {
				difference[facts.Fact{Place: f.Place, Aspect: f.Aspect, Value: f.Value}] += by
			}
		}
	}
	count(a.Facts, 1)
	count(b.Facts, -1)
	for _, n := range difference {
		if n != 0 {
			return false
		}
	}
	return true
}
