package driftmutants

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// Baseline is everything that a check compares, in a state without drift.
type Baseline struct {
	Pages  []*SourcePage
	Input  drift.Input // the record, made from the pages, with spec and ledger
	Record []string    // the record's lines
	// Sites is how many sites of each operator are tried; 0 tries all.
	Sites int
	// Twins: the pages are Markdown twins.
	Twins bool
}

// write writes the page of an operation, of the kind of all pages.
func (b *Baseline) write(op *facts.Operation) (*pagewriter.Page, error) {
	if !b.Twins {
		return pagewriter.Write(op, pagewriter.Dialect{})
	}
	text, err := pagewriter.WriteTwin(op)
	return &pagewriter.Page{Text: text}, err
}

// NewBaseline accepts pages into a record, and reads it with a spec and a ledger as the command does. dir is for the record,
// next to those of other API versions.
func NewBaseline(pages []*SourcePage, dir, specFile, ledgerFile string) (*Baseline, error) {
	record := &facts.Document{Version: pages[0].Page.Versions()[0]}
	for _, p := range pages {
		record.Operations = append(record.Operations, p.Page.Operation)
	}
	data, err := check.EncodeRecord(record)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, record.Version+".yaml"), data, 0o600); err != nil {
		return nil, err
	}
	in, err := check.Read(specFile, dir, ledgerFile)
	return &Baseline{Pages: pages, Input: in, Record: strings.Split(string(data), "\n")}, err
}

// docs returns the record of the pages.
func (b *Baseline) docs() *facts.Document {
	version := b.Pages[0].Page.Versions()[0]
	return b.Input.Docs[slices.IndexFunc(b.Input.Docs, func(d *facts.Document) bool { return d.Version == version })]
}

// CheckPage checks one page against the record. A page that cannot be read is a finding of the kind "unreadable". The spec
// agrees with the record here, so that all findings are about the page.
func (b *Baseline) CheckPage(file string, text []byte) *drift.Report {
	return checkPage(file, text, drift.Input{Docs: []*facts.Document{b.docs()}, Spec: b.docs()})
}

// CheckPageAndSpec checks one page against the record, and the record against the spec, as the command does.
func (b *Baseline) CheckPageAndSpec(file string, text []byte) *drift.Report {
	return checkPage(file, text, b.Input)
}

func checkPage(file string, text []byte, in drift.Input) *drift.Report {
	page, err := docpage.Parse(file, text)
	if err != nil {
		line := 0
		_, _ = fmt.Sscanf(strings.TrimPrefix(err.Error(), file+":"), "%d", &line)
		return &drift.Report{Findings: []*drift.Finding{{ID: "unreadable||" + err.Error(), Kind: "unreadable", Unjudgeable: true, Severity: drift.Error,
			Sites: []drift.Site{{Page: &drift.Side{Pos: facts.Pos{File: file, Line: line}}}}}}}
	}
	in.Pages = []drift.Page{check.Page(page)}
	return drift.Check(in)
}

// CheckSpec checks a spec against the record.
func (b *Baseline) CheckSpec(spec *facts.Document) *drift.Report {
	in := b.Input
	in.Spec = spec
	return drift.Check(in)
}

// CheckLedger checks the record against the spec with another ledger.
func (b *Baseline) CheckLedger(ledger *drift.Ledger) *drift.Report {
	in := b.Input
	in.Ledger = ledger
	return drift.Check(in)
}

// CheckAll checks all pages as they are against the record, and the record against the spec, as the command does.
func (b *Baseline) CheckAll() *drift.Report {
	in := b.Input
	in.Complete = true
	for _, p := range b.Pages {
		page, err := docpage.Parse(p.ID+".md", p.Text)
		if err != nil {
			return &drift.Report{Findings: []*drift.Finding{{ID: err.Error(), Unjudgeable: true}}}
		}
		in.Pages = append(in.Pages, check.Page(page))
	}
	return drift.Check(in)
}

// pageOf and specOf are a document's side of a finding's site.
func pageOf(s drift.Site) *drift.Side { return s.Page }

func specOf(s drift.Site) *drift.Side { return s.Spec }

// spread returns n of all sites, from the first to the last; all of them if n is 0.
func spread[T any](all []T, n int) []T {
	if n == 0 || len(all) <= n {
		return all
	}
	out := make([]T, n)
	for i := range out {
		out[i] = all[i*(len(all)-1)/max(1, n-1)]
	}
	return out
}
