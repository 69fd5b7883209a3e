package driftmutants

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// World is everything that a check compares, in a state without drift.
type World struct {
	Pages  []*SourcePage
	Docs   *facts.Document // the record, made from the pages
	Record []string        // its lines
	Spec   *facts.Document
	Ledger *drift.Ledger
}

// SourcePage is a page as it was accepted.
type SourcePage struct {
	ID   string
	Text []byte
	Page *docpage.Page
}

// OwnPages writes the pages that a record describes, in words of our own.
func OwnPages(recordFile string) ([]*SourcePage, error) {
	record, err := facts.ReadFile(recordFile)
	if err != nil {
		return nil, err
	}
	var out []*SourcePage
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if f.Aspect.IsText() {
				op.Facts[i].Prose = words(op, f)
			}
		}
		written, err := pagewriter.Write(op, pagewriter.Dialect{})
		if err != nil {
			return nil, err
		}
		page, err := docpage.Parse(op.ID+".md", written.Text)
		if err != nil {
			return nil, err
		}
		out = append(out, &SourcePage{ID: op.ID, Text: written.Text, Page: page})
	}
	return out, nil
}

// words are our own for a place, of which the record keeps a hash only.
func words(op *facts.Operation, f facts.Fact) string {
	usual := map[facts.Place]string{"response.200": "All went well", "response.201": "It was created", "response.400": "Bad request", "response.401": "Unauthorized"}
	switch {
	case f.Aspect == facts.Summary:
		title := strings.ReplaceAll(op.ID, "-", " ")
		return strings.ToUpper(title[:1]) + title[1:]
	case usual[f.Place] != "":
		return usual[f.Place]
	}
	return fmt.Sprintf("What %s is about.", strings.Trim(string(f.Place[strings.LastIndexAny(string(f.Place), ".]")+1:]), "."))
}

// ReadPages reads pages from files.
func ReadPages(files []string) ([]*SourcePage, error) {
	var out []*SourcePage
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		page, err := docpage.Parse(file, data)
		if err != nil {
			return nil, err
		}
		out = append(out, &SourcePage{ID: page.ID, Text: data, Page: page})
	}
	return out, nil
}

// NewWorld accepts pages into a record, and compares it with a spec and a ledger.
func NewWorld(pages []*SourcePage, specFile, ledgerFile string) (*World, error) {
	w := &World{Pages: pages}
	var operations []*facts.Operation
	for _, p := range pages {
		operations = append(operations, p.Page.Operation)
	}
	document, err := facts.Write(operations, facts.WriteOptions{Title: "Record", Version: "1"})
	if err != nil {
		return nil, err
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		return nil, err
	}
	w.Record = strings.Split(string(data), "\n")
	if w.Docs, err = facts.Read("docs.yaml", data); err != nil {
		return nil, err
	}
	if w.Spec, err = facts.ReadFile(specFile); err != nil {
		return nil, err
	}
	w.Ledger, err = drift.ReadLedgerFile(ledgerFile)
	return w, err
}

// side is a page as the comparer takes it.
func side(p *docpage.Page) drift.Page {
	out := drift.Page{Operation: p.Operation, File: p.File, Guessed: p.Guessed, Hides: p.Hides}
	for _, issue := range p.Issues {
		out.Issues = append(out.Issues, drift.PageIssue{
			Kind: string(issue.Kind), Place: issue.Place, Aspect: issue.Aspect, Message: issue.Message, Pos: issue.Pos, Fatal: issue.Kind.Fatal(),
			Partial: issue.Kind == docpage.Truncated || issue.Kind == docpage.Skeleton, Silent: issue.Kind == docpage.Uncertain,
		})
	}
	return out
}

// CheckPage checks one page against the record. A page that cannot even be read is a finding of the kind "unreadable". The
// spec says here what the record says, so that all findings are about the page.
func (w *World) CheckPage(file string, text []byte) *drift.Report {
	return w.check(file, text, drift.Input{Docs: w.Docs, Spec: w.Docs})
}

// CheckWhole checks one page against the record, and the record against the spec, as the command does.
func (w *World) CheckWhole(file string, text []byte) *drift.Report {
	return w.check(file, text, drift.Input{Docs: w.Docs, Spec: w.Spec, Ledger: w.Ledger})
}

