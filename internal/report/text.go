package report

import (
	"fmt"
	"io"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// Text writes a report for a terminal: findings that cannot be judged first, then errors, warnings and notes. colour adds
// ANSI colors.
func Text(w io.Writer, r *drift.Report, colour bool) error {
	p := &printer{w: w, colour: colour}
	for _, f := range inOrder(r.Findings) {
		p.finding(f)
		p.line("")
	}
	for _, remark := range r.Remarks {
		p.line("%s: %s", p.paint(dim, "remark"), visible(remark, ""))
	}
	if len(r.Remarks) > 0 {
		p.line("")
	}
	p.line("%s", p.paint(bold, summary(r)))
	return p.err
}

// Explain writes everything known about one finding.
func Explain(w io.Writer, f *drift.Finding, excused, colour bool) error {
	p := &printer{w: w, colour: colour, full: true}
	p.finding(f)
	if excused {
		p.line("")
		p.line("This difference is on purpose. %s", visible(f.Why, ""))
	}
	return p.err
}

// printer writes lines until one fails.
type printer struct {
	w            io.Writer
	colour, full bool
	err          error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// The ANSI colors.
const (
	bold = "1"
	dim  = "2"
)

func (p *printer) paint(colour, text string) string {
	if !p.colour {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

func (p *printer) finding(f *drift.Finding) {
	p.line("%s: %s", p.paint(labelOf(f).colour, labelOf(f).name), p.paint(bold, visible(f.Message, "")))
	for _, site := range f.Sites {
		p.line("  %s %s", p.paint(dim, "in"), visible(siteName(site), ""))
		for _, side := range sides(site) {
			p.line("    %s  %s  %s", p.paint(dim, side.name), visible(side.Pos.String(), ""), p.says(side.Says))
		}
		p.words(site)
	}
	for _, part := range []struct{ name, text string }{
		{"on the wire", f.Wire}, {"in Go      ", f.Go}, {"to resolve ", f.Fix}, {"id         ", f.ID},
	} {
		p.line("  %s  %s", p.paint(dim, part.name), visible(part.text, ""))
	}
}

// words prints the changed words of a text.
func (p *printer) words(site drift.Site) {
	words, known, isText := changedWords(site)
	switch {
	case known:
		p.line("    %s  %s", p.paint(dim, "words"), visible(words, ""))
	case isText && p.full:
		p.line("    %s  %s", p.paint(dim, "words"), "not known: the record holds a fingerprint of the accepted text. specdrift accept keeps the texts of its pages from now on, beside the record and out of git")
		p.line("           %s", "to see them now, accept the page as it was, and explain again")
	}
}

// says quotes a side, truncated to one line unless the finding is explained in full.
func (p *printer) says(text string) string {
	switch {
	case text == "":
		return p.paint(dim, "(says nothing)")
	case p.full:
		return visible(text, "")
	}
	return oneLine(text, 100)
}
