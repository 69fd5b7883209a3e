package page

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// IssueKind is the kind of a problem with a page.
type IssueKind string

// The kinds of issues.
const (
	Unread        IssueKind = "unread-line"   // a line that was not recognized
	UnknownLabel  IssueKind = "unknown-label" // a field with a type that the renderer does not write
	Truncated     IssueKind = "truncated"     // the page ends too early
	Skeleton      IssueKind = "skeleton"      // the page was saved before its schemas were rendered
	Uncertain     IssueKind = "uncertain"     // the page does not show it; the most likely value was chosen
	Contradiction IssueKind = "contradiction" // the page contradicts itself
	Fault         IssueKind = "fault"         // a known error of published documents, which is ignored
)

// Fatal reports whether a page with this issue cannot be judged.
func (k IssueKind) Fatal() bool { return !k.Remark() && k != Contradiction }

// Remark reports whether an issue has no effect on what is read from a page.
func (k IssueKind) Remark() bool { return k == Uncertain || k == Fault }

// Issue is something about a page that a person should know.
type Issue struct {
	Kind    IssueKind
	Pos     facts.Pos
	Place   facts.Place // "" if it is about the page
	Aspect  facts.Aspect
	Message string
}

func (i Issue) Error() string { return fmt.Sprintf("%s: %s: %s", i.Pos, i.Kind, i.Message) }

// Judgeable reports whether the page was understood completely.
func (p *Page) Judgeable() bool {
	for _, issue := range p.Issues {
		if issue.Kind.Fatal() {
			return false
		}
	}
	return true
}

// Report adds an issue about the page.
func (p *Page) Report(kind IssueKind, line int, format string, args ...any) {
	p.Issues = append(p.Issues, Issue{Kind: kind, Pos: p.At(line), Message: fmt.Sprintf(format, args...)})
}

// At returns a position on the page.
func (p *Page) At(line int) facts.Pos { return facts.Pos{File: p.File, Line: line} }

// ReportAt adds an issue about one place.
func (p *Page) ReportAt(kind IssueKind, line int, place facts.Place, format string, args ...any) {
	p.Report(kind, line, format, args...)
	p.Issues[len(p.Issues)-1].Place = place
}

// Contradict adds a contradiction about one aspect of a place.
func (p *Page) Contradict(line int, place facts.Place, aspect facts.Aspect, format string, args ...any) {
	p.ReportAt(Contradiction, line, place, format, args...)
	p.Issues[len(p.Issues)-1].Aspect = aspect
}

// Doubt marks a place as uncertain, and adds an issue.
func (p *Page) Doubt(place facts.Place, line int, why string) {
	p.Add(place, facts.Uncertain, why, p.At(line))
	p.ReportAt(Uncertain, line, place, "%s: %s", place, why)
}

// FirstWords returns the beginning of text, for a quotation.
func FirstWords(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}

// Quote quotes the first words of text.
func Quote(text string) string { return `"` + FirstWords(text) + `"` }
