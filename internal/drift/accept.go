package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Accept writes what a page says into the record, in the place of what an earlier page of the operation said, and reports
// whether there was one. What this kind of page does not show stays as it was.
func Accept(record *facts.Document, page Page) (accepted *facts.Operation, updated bool) {
	old := recordOf(record, &page)
	accepted = acceptedOver(old, page)
	accepted.Contradictions = nil
	for _, issue := range page.Issues {
		if fingerprint := issue.fingerprint(); issue.contradicts() && !slices.Contains(accepted.Contradictions, fingerprint) {
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
	return !page.Among || len(record.Operations) == 0 || recordOf(record, &page) != nil || knownSection(record, &page)
}

// Foresee checks what would be found with another spec once the pages were accepted: what a person still has to look at.
func Foresee(in Input, spec *facts.Document) *Report {
	record := *in.Docs
	record.Operations = slices.Clone(record.Operations)
	for _, page := range in.Pages {
		if recordOf(&record, &page) != nil || knownSection(&record, &page) {
			Accept(&record, page)
		}
	}
	in.Docs, in.Spec = &record, spec
	return Check(in)
}

// acceptedOver is a page's operation, with what the page does not show from the record of it, which may be nil.
func acceptedOver(old *facts.Operation, page Page) *facts.Operation {
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
		k := key{f.Place, f.Aspect}
		if _, shown := now.facts[k]; shown || !page.Hides(f.Place, f.Aspect) {
			continue
		}
		if f.Aspect == facts.Sample && !sameInside(old, page, f.Place) {
			continue // it was made from a schema that is another one now
		}
		if now.has(f.Place) {
			out.Facts = append(out.Facts, f)
		}
	}
	return &out
}

// has reports whether an operation has a place. The places that every operation has need no fact that says so.
func (x *index) has(place facts.Place) bool {
	_, present := x.facts[key{place, facts.Present}]
	return present || !strings.ContainsAny(string(place), ".[{|#@") && place != facts.BodyPlace
}

// sameInside reports whether the page says the same of a place and all inside it as the record did.
func sameInside(old *facts.Operation, page Page, root facts.Place) bool {
	count := func(all []facts.Fact, into map[facts.Fact]int, by int) {
		for _, f := range all {
			if f.Place.Under(root) && !page.Hides(f.Place, f.Aspect) && f.Aspect != facts.Uncertain {
				into[facts.Fact{Place: f.Place, Aspect: f.Aspect, Value: f.Value}] += by
			}
		}
	}
	left := map[facts.Fact]int{}
	count(old.Facts, left, 1)
	count(page.Facts, left, -1)
	for _, n := range left {
		if n != 0 {
			return false
		}
	}
	return true
}
