package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/highlevel-go/snapshots/internal/drift"
)

//go:embed html/page.tmpl
var pageText string

//go:embed html/page.css
var pageStyle string

//go:embed html/page.js
var pageScript string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"visible": func(s string) string { return visible(s, "") },
	"kind":    kindText,
}).Parse(pageText))

// htmlPage is the input of the template.
type htmlPage struct {
	Policy        string
	Style, Script template.HTML
	Verdict       string
	Class         string
	Compared      string
	Filters       []htmlFilter
	Findings      []htmlFinding
	Remarks       []string
}

// htmlFilter is one choice of what to show.
type htmlFilter struct {
	ID, Label string
	Count     int
}

type htmlFinding struct {
	Anchor, Label, Class string
	Open                 bool
	*drift.Finding
	InOperations, Where string
	Sites               []htmlSite
	More                string // how many other sites there are
}

type htmlSite struct {
	Operation, Place, Aspect string
	Left, Right              pane
	Record                   *pane // the docs as accepted, if page and spec take the two places
}

// HTML writes a report as one self-contained page: for each finding the documentation on the left and the spec on the right,
// quoted from the sources. It is safe to open from anywhere: its policy allows only its own style and script, and no
// requests.
func HTML(w io.Writer, r *drift.Report, sources Sources) error {
	page := htmlPage{
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'",
			policyHash(pageStyle), policyHash(pageScript)),
		Style:    template.HTML("<style>" + pageStyle + "</style>"),
		Script:   template.HTML("<script>" + pageScript + "</script>"),
		Verdict:  verdictText(r),
		Class:    verdicts[r.Verdict()],
		Compared: compared(r),
		Remarks:  r.Remarks,
	}
	count, around := counts(r.Findings), linesAround(r)
	page.Filters = []htmlFilter{{"all", "All", len(r.Findings) + len(r.OnPurpose)}}
	const openAtFirst = 6
	for _, l := range labels {
		page.Filters = append(page.Filters, htmlFilter{l.class, l.filter, count[l]})
	}
	for _, f := range inOrder(r.Findings) {
		page.Findings = append(page.Findings, htmlFindingOf(f, labelOf(f).name, labelOf(f).class, len(r.Findings) <= openAtFirst, sources, around))
	}
	if len(page.Findings) > 0 {
		page.Findings[0].Open = true
	}
	page.Filters = append(page.Filters, htmlFilter{"excused", "On purpose", len(r.OnPurpose)})
	for _, f := range r.OnPurpose {
		page.Findings = append(page.Findings, htmlFindingOf(f, "on purpose", "excused", false, sources, min(around, 10)))
	}
	return pageTemplate.Execute(w, page)
}

// linesAround returns how many lines to show around a marked one: many, unless there are so many findings that the page
// would become too large.
func linesAround(r *drift.Report) int {
	const room = 60_000
	panes := 1
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		panes += 3 * len(f.Sites)
	}
	return max(4, min(40, room/panes/2))
}

func htmlFindingOf(f *drift.Finding, label, class string, open bool, sources Sources, around int) htmlFinding {
	out := htmlFinding{
		Anchor: "f-" + fingerprint(f)[:12], Label: label, Class: class, Open: open, Finding: f, InOperations: operations(f, 4),
	}
	if at := where(f); at.Side != nil {
		out.Where = at.Pos.String()
	}
	for _, site := range f.Sites {
		out.Sites = append(out.Sites, htmlSiteOf(site, sources, around))
	}
	if n := len(f.Sites) - 1; n > 0 {
		out.More = counted(n, "other place")
	}
	return out
}

// htmlSiteOf puts the page on the left and the spec on the right. The record replaces a missing side, and otherwise is shown below.
func htmlSiteOf(site drift.Site, sources Sources, around int) htmlSite {
	const thePage, theRecord, theSpec = "The page now", "The docs as accepted", "The spec"
	out := htmlSite{Operation: visible(orNone(site.Operation), ""), Place: visible(string(site.Place), ""), Aspect: visible(string(site.Aspect), "")}
	left, leftTitle := site.Page, thePage
	right, rightTitle := site.Spec, theSpec
	record := site.Docs
	if left == nil {
		left, leftTitle, record = record, theRecord, nil
	}
	if right == nil && record != nil {
		right, rightTitle, record = record, theRecord, nil
	}
	out.Left = pane{Title: leftTitle, Problem: "This finding is about the spec and its reasons; no page has a part in it."}
	out.Right = pane{Title: rightTitle, Problem: "This finding is about the page alone; the spec has no part in it."}
	var said [2]string
	if left != nil {
		said[0], out.Left = left.Says, excerpt(leftTitle, left, sources, around)
	}
	if right != nil {
		said[1], out.Right = right.Says, excerpt(rightTitle, right, sources, around)
	}
	out.Left.Says, out.Right.Says = contrast(said[0], said[1])
	// A finding about a line, such as one that was not understood, does not compare values.
	out.Left.Valued, out.Right.Valued = left != nil && site.Aspect != "", right != nil && site.Aspect != ""
	if record != nil {
		p := excerpt(theRecord, record, sources, around)
		p.Says, p.Valued = unmarked(record.Says), true
		out.Record = &p
	}
	return out
}

// policyHash returns the hash of an inline style or script for a content security policy.
func policyHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