func (w *World) check(file string, text []byte, in drift.Input) *drift.Report {
	page, err := docpage.Parse(file, text)
	if err != nil {
		line := 0
		_, _ = fmt.Sscanf(strings.TrimPrefix(err.Error(), file+":"), "%d", &line)
		return &drift.Report{Findings: []*drift.Finding{{ID: "unreadable||" + err.Error(), Kind: "unreadable", Unjudgeable: true, Severity: drift.Error,
			Sites: []drift.Site{{Page: &drift.Side{Pos: facts.Pos{File: file, Line: line}}}}}}}
	}
	in.Pages = []drift.Page{side(page)}
	return drift.Check(in)
}

// CheckSpec checks a spec against the record.
func (w *World) CheckSpec(spec *facts.Document) *drift.Report {
	return drift.Check(drift.Input{Docs: w.Docs, Spec: spec, Ledger: w.Ledger})
}

// pageSide and specSide pick a document of a finding's site.
func pageSide(s drift.Site) *drift.Side { return s.Page }

func specSide(s drift.Site) *drift.Side { return s.Spec }

// PageFactMutants writes a page for every change of its facts, at every site.
func (w *World) PageFactMutants() ([]Outcome, error) {
	var out []Outcome
	before := map[string][]byte{}
	for _, source := range w.Pages {
		written, err := pagewriter.Write(source.Page.Operation, pagewriter.Dialect{})
		if err != nil {
			return nil, err
		}
		before[source.ID] = written.Text
	}
	for _, operator := range pageFactOperators() {
		for _, source := range w.Pages {
			for _, at := range operator.sites(source.Page.Operation) {
				op := clone(source.Page.Operation)
				place, aspect := operator.edit(op, at)
				if place == "" {
					continue
				}
				written, err := pagewriter.Write(op, pagewriter.Dialect{})
				if err != nil {
					return nil, fmt.Errorf("%s at %s: %w", operator.Name, at, err)
				}
				if bytes.Equal(written.Text, before[source.ID]) {
					out = append(out, Outcome{Mutant: &Mutant{Operator: &operator.Operator, Site: source.ID + " " + string(at)}, Invisible: true})
					continue
				}
				m := &Mutant{Operator: &operator.Operator, Site: source.ID + " " + string(at), Text: written.Text, Place: place}
				for _, f := range written.Facts {
					if f.Place == place && f.Aspect == aspect {
						m.Line = f.Pos.Line
					}
				}
				if m.Line == 0 {
					m.Gone = w.recordWord(source.ID, place, aspect)
				}
				out = append(out, judge(m, w.CheckPage(source.ID+".md", written.Text), pageSide, w.Record))
			}
		}
	}
	return out, nil
}

// recordWord is a word that the record's line about a place and aspect holds.
func (w *World) recordWord(id string, place facts.Place, aspect facts.Aspect) string {
	switch {
	case aspect == facts.Present && place == facts.BodyPlace:
		return "required" // the first line inside requestBody
	case aspect == facts.Present:
		return name(place)
	case aspect == facts.Required && !place.IsParam() && place != facts.BodyPlace:
		return name(place) // in the list of what is required
	case aspect == facts.Required:
		return "required"
	case aspect == facts.Scheme:
		return "http"
	case aspect == facts.Deprecated || aspect == facts.Nullable:
		return string(aspect)
	}
	if value := w.Docs.Operation(id).Value(place, aspect); !strings.HasPrefix(value, "[") {
		return value
	}
	return ""
}

// CheckAll checks all pages as they are against the record, and the record against the spec, as the command does.
func (w *World) CheckAll() *drift.Report {
	in := drift.Input{Docs: w.Docs, Spec: w.Spec, Ledger: w.Ledger, Complete: true}
	for _, p := range w.Pages {
		page, err := docpage.Parse(p.ID+".md", p.Text)
		if err != nil {
			return &drift.Report{Findings: []*drift.Finding{{ID: err.Error(), Unjudgeable: true}}}
		}
		in.Pages = append(in.Pages, side(page))
	}
	return drift.Check(in)
}
