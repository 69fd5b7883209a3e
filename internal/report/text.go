package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// Text writes a report for a terminal; colour adds ANSI colours.
func Text(w io.Writer, r *drift.Report, colour bool) error {
	p := &printer{w: w, colour: colour}
	for _, f := range r.Findings {
		p.finding(f)
	}
	for _, remark := range r.Remarks {
		p.line("note: %s", remark)
	}
	p.summary(r)
	return p.err
}

// Explain writes all that is known about one finding.
func Explain(w io.Writer, f *drift.Finding, excused, colour bool) error {
	p := &printer{w: w, colour: colour}
	p.finding(f)
	if excused {
		p.line("This difference is on purpose: the ledger of deviations lists it.")
	}
	return p.err
}

type printer struct {
	w      io.Writer
	colour bool
	err    error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

var colours = map[drift.Severity]string{drift.Error: "\x1b[31m", drift.Warning: "\x1b[33m", drift.Note: "\x1b[36m"}

func (p *printer) finding(f *drift.Finding) {
	label := string(f.Severity)
	if f.Unjudgeable {
		label = "cannot judge"
	}
	if p.colour {
		label = colours[f.Severity] + label + "\x1b[0m"
	}
	p.line("%s: %s", label, f.Message)
	for _, site := range f.Sites {
		p.line("    in %s", orThis(site.Operation))
		p.side("page", site.Page)
		p.side("docs", site.Docs)
		p.side("spec", site.Spec)
	}
	p.line("    on the wire: %s", f.Wire)
	p.line("    in Go:       %s", f.Go)
	p.line("    to resolve:  %s", f.Fix)
	p.line("    id: %s", f.ID)
	p.line("")
}

func orThis(operation string) string {
	if operation == "" {
		return "(no operation)"
	}
	return operation
}

func (p *printer) side(name string, s *drift.Side) {
	if s == nil {
		return
	}
	says := s.Says
	if says == "" {
		says = "-"
	}
	if runes := []rune(says); len(runes) > 100 {
		says = string(runes[:99]) + "…"
	}
	p.line("      %s  %s  %s", name, s.Pos, strings.ReplaceAll(says, "\n", " "))
}

func (p *printer) summary(r *drift.Report) {
	counts := map[drift.Severity]int{}
	for _, f := range r.Findings {
		counts[f.Severity]++
	}
	compared := fmt.Sprintf("%d operations", r.Operations)
	if r.Pages > 0 {
		compared += fmt.Sprintf(" and %d pages", r.Pages)
	}
	compared += fmt.Sprintf(", %d facts", r.Facts)
	switch r.Verdict() {
	case drift.Clean:
		p.line("clean: %s compared, %d differences on purpose", compared, len(r.Excused))
	case drift.Drift:
		p.line("drift: %s compared, %d errors, %d warnings, %d differences on purpose", compared, counts[drift.Error], counts[drift.Warning], len(r.Excused))
	default:
		p.line("cannot judge: %s compared, but something could not be understood; %d errors, %d warnings", compared, counts[drift.Error], counts[drift.Warning])
	}
}
