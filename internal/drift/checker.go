package drift

import (
	"fmt"
	"slices"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Input is the input of a check.
type Input struct {
	// Docs are the records of the documentation, one for each API version.
	Docs   []*facts.Document
	Spec   *facts.Document
	Ledger *Ledger
	Pages  []Page
	// Unreadable are the errors of pages that could not be read. The text of each begins with file and line.
	Unreadable []error
	// Complete means that the pages are all there are, so a missing page is a removed operation.
	Complete bool
	// Today is compared with the review dates in the ledger; zero means they are not checked.
	Today time.Time
}

// checker is one run of [Check].
type checker struct {
	Input
	report    *Report
	editions  []*edition
	oldThemes int // pages rendered by another version of the theme than when they were accepted
}

func (c *checker) add(findings ...*Finding) {
	c.report.Findings = append(c.report.Findings, findings...)
}

func (c *checker) remark(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.report.Remarks, text) { // several versions can cause the same remark
		c.report.Remarks = append(c.report.Remarks, text)
	}
}

// cannotJudge adds a finding about a page that could not be understood.
func (c *checker) cannotJudge(page *Page, kind string, pos facts.Pos, message, fix string) *Finding {
	f := unjudgeable(kind, message, fix, Site{Operation: page.ID, Place: linePlace(pos), Page: &Side{Pos: pos}})
	if page.ID == "" {
		f.ID = kind + "|" + pos.File + "|" + string(f.Sites[0].Place)
	}
	if known := c.report.Find(f.ID); known != nil {
		return known
	}
	c.add(f)
	return f
}

// unjudgeable returns a finding about something that could not be understood.
func unjudgeable(kind, message, fix string, sites ...Site) *Finding {
	f := &Finding{Kind: kind, Severity: Error, Unjudgeable: true, Message: message, Fix: fix, Wire: "unknown", Go: "unknown", Sites: sites}
	f.identify()
	return f
}

// linePlace returns the place of a finding that is about a line of a page.
func linePlace(pos facts.Pos) facts.Place { return facts.Place(fmt.Sprintf("line %d", pos.Line)) }
