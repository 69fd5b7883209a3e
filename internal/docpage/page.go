package docpage

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Page is what was read from one page.
type Page struct {
	*facts.Operation
	File    string
	Section string // of the site: "snapshots"
	// Source is markdown, html or payload.
	Source string
	// Hidden are aspects that this kind of source never shows; see Hides.
	Hidden []facts.Aspect
	Issues []Issue

	// noParamExamples: before theme 5, HTML shows no example that stands in a parameter's schema. Of a page without any it is
	// not known whether there are none, or none are shown.
	noParamExamples bool

	lines     map[facts.Place]int // where places were met that must not be met again
	skeletons int                 // places in the HTML that were not rendered yet
	modern    bool                // a label of theme 4.5 or later was met
	Guessed   bool                // no link of the page itself says which it is
}

// Hides reports whether this kind of source does not show an aspect of a place, so that its absence says nothing.
func (p *Page) Hides(place facts.Place, aspect facts.Aspect) bool {
	return slices.Contains(p.Hidden, aspect) || p.noParamExamples && place.IsParam() && (aspect == facts.Example || aspect == facts.Examples)
}

// IssueKind says what is wrong with a page.
type IssueKind string

// The kinds of issues.
const (
	Unread        IssueKind = "unread-line"   // a line that was not understood
	UnknownLabel  IssueKind = "unknown-label" // a field whose type is not one that the renderer writes
	Truncated     IssueKind = "truncated"     // the page ends too early
	Skeleton      IssueKind = "skeleton"      // the page was saved before its schemas were rendered
	Uncertain     IssueKind = "uncertain"     // the page does not say; the likeliest was taken
	Contradiction IssueKind = "contradiction" // the page says two things
)

// Fatal reports whether a page with this issue cannot be judged.
func (k IssueKind) Fatal() bool { return k != Uncertain && k != Contradiction }

// Issue is something about a page that a person should know.
type Issue struct {
	Kind    IssueKind
	Pos     facts.Pos
	Place   facts.Place // "" where it is about the page
	Aspect  facts.Aspect
	Message string
}

func (i Issue) Error() string { return fmt.Sprintf("%s: %s: %s", i.Pos, i.Kind, i.Message) }

// Judgeable reports whether the page was understood from end to end.
func (p *Page) Judgeable() bool {
	for _, issue := range p.Issues {
		if issue.Kind.Fatal() {
			return false
		}
	}
	return true
}

func (p *Page) report(kind IssueKind, line int, format string, args ...any) {
	p.Issues = append(p.Issues, Issue{Kind: kind, Pos: p.at(line), Message: fmt.Sprintf(format, args...)})
}

func (p *Page) at(line int) facts.Pos { return facts.Pos{File: p.File, Line: line} }

// maxPage is the largest page that is read; real ones are below 200 KB.
const maxPage = 64 << 20

// Parse reads a page of any kind. An error means that it is not a page of an operation at all; what is wrong with a page
// that is one, its Issues tell.
func Parse(file string, data []byte) (*Page, error) {
	if len(data) > maxPage {
		return nil, fmt.Errorf("%s: %d bytes are more than the %d of the largest page that is read", file, len(data), maxPage)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%s:1: the page is empty; fetch it again", file)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, fmt.Errorf("%s:%d: the page is not text", file, 1+bytes.Count(data[:i], []byte("\n")))
	}
	switch sniff(data) {
	case "payload":
		return parsePayload(file, data)
	case "html":
		return parseHTML(file, data)
	}
	return parseMarkdown(file, data)
}

// sniff tells the kinds of page apart by how they begin.
func sniff(data []byte) string {
	head := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 4096)])))
	if _, behind, ok := strings.Cut(head, "-->"); ok && strings.HasPrefix(head, "<!--") { // Markdown, too, can begin with a comment
		head = strings.TrimSpace(behind)
	}
	switch {
	case hasPayload(data):
		return "payload"
	case strings.HasPrefix(head, "<!doctype"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<?xml"),
		strings.HasPrefix(head, "<main"), strings.HasPrefix(head, "<article"), strings.HasPrefix(head, "<div"),
		strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<head"), strings.HasPrefix(head, "<body"):
		return "html"
	case strings.HasPrefix(head, "<") && bytes.Contains(bytes.ToLower(data), []byte("</h1>")): // Markdown has no such heading
		return "html"
	}
	return "markdown"
}
