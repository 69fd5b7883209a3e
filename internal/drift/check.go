package drift

import (
	"cmp"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Check compares the records with the spec, and the pages with the records of their API versions.
func Check(in Input) *Report {
	editions, renamed := editionsOf(&in)
	c := &checker{Input: in, report: &Report{}, editions: editions}
	c.unreadablePages()
	c.recordsAndSpec(renamed)
	c.pagesAndRecords()
	known, all := c.report.Findings, indexes{}
	stale, doubtful := c.auditEntries(known, all)
	c.add(stale...)
	c.add(c.auditKeywords(doubtful, known, all)...)
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

// Foresee checks another spec as if the pages were accepted, and returns what a person still has to look at.
func Foresee(in Input, spec *facts.Document) *Report {
	in.Docs, in.Spec = Accepted(in), spec
	return Check(in)
}

// Accepted returns the records as they would be if the pages were accepted.
func Accepted(in Input) []*facts.Document {
	given := map[*facts.Operation]bool{}
	var records []*facts.Document
	for _, docs := range in.Docs {
		record := *docs
		record.Operations = slices.Clone(record.Operations)
		records = append(records, &record)
	}
	for _, page := range in.Pages {
		record, version, candidates := RecordFor(records, page)
		if record == nil && len(candidates) == 0 && slices.ContainsFunc(records, func(r *facts.Document) bool { return isKnown(r, &page) }) {
			record = &facts.Document{File: page.File, Version: version}
			records = append(records, record)
		} else if record == nil || !isKnown(record, &page) {
			continue
		}
		accepted, _ := Accept(record, page)
		given[accepted] = true
	}
	if in.Complete {
		for _, record := range records {
			if slices.ContainsFunc(record.Operations, func(op *facts.Operation) bool { return given[op] }) {
				record.Operations = slices.DeleteFunc(record.Operations, func(op *facts.Operation) bool { return !given[op] })
			}
		}
	}
	return records
}
