package sectioninit

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// Input is what a section is created from.
type Input struct {
	Section string
	Folder  string // contains "spec" and "api"; in a Go module
	Module  Module
	Pages   []drift.Page
	Today   time.Time
}

// File is a file to be written.
type File struct {
	Path string
	Data []byte
	// Added reports whether the file exists, and Data is its content with lines added.
	Added bool
}

// Section is the initial content of a section.
type Section struct {
	Files      []File
	Where      check.Files
	Records    []*facts.Document
	Operations int
	// Left lists the pages that are not in the spec, each with file, line and reason.
	Left []string
	// Review lists what a person has to review.
	Review []ReviewItem
	// Client is the folder of the generated package, and Package its name.
	Client, Package string
	// ReviewFile is the file that lists what a person has to review.
	ReviewFile string
	// GenerateLine is the go:generate line for the client.
	GenerateLine string
}

// ReviewItem is something that a person has to review. Place is file and line.
type ReviewItem struct {
	Kind, Place, Text string
	at                oas.Place // in the spec; Place is set once the lines are known
}

// Plan creates the files of a section, without the operations for which no client can be generated.
func Plan(in Input) (*Section, error) {
	pages, left := oneVersion(in.Pages)
	pages, refused, err := in.usable(pages)
	if err != nil {
		return nil, err
	}
	left = append(left, refused...)
	if len(pages) == 0 {
		return nil, fmt.Errorf("no page is left to make a section from%s", strings.Join(append([]string{""}, left...), "\n  "))
	}
	s, err := in.plan(pages)
	if err != nil {
		return nil, err
	}
	s.Left = append(left, s.Left...)
	s.ReviewFile = filepath.Join(filepath.Dir(s.Where.Docs), "REVIEW.md")
	s.Files = append(s.Files, File{Path: s.ReviewFile, Data: s.reviewPage(in.Section)})
	return s, nil
}

func (in Input) plan(pages []drift.Page) (*Section, error) {
	where, err := check.NewSectionFiles(filepath.Join(in.Folder, "spec"), in.Section)
	if err != nil {
		return nil, err
	}
	s := &Section{Where: where, Package: PackageName(in.Section)}
	s.Client = filepath.Join(in.Folder, "api", s.Package)
	if s.Records, err = s.record(pages); err != nil {
		return nil, err
	}
	for _, record := range s.Records {
		if err := s.addRecord(record); err != nil {
			return nil, err
		}
	}
	c := corrected(s.Records, in.Today)
	s.Review = append(s.Review, c.review...)
	draft, err := newDraft(in.Section, s, c)
	if err != nil {
		return nil, err
	}
	untested := draft.untested()
	data, err := draft.encode()
	if err != nil {
		return nil, err
	}
	if err := s.findLines(data); err != nil {
		return nil, err
	}
	s.Operations = len(c.operations)
	s.Files = append(s.Files, File{Path: where.Spec, Data: data}, File{Path: where.Ledger, Data: c.ledger(filepath.Base(where.Spec))})
	own := filepath.Dir(where.Docs)
	for _, f := range fixtures(c.operations) {
		s.Files = append(s.Files, File{Path: filepath.Join(own, "fixtures", f.Path), Data: f.Data})
	}
	s.Files = append(s.Files, s.generate(in), s.conformanceTest(in, untested))
	s.lookAtPages(pages)
	return s, nil
}

func (s *Section) addReview(kind, place, format string, args ...any) {
	s.Review = append(s.Review, ReviewItem{Kind: kind, Place: place, Text: fmt.Sprintf(format, args...)})
}

// addReviewAt is like [Section.addReview], for a place in the spec.
func (s *Section) addReviewAt(kind string, at []string, format string, args ...any) {
	place := oas.Place{File: filepath.Clean(s.Where.Spec)}.At(at...)
	s.Review = append(s.Review, ReviewItem{Kind: kind, Text: fmt.Sprintf(format, args...), at: place})
}

