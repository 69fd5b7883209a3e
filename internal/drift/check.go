package drift

import (
	"cmp"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Check compares the record with the spec, and the pages with the record.
func Check(in Input) *Report {
	c := &checker{Input: in, report: &Report{}}
	if c.Ledger == nil {
		c.Ledger = &Ledger{}
	}
	renamed := c.matchByRoute()
	c.unreadablePages()
	c.recordAndSpec(renamed)
	c.pagesAndRecord()
	known, all := c.report.Findings, indexes{}
	stale, doubtful := c.Ledger.auditEntries(c.Docs, c.Spec, c.Today, known, all)
	c.add(stale...)
	c.add(c.Ledger.auditKeywords(c.Docs, c.Spec, doubtful, known, all)...)
	slices.SortStableFunc(c.report.Findings, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ID, b.ID))
	})
	return c.report
}

func rank(f *Finding) int {
	if f.Unjudgeable {
		return -1
	}
	return slices.Index([]Severity{Error, Warning, Note}, f.Severity)
}

// Foresee checks what would be found with another spec after the pages were accepted: what a person still has to look at.
func Foresee(in Input, spec *facts.Document) *Report {
	record := *in.Docs
	record.Operations = slices.Clone(record.Operations)
	given := map[*facts.Operation]bool{}
	for _, page := range in.Pages {
		if recordOf(&record, &page) != nil || inKnownSection(&record, &page) {
			accepted, _ := Accept(&record, page)
			given[accepted] = true
		}
	}
	if in.Complete {
		record.Operations = slices.DeleteFunc(record.Operations, func(op *facts.Operation) bool { return !given[op] })
	}
	in.Docs, in.Spec = &record, spec
	return Check(in)
}
