// Package driftmutants proves that drift is found: it changes documentation pages and the spec in every known way, at every
// site, and checks that each change is reported with the right kind at the right line, while changes without a meaning cause
// no finding. It is used only in tests; docs/drift-mutants.md is the table of the results.
package driftmutants

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Operator is one kind of change.
type Operator struct {
	Name string
	// Kinds are the findings that may report it; the first is the most exact.
	Kinds []string
}

// Mutant is a changed document, and what must be found.
type Mutant struct {
	Operator *Operator
	Site     string // for people
	Text     []byte
	// Place is where the finding must be; "" leaves that to the line.
	Place facts.Place
	// Line is the changed line of the mutant; 0 if the mutant has nothing left to point at.
	Line int
	// Gone is a text that the record's line must contain if the mutant has nothing left to point at.
	Gone string
	// Orphan is the line after what the mutant has nothing left of. Where that line can no longer be understood, the page is not
	// compared, and the finding must be there; 0 does not allow that.
	Orphan int
}

// Outcome is the result of checking a mutant.
type Outcome struct {
	Mutant                       *Mutant
	Caught, RightKind, RightLine bool
	// Invisible is set if the page is the same after the change, so that there is nothing to find.
	Invisible bool
	Findings  []string // for people
}

// assess compares a report with what must be found. side is the mutant's side of a site; record holds the lines of the
// other side.
func assess(m *Mutant, report *drift.Report, side func(drift.Site) *drift.Side, record []string) Outcome {
	out := Outcome{Mutant: m, Caught: report.Verdict() != drift.Clean}
	for _, f := range report.Findings {
		line := 0
		if len(f.Sites) > 0 && side(f.Sites[0]) != nil {
			line = side(f.Sites[0]).Pos.Line
		}
		out.Findings = append(out.Findings, fmt.Sprintf("%s (line %d)", f.ID, line))
		if !slices.Contains(m.Operator.Kinds, f.Kind) {
			continue
		}
		if f.Unjudgeable && m.Orphan > 0 {
			// At the line that is left alone, or at the line of the record that holds the lost one.
			names := func(site drift.Site) bool { return rightLine(m, f.Kind, site, side(site), record) }
			out.RightKind, out.RightLine = true, out.RightLine || line == m.Orphan || slices.ContainsFunc(f.Sites, names)
			continue
		}
		for _, site := range f.Sites {
			if m.Place != "" && site.Place != m.Place {
				continue
			}
			out.RightKind = true
			out.RightLine = out.RightLine || rightLine(m, f.Kind, site, side(site), record)
		}
	}
	return out
}

func rightLine(m *Mutant, kind string, site drift.Site, own *drift.Side, record []string) bool {
	if strings.HasPrefix(kind, "deviation-") {
		return own != nil && own.Pos.Line > 0 // of the ledger's entry, or of the mark
	}
	if m.Line > 0 {
		return own != nil && own.Pos.Line == m.Line
	}
	if m.Gone == "" {
		return own != nil && own.Pos.Line > 0
	}
	if site.Docs == nil || site.Docs.Pos.Line < 1 || site.Docs.Pos.Line > len(record) {
		return false
	}
	return strings.Contains(record[site.Docs.Pos.Line-1], m.Gone)
}

func itoa(n int) string { return strconv.Itoa(n) }
