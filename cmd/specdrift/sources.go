package main

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// sources are the files that a check compares.
type sources struct{ spec, docs, ledger string }

// input reads what a check compares.
func (s *sources) input() (drift.Input, error) {
	docs, err := facts.ReadFile(s.docs)
	if errors.Is(err, fs.ErrNotExist) {
		return drift.Input{}, fmt.Errorf("%s does not exist: write it with specdrift accept PAGES", s.docs)
	}
	if err != nil {
		return drift.Input{}, err
	}
	spec, err := readSpec(s.spec)
	if err != nil {
		return drift.Input{}, err
	}
	ledger, err := drift.ReadLedgerFile(s.ledger)
	if err != nil {
		return drift.Input{}, err
	}
	return drift.Input{Docs: docs, Spec: spec, Ledger: ledger, Today: time.Now()}, nil
}

// readSpec reads the curated spec, which must be valid OpenAPI: an invalid document cannot be compared.
func readSpec(file string) (*facts.Document, error) {
	docs, err := oas.Open(file)
	if err != nil {
		return nil, err
	}
	document, err := facts.ReadDocuments(docs)
	if err != nil {
		return nil, err
	}
	if _, err := docs.Validate(); err != nil {
		return nil, fmt.Errorf("the spec is not valid: %w", err)
	}
	return document, nil
}

// gather reads all that is compared, and where an edit of the spec can copy facts from: the pages, else the record.
func (s *sources) gather(paths []string, want string) (in drift.Input, source func(operation string) *facts.Operation, err error) {
	if in, err = s.input(); err != nil {
		return in, nil, err
	}
	pages, unreadable, err := readPages(paths)
	if err != nil {
		return in, nil, err
	}
	known := map[string]*facts.Operation{}
	for _, op := range in.Docs.Operations {
		known[op.ID] = op
	}
	for _, page := range pages {
		if want != "" && page.ID != want {
			return in, nil, fmt.Errorf("%s: this is the page of %s, not of %s", page.Pos, page.ID, want)
		}
		in.Pages = append(in.Pages, page.side())
		if page.Judgeable() {
			known[page.ID] = page.Operation
		}
	}
	in.Unreadable = unreadable
	return in, func(id string) *facts.Operation { return known[id] }, nil
}