// findLines sets the places of review items in the spec.
func (s *Section) findLines(spec []byte) error {
	documents, err := oas.OpenData(s.Where.Spec, spec)
	if err != nil {
		return err
	}
	for i, item := range s.Review {
		if item.Place == "" {
			s.Review[i].Place = fmt.Sprintf("%s:%d", s.Where.Spec, max(1, documents.Line(item.at)))
		}
	}
	return nil
}

func (s *Section) addRecord(record *facts.Document) error {
	data, err := check.EncodeRecord(record)
	if err != nil {
		return err
	}
	s.Files = append(s.Files, File{Path: record.File, Data: data})
	return nil
}

// oneVersion removes the pages of an operation in all API versions but the newest, and those that repeat an operation: a
// spec starts with one description of each.
func oneVersion(pages []drift.Page) (kept []drift.Page, left []string) {
	newest := map[string]drift.Page{}
	for _, page := range pages {
		route := routeOf(page.Operation)
		if known, ok := newest[route]; !ok || newer(versionOf(page.Operation), versionOf(known.Operation)) {
			newest[route] = page
		}
	}
	ids := map[string]string{}
	for _, page := range pages {
		chosen, version := newest[routeOf(page.Operation)], versionOf(page.Operation)
		switch other := ids[page.ID]; {
		case versionOf(chosen.Operation) != version:
			left = append(left, fmt.Sprintf("%s: %s is of the API version %s, and the spec begins with %s, the newest; add the other with specdrift accept and check",
				page.Pos, page.ID, cmp.Or(version, check.Unversioned), versionOf(chosen.Operation)))
		case chosen.Operation != page.Operation:
			left = append(left, fmt.Sprintf("%s: %s is %s %s again, which %s describes too", page.Pos, page.ID,
				page.Value(facts.OperationPlace, facts.Method), page.Value(facts.OperationPlace, facts.Path), chosen.Pos))
		case other != "":
			left = append(left, fmt.Sprintf("%s: %s is the id of %s too; give one of the pages another", page.Pos, page.ID, other))
		default:
			ids[page.ID] = routeOf(page.Operation)
			kept = append(kept, page)
		}
	}
	return kept, left
}

var pathParameter = regexp.MustCompile(`\{[^}]*\}`)

// routeOf returns the method and path of an operation without the names of its parameters, which are not sent.
func routeOf(op *facts.Operation) string {
	return op.Value(facts.OperationPlace, facts.Method) + " " + pathParameter.ReplaceAllString(op.Value(facts.OperationPlace, facts.Path), "{}")
}

func versionOf(op *facts.Operation) string {
	if named := op.Versions(); len(named) > 0 {
		return named[0]
	}
	return ""
}

// newer reports whether an API version came after another: v3 after v2, those with a number after the dates, dates by their order.
func newer(a, b string) bool {
	numbered := func(v string) bool { return strings.HasPrefix(v, "v") }
	if numbered(a) != numbered(b) {
		return numbered(a)
	}
	if numbered(a) && len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}

// record adds the pages to the records of their API versions. A page that names no version is added to the record of the
// only version that others name.
func (s *Section) record(pages []drift.Page) ([]*facts.Document, error) {
	var named []string
	for _, page := range pages {
		if version := versionOf(page.Operation); version != "" && !slices.Contains(named, version) {
			named = append(named, version)
		}
	}
	var records []*facts.Document
	for _, page := range pages {
		version := versionOf(page.Operation)
		if version == "" && len(named) == 1 {
			version = named[0]
		}
		i := slices.IndexFunc(records, func(r *facts.Document) bool { return r.Version == version })
		if i < 0 {
			record, err := check.NewRecord(s.Where.Docs, version)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", page.Pos, err)
			}
			i, records = len(records), append(records, record)
		}
		drift.Accept(records[i], page)
	}
	return records, nil
}
