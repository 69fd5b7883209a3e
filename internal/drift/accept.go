package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Accept writes what a page says into the record, in the place of what an earlier page of the operation said, and reports
// whether there was one. What this kind of page does not show stays as it was.
func Accept(record *facts.Document, page Page) (accepted *facts.Operation, updated bool) {
	old := recordOf(record, &page)
	accepted = withHidden(page, old)
	accepted.Contradictions = nil
	for _, issue := range page.Issues {
		if fingerprint := issue.fingerprint(); issue.isContradiction() && !slices.Contains(accepted.Contradictions, fingerprint) {
			accepted.Contradictions = append(accepted.Contradictions, fingerprint)
		}
	}
	record.Operations = slices.DeleteFunc(record.Operations, func(op *facts.Operation) bool { return op == old })
	record.Operations = append(record.Operations, accepted)
	return accepted, old != nil
}

// Concerns reports whether a record is about a page. One that was found in a directory can be of another part of the site; a
// record that holds nothing is about every page.
func Concerns(record *facts.Document, page Page) bool {
	return !page.Among || len(record.Operations) == 0 || isKnown(record, &page)
}

// withHidden is a page's operation, with what such a page does not show from the record of it, which may be nil.
func withHidden(page Page, old *facts.Operation) *facts.Operation {
	out := *page.Operation
	if old == nil {
		return &out
	}
	if page.Guessed {
		out.ID = old.ID
	}
	if out.Page == "" {
		out.Page = old.Page
	}
	if page.Hides == nil {
		return &out
	}
	now := indexOf(page.Operation)
	out.Facts = append([]facts.Fact(nil), page.Facts...)
	for _, f := range old.Facts {
		if _, shown := now.facts[key{f.Place, f.Aspect}]; shown || !page.Hides(f.Place, f.Aspect) {
			continue
		}
		if f.Aspect == facts.Sample && !sameInside(old, page, f.Place) {
			continue // it was made from a schema that has changed since
		}
		if now.has(f.Place) {
			out.Facts = append(out.Facts, f)
		}
	}
	return &out
}

// sameInside reports whether the page says the same of a place and all inside it as the record did.
func sameInside(old *facts.Operation, page Page, root facts.Place) bool {
	difference := map[facts.Fact]int{}
	count := func(all []facts.Fact, by int) {
		for _, f := range all {
			if f.Place.Under(root) && !page.Hides(f.Place, f.Aspect) && f.Aspect != facts.Uncertain {
				difference[facts.Fact{Place: f.Place, Aspect: f.Aspect, Value: f.Value}] += by
			}
		}
	}
	count(old.Facts, 1)
	count(page.Facts, -1)
	for _, n := range difference {
		if n != 0 {
			return false
		}
	}
	return true
}
