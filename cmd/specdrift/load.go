package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/files"
	"github.com/highlevel-go/snapshots/spec"
)

// input reads what a check compares.
func (s *sources) input() (drift.Input, error) {
	docs, err := facts.ReadFile(s.docs)
	if errors.Is(err, fs.ErrNotExist) {
		return drift.Input{}, fmt.Errorf("%s is not there: write it with specdrift accept PAGES", s.docs)
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

// readSpec reads the curated spec, which must be valid OpenAPI by an independent judge: what is no spec cannot be compared.
func readSpec(file string) (*facts.Document, error) {
	document, err := facts.ReadFile(file)
	if err != nil {
		return nil, err
	}
	data, err := files.Read(file)
	if err != nil {
		return nil, err
	}
	if _, err := spec.LoadData(file, data); err != nil {
		return nil, fmt.Errorf("the spec is not valid: %w", err)
	}
	return document, nil
}

// parsedPage is a page with whether it was named or found in a directory.
type parsedPage struct {
	*docpage.Page
	among bool
}

// readPages reads pages from files, directories and addresses. Those that are none come back as errors, one each; a path that leads nowhere ends it all.
func readPages(paths []string) (pages []parsedPage, unreadable []error, err error) {
	paths, addresses := splitAddresses(paths)
	files, err := docpage.Files(paths)
	if err != nil {
		return nil, nil, err
	}
	if len(addresses) > 0 {
		if pages, unreadable, err = getPages(addresses); err != nil {
			return nil, nil, err
		}
	}
	origins := origins{}
	for _, file := range files {
		page, err := docpage.ReadFile(file.Path)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		origins.name(page)
		pages = append(pages, parsedPage{page, file.Among})
	}
	return pages, unreadable, nil
}

// tell writes problems to stderr, and what is wrong with pages that could be read.
func tell(stderr io.Writer, unreadable []error, pages []parsedPage) (failed int) {
	for _, err := range unreadable {
		fmt.Fprintf(stderr, "specdrift: %v\n", err)
	}
	failed = len(unreadable)
	for _, page := range pages {
		for _, issue := range page.Issues {
			fmt.Fprintf(stderr, "specdrift: %v\n", issue)
		}
		if !page.Judgeable() {
			failed++
		}
	}
	return failed
}

// side turns a page into what drift compares.
func (p parsedPage) side() drift.Page {
	out := drift.Page{Operation: p.Operation, File: p.File, Guessed: p.Guessed, Hides: p.Hides, Among: p.among}
	for _, issue := range p.Issues {
		out.Issues = append(out.Issues, drift.PageIssue{
			Kind: string(issue.Kind), Place: issue.Place, Aspect: issue.Aspect, Message: issue.Message, Pos: issue.Pos, Fatal: issue.Kind.Fatal(),
			Partial: issue.Kind == docpage.Truncated || issue.Kind == docpage.Skeleton, Silent: issue.Kind == docpage.Uncertain,
		})
	}
	return out
}
