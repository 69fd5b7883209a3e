package specedit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit"
	"github.com/highlevel-go/snapshots/spec"
)

func set(place facts.Place, aspect facts.Aspect, value string) func(*facts.Operation) {
	return func(op *facts.Operation) {
		op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place == place && f.Aspect == aspect })
		if value != "" {
			op.Add(place, aspect, value, facts.Pos{})
		}
	}
}

func remove(place facts.Place) func(*facts.Operation) {
	return func(op *facts.Operation) {
		op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place.Under(place) })
	}
}

// fix makes a record that differs from the widgets in one way, and lets the spec follow it.
func fix(t *testing.T, change func(*facts.Operation)) (string, specedit.Outcome) {
	t.Helper()
	record := read(t, "docs.yaml", []byte(widgets))
	change(record.Operation("make-widget"))
	report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(widgets))})
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(widgets), report.Findings, from(record), anything)
	if err != nil {
		t.Fatal(err)
	}
	if len(outcomes) != 1 {
		t.Fatalf("%d findings with an edit, want 1: %+v", len(outcomes), report.Findings)
	}
	return string(after), outcomes[0]
}

func anything([]byte) error { return nil }

func valid(data []byte) error {
	docs, err := oas.Standalone("spec.yaml", data)
	if err == nil {
		_, err = docs.ValidateExamples()
	}
	return err
}

func read(t *testing.T, file string, data []byte) *facts.Document {
	t.Helper()
	document, err := facts.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// changedLines lists what went and what came, in order.
func changedLines(before, after string) []string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "-"+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "+"+line)
		}
	}
	return out
}

// from takes what edits add from one record.
func from(record *facts.Document) specedit.Source {
	return func(_, operation string) *facts.Operation { return record.Operation(operation) }
}

func docsOf(t *testing.T, version string) []byte {
	t.Helper()
	data, err := spec.Docs.ReadFile("docs/" + version + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
