package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

// ledgerFix changes the ledger along with the spec: an entry follows its place, and a settled entry is removed, with its
// marks.
type ledgerFix struct {
	*sources
	in            drift.Input
	all           bool // all findings are to be resolved
	findings      []*drift.Finding
	before, after []byte // the ledger
	resolved      map[*drift.Finding]bool
	done          []string // what was done, for people
}

// follow changes the ledger as the edits require. It returns the spec without the marks of removed entries, and the findings
// of a check of both after the pages are accepted.
func (l *ledgerFix) follow(edited []byte, outcomes []specedit.Outcome) (future []*drift.Finding, spec []byte, err error) {
	l.resolved, l.done = map[*drift.Finding]bool{}, nil
	if l.before, err = fileio.Read(l.ledger); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	var edits []drift.Edit
	for _, outcome := range outcomes {
		if outcome.Err == nil {
			edits = append(edits, outcome.Finding.Edits...)
		}
	}
	moved := specedit.MovedEntries(l.in.Ledger, edits)
	if l.after, err = specedit.Ledger(l.ledger, l.before, moved, nil); err != nil {
		return nil, nil, err
	}
	if future, err = l.foresee(edited); err != nil {
		return nil, nil, err
	}
	var settled []string
	for _, f := range future {
		if f.Settled != "" && (l.all || f.IsAmong(l.findings)) {
			settled = append(settled, f.Settled)
			l.done = append(l.done, fmt.Sprintf("%s; the entry and its marks were removed", f.Message))
		}
	}
	if len(settled) == 0 {
		return future, edited, nil
	}
	if l.after, err = specedit.Ledger(l.ledger, l.after, nil, settled); err != nil {
		return nil, nil, err
	}
	if spec, err = specedit.WithoutMarks(l.spec, edited, settled); err != nil {
		return nil, nil, err
	}
	for _, f := range l.findings {
		if slices.Contains(settled, f.Settled) {
			l.resolved[f] = true
		}
	}
	future, err = l.foresee(spec)
	return future, spec, err
}

func (l *ledgerFix) foresee(spec []byte) ([]*drift.Finding, error) {
	document, err := facts.Read(l.spec, spec)
	if err != nil {
		return nil, err
	}
	in := l.in
	if len(l.before) > 0 {
		if in.Ledger, err = drift.ReadLedger(l.ledger, l.after); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(drift.Foresee(in, document).Findings, func(f *drift.Finding) bool { return f.Severity == drift.Note }), nil
}

// write writes the ledger if it changed.
func (l *ledgerFix) write() error {
	if bytes.Equal(l.before, l.after) {
		return nil
	}
	return fileio.Replace(l.ledger, l.after)
}
