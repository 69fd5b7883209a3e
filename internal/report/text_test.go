package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
)

func TestTextForATerminal(t *testing.T) {
	golden(t, "report.txt", written(t, func(w *bytes.Buffer) error { return Text(w, kettleReport(), false) }))
	golden(t, "report.colour.txt", written(t, func(w *bytes.Buffer) error { return Text(w, kettleReport(), true) }))
}

func TestExplainShowsAllOfOneFinding(t *testing.T) {
	f := kettleReport().Findings[1]
	f.Sites[0].Page.Says = strings.Repeat("long ", 100)
	got := string(written(t, func(w *bytes.Buffer) error { return Explain(w, f, true, false) }))
	for _, want := range []string{f.Message, f.ID, f.Fix, f.Sites[0].Page.Says, pageFile + ":31", specFile + ":78", "on purpose"} {
		if !strings.Contains(got, want) {
			t.Errorf("explain does not say %q:\n%s", want, got)
		}
	}
}

func TestTextObeysNoControlCharacterOfWhatItQuotes(t *testing.T) {
	for _, colour := range []bool{false, true} {
		got := string(written(t, func(w *bytes.Buffer) error { return Text(w, kettleReport(), colour) }))
		for _, code := range []string{"0", "1", "2", "1;31", "1;33", "1;35", "1;36"} {
			got = strings.ReplaceAll(got, "\x1b["+code+"m", "")
		}
		for i, r := range got {
			if r != '\n' && hidden(r) {
				t.Fatalf("colour %v: the hidden character %U is at %d: %q", colour, r, i, got[max(0, i-30):i+5])
			}
		}
	}
}

func TestTextOfACleanReportIsOneLine(t *testing.T) {
	got := string(written(t, func(w *bytes.Buffer) error { return Text(w, cleanReport(), false) }))
	if want := "clean: 4 operations, 308 facts compared; no findings; 0 differences on purpose\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnUnknownSeverityIsNotLost(t *testing.T) {
	r := &drift.Report{Findings: []*drift.Finding{{ID: "a|b|c", Kind: "odd", Severity: "fatal", Message: "odd one"}}}
	got := string(written(t, func(w *bytes.Buffer) error { return Text(w, r, false) }))
	if !strings.Contains(got, "error: odd one") || !strings.Contains(got, "1 error;") {
		t.Errorf("the finding is lost:\n%s", got)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = errors.New("broken pipe")

func TestEveryFormatReportsAFailedWrite(t *testing.T) {
	for name, write := range map[string]func() error{
		"text":     func() error { return Text(brokenPipe{}, kettleReport(), false) },
		"json":     func() error { return JSON(brokenPipe{}, kettleReport()) },
		"github":   func() error { return GitHub(brokenPipe{}, kettleReport()) },
		"sarif":    func() error { return SARIF(brokenPipe{}, kettleReport()) },
		"junit":    func() error { return JUnit(brokenPipe{}, kettleReport()) },
		"markdown": func() error { return Markdown(brokenPipe{}, kettleReport()) },
		"html":     func() error { return HTML(brokenPipe{}, kettleReport(), nil) },
	} {
		if err := write(); !errors.Is(err, errBroken) {
			t.Errorf("%s: got %v, want the writer's error", name, err)
		}
	}
}
