// Package documentpairs compares the comparison of OpenAPI documents with a library made for that: for each pair of
// documents in which oasdiff finds a change, there must be a finding or a remark here.
package documentpairs

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Compare accepts the operations of one document into a record, and checks those of another against it, as pages and as the spec.
func Compare(before, after []byte) (pages, spec *drift.Report, err error) {
	record, err := Record(before)
	if err != nil {
		return nil, nil, err
	}
	now, err := docpage.ParseAll("after.yaml", after)
	if err != nil {
		return nil, nil, fmt.Errorf("after: %w", err)
	}
	in := drift.Input{Docs: []*facts.Document{record}, Spec: record, Complete: true}
	for _, p := range now {
		in.Pages = append(in.Pages, check.Page(p))
	}
	document, err := facts.Read("after.yaml", after)
	if err != nil {
		return nil, nil, err
	}
	return drift.Check(in), drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: document}), nil
}

// Record returns the record that accepting a document writes, read again.
func Record(document []byte) (*facts.Document, error) {
	pages, err := docpage.ParseAll("before.yaml", document)
	if err != nil {
		return nil, fmt.Errorf("before: %w", err)
	}
	record := &facts.Document{File: "docs.yaml"}
	for _, p := range pages {
		drift.Accept(record, check.Page(p))
	}
	data, err := check.EncodeRecord(record)
	if err != nil {
		return nil, err
	}
	return facts.Read(record.File, data)
}

// IsSilent reports whether a check reports nothing at all.
func IsSilent(r *drift.Report) bool { return len(r.Findings) == 0 && len(r.Remarks) == 0 }

// Kinds returns the kinds of a report's findings.
func Kinds(r *drift.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
