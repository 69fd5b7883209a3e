// Package check reads the input of a drift check: the records, the spec, the ledger, and pages.
//
// It connects packages docpage and drift, neither of which imports the other. The command and the laboratories in
// internal/prove both use it, so the laboratories test the code that the command runs.
package check

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Read reads the files that a check compares. The records at docsPath are read by [ReadRecords]. A missing ledger is empty.
func Read(specFile, docsPath, ledgerFile string) (drift.Input, error) {
	docs, err := ReadRecords(docsPath)
	if errors.Is(err, fs.ErrNotExist) {
		return drift.Input{}, fmt.Errorf("%s does not exist: write it with specdrift accept PAGES", docsPath)
	}
	if err != nil {
		return drift.Input{}, err
	}
	document, err := readSpec(specFile)
	if err != nil {
		return drift.Input{}, err
	}
	ledger, err := drift.ReadLedgerFile(ledgerFile)
	if err != nil {
		return drift.Input{}, err
	}
	return drift.Input{Docs: docs, Spec: document, Ledger: ledger, Today: time.Now()}, nil
}

// readSpec reads the curated spec. It must be valid OpenAPI: an invalid document cannot be compared.
func readSpec(file string) (*facts.Document, error) {
	documents, err := oas.Open(file)
	if err != nil {
		return nil, err
	}
	document, err := facts.ReadDocuments(documents)
	if err != nil {
		return nil, err
	}
	if _, err := documents.Validate(); err != nil {
		return nil, fmt.Errorf("the spec is not valid: %w", err)
	}
	return document, nil
}

// Page converts a page of docpage to one of drift.
func Page(p *docpage.Page) drift.Page {
	out := drift.Page{Operation: p.Operation, File: p.File, Source: p.Source, Guessed: p.Guessed, Hides: p.Hides, Unseen: p.Hidden, Unlisted: p.Unlisted}
	for _, issue := range p.Issues {
		out.Issues = append(out.Issues, drift.PageIssue{
			Kind: string(issue.Kind), Place: issue.Place, Aspect: issue.Aspect, Message: issue.Message, Pos: issue.Pos, Fatal: issue.Kind.Fatal(),
			Partial: issue.Kind == docpage.Truncated || issue.Kind == docpage.Skeleton, Silent: issue.Kind.Remark(),
		})
	}
	return out
}
