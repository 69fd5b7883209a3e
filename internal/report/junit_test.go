package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/drift"
)

func TestJUnit(t *testing.T) {
	golden(t, "report.junit.xml", written(t, func(w *bytes.Buffer) error { return JUnit(w, kettleReport()) }))
}

func readJUnit(t *testing.T, r *drift.Report) junitSuites {
	t.Helper()
	var out junitSuites
	if err := xml.Unmarshal(written(t, func(w *bytes.Buffer) error { return JUnit(w, r) }), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestJUnitFailsForErrorsOnly(t *testing.T) {
	r := kettleReport()
	got := readJUnit(t, r)
	suite := got.Suites[0]
	if got.Tests != 1+len(r.Findings)+len(r.OnPurpose) || got.Failures != 2 || got.Errors != 1 {
		t.Errorf("%d tests, %d failures, %d errors", got.Tests, got.Failures, got.Errors)
	}
	if suite.Tests != got.Tests || suite.Failures != got.Failures || suite.Errors != got.Errors || len(suite.Cases) != got.Tests {
		t.Errorf("suite and sum differ: %+v", suite)
	}
	for i, f := range r.Findings {
		c := suite.Cases[i+1]
		if c.Name != visible(f.ID, "") {
			t.Errorf("test %d is %q, want %q", i+1, c.Name, f.ID)
		}
		switch {
		case f.Unjudgeable:
			if c.Error == nil || c.Failure != nil {
				t.Errorf("%s cannot be judged and is no error", c.Name)
			}
		case f.Severity == drift.Error:
			if c.Failure == nil || c.Error != nil || c.Failure.Type != f.Kind || c.Failure.Message != f.Message || !strings.Contains(c.Failure.Text, f.Fix) {
				t.Errorf("%s is not told as a failure: %+v", c.Name, c.Failure)
			}
		default:
			if c.Failure != nil || c.Error != nil || !strings.HasPrefix(c.Out, string(f.Severity)+": ") {
				t.Errorf("%s, a %s, is not told as output: %+v", c.Name, f.Severity, c)
			}
		}
	}
	if last := suite.Cases[len(suite.Cases)-1]; !strings.HasPrefix(last.Out, "on purpose: ") || last.Failure != nil {
		t.Errorf("a difference on purpose is told as %+v", last)
	}
}

func TestJUnitOfACleanReportHasATestThatPasses(t *testing.T) {
	got := readJUnit(t, cleanReport())
	if got.Tests != 1 || got.Failures+got.Errors != 0 || !strings.HasPrefix(got.Suites[0].Cases[0].Out, "clean: ") {
		t.Errorf("got %+v", got)
	}
}

func TestJUnitIsValidXMLWhateverItQuotes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")) + rapid.String().Draw(rt, "text")
		r := &drift.Report{Remarks: []string{text}}
		for _, severity := range []drift.Severity{drift.Error, drift.Warning} {
			f := &drift.Finding{ID: text, Kind: "k", Severity: severity, Message: text, Wire: text, Fix: text, Sites: []drift.Site{{Operation: text}}}
			r.Findings, r.OnPurpose = append(r.Findings, f), append(r.OnPurpose, f)
		}
		got := written(t, func(w *bytes.Buffer) error { return JUnit(w, r) })
		decoder := xml.NewDecoder(bytes.NewReader(got))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				rt.Fatalf("%v:\n%s", err, got)
			}
			if data, ok := token.(xml.CharData); ok && strings.ContainsAny(string(data), "\ufffd") && !strings.Contains(text, "\ufffd") {
				rt.Fatalf("a character of %q was lost: %q", text, data)
			}
		}
	})
}
