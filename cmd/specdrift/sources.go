package main

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// sources are the files that a check compares.
type sources struct{ spec, docs, ledger string }

// input reads what a check compares.
func (s *sources) input() (drift.Input, error) { return check.Read(s.spec, s.docs, s.ledger) }

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
		in.Pages = append(in.Pages, page.compared())
		if page.Judgeable() {
			known[page.ID] = page.Operation
		}
	}
	in.Unreadable = unreadable
	return in, func(id string) *facts.Operation { return known[id] }, nil
}
