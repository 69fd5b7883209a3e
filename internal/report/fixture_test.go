package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a report with its golden file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with go test -update", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", file, diff)
	}
}

// written is what a format makes of a report.
func written(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	pageFile = "testdata/kettle/brew-tea.md"
	listFile = "testdata/kettle/list-kettles.md"
	docsFile = "testdata/kettle/docs.yaml"
	specFile = "testdata/kettle/spec.yaml"
)

func side(says, file string, line int) *drift.Side {
	return &drift.Side{Says: says, Pos: facts.Pos{File: file, Line: line}}
}

// hostile tries to break out of every format.
const hostile = "a,b:c%d|e`f``g\\|h ](https://evil.example) {0} <img src=x onerror=alert(1)> </script><script>alert(2)</script> ]]> & \"q\" 'q' " +
	"@everyone #123 GH-7 www.evil.example https://evil.example/o/r/issues/1 **bold** ![i](x)\r\n::error::forged\n## forged\n| a | b |\n" +
	"##[error]forged \x1b[31mred\x00\x07\u009b1m \u202eback \u200bgap \ufeff\uffff \xff\xfe end`"

// kettleReport holds every field of a report: each side there and not there, several sites, all severities, what cannot be
// judged, what is on purpose, remarks, and foreign text that means harm.
func kettleReport() *drift.Report {
	return &drift.Report{
		Operations: 2, Pages: 2, Facts: 61,
		Findings: []*drift.Finding{
			{
				ID: "unread-line|brew-tea|line 37", Kind: "unread-line", Severity: drift.Error, Unjudgeable: true,
				Message: "a line of the page was not understood", Wire: "unknown", Go: "unknown", Fix: "look at that line; if the page is cut, fetch it again",
				Sites: []drift.Site{{Operation: "brew-tea", Place: "line 37", Page: side("", pageFile, 37)}},
			},
			{
				ID: "enum-value-changed|brew-tea|body.leaf", Kind: "enum-value-changed", Severity: drift.Error,
				Message: "body.leaf: the value white in the docs as accepted is oolong in the page",
				Wire:    "the value white is refused", Go: "its constant goes: programs that name it do not compile",
				Fix: specFile + ":78: set enum of body.leaf to [\"green\",\"black\",\"oolong\"], then accept the page",
				Sites: []drift.Site{{Operation: "brew-tea", Place: "body.leaf", Aspect: facts.Enum,
					Page: side(`["green","black","oolong"]`, pageFile, 31), Docs: side(`["green","black","white"]`, docsFile, 78), Spec: side(`["green","black","white"]`, specFile, 78)}},
				Edits: []drift.Edit{{Operation: "brew-tea", Place: "body.leaf", Aspect: facts.Enum, From: `["green","black","white"]`, To: `["green","black","oolong"]`,
					Pos: facts.Pos{File: specFile, Line: 78}}},
			},
			{
				ID: "header-added|brew-tea,list-kettles|header.Version", Kind: "header-added", Severity: drift.Error,
				Message: "header.Version is in the page, not in the docs as accepted", Wire: "a call cannot use it yet; if it is required, calls without it are refused",
				Go: "a field is added", Fix: "add header.Version, then accept the pages",
				Sites: []drift.Site{
					{Operation: "brew-tea", Place: "header.Version", Aspect: facts.Present, Page: side("true", pageFile, 21), Docs: side("", docsFile, 63), Spec: side("", specFile, 63)},
					{Operation: "list-kettles", Place: "header.Version", Aspect: facts.Present, Page: side("true", listFile, 7), Docs: side("", docsFile, 0), Spec: side("", specFile, 9)},
				},
				Edits: []drift.Edit{{Operation: "brew-tea", Place: "header.version", Aspect: facts.Present, Rename: "Version", Pos: facts.Pos{File: specFile, Line: 63}},
					{Operation: "list-kettles", Place: "query.Version", Aspect: facts.Present, MoveTo: "header.Version", Pos: facts.Pos{File: specFile, Line: 9}}},
			},
			{
				ID: "text-changed|list-kettles|query.room", Kind: "text-changed", Severity: drift.Warning,
				Message: "query.room: the text differs between the docs and the spec", Wire: "none that a schema shows; read the words", Go: "none", Fix: "compare the words",
				Sites: []drift.Site{{Operation: "list-kettles", Version: "v3", Place: "query.room", Aspect: facts.Text,
					Page: side("The floor of the kettle.", listFile, 9), Docs: side("The room of the kettle.", docsFile, 13), Spec: side("h2", specFile, 13)}},
			},
			{
				ID: "page-contradicts-itself|" + hostile, Kind: "page-contradicts-itself", Severity: drift.Warning, Message: hostile, Wire: hostile, Go: hostile, Fix: hostile,
				Sites: []drift.Site{{Operation: hostile, Place: facts.Place(hostile), Aspect: facts.Aspect(hostile),
					Page: side(hostile, "pages/"+hostile, 3), Docs: side("", docsFile, 4000)}},
			},
			{
				ID: "deviation-overdue|*|query.limit", Kind: "deviation-overdue", Severity: drift.Note, Message: "the deviation limit-integer was to be reviewed by 2025-01-01",
				Wire: "none by itself: it is about the reasons on record", Go: "none", Fix: "look at it again, then move review_by",
				Sites: []drift.Site{{Place: "query.limit", Spec: side("limit-integer", "testdata/kettle/gone.yaml", 4)}},
			},
			{ID: "ledger-empty||", Kind: "ledger-empty", Severity: drift.Note, Message: "a finding that has no place at all", Wire: "none", Go: "none", Fix: "nothing"},
		},
		OnPurpose: []*drift.Finding{{
			ID: "type-changed|list-kettles|query.limit", Kind: "type-changed", Severity: drift.Error, Message: "query.limit: type is number in the docs, integer in the spec",
			Wire: "what is sent has another form", Go: "the type of the field can change", Fix: specFile + ":12: set type of query.limit to number",
			Sites: []drift.Site{{Operation: "list-kettles", Place: "query.limit", Aspect: facts.Type, Docs: side("number", docsFile, 12), Spec: side("integer", specFile, 12)}},
		}},
		Remarks: []string{"2 pages were rendered by another version of the theme", "::error::forged\n" + hostile},
	}
}

// cleanReport has nothing to tell.
func cleanReport() *drift.Report { return &drift.Report{Operations: 4, Facts: 308} }

// manyFindings has more to tell than fits.
func manyFindings(n int) *drift.Report {
	r := &drift.Report{Operations: n}
	for i := range n {
		f := *kettleReport().Findings[4]
		f.ID += strings.Repeat("x", i)
		r.Findings = append(r.Findings, &f)
	}
	return r
}
