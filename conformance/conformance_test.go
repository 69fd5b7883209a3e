package conformance_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/coverage"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

func document(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := judge.Load("spec/snapshots.yaml", spec.Snapshots)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestClientConformsToItsSpec(t *testing.T) {
	doc := document(t)
	tracker := coverage.New(doc)
	conformance.Run(t, doc, api.Operations(), api.New,
		conformance.WithFixtures(conformance.Fixtures()), conformance.WithTracker(tracker))
	if t.Failed() {
		return
	}
	report := tracker.Report()
	t.Log(report.Text())
	if len(report.Missing()) > 0 {
		t.Error("coverage is below 100 %")
	}
	if dir := os.Getenv("CONFORMANCE_REPORT"); dir != "" {
		writeReport(t, dir, report)
	}
}

// A client with WithVersion(VersionV3) sends v3 with every call: its requests are judged by the spec as it is for v3 alone.
func TestClientConformsInVersion3(t *testing.T) {
	if testing.Short() {
		t.Skip("the suite runs once; make test runs it for v3 too")
	}
	const both, v3 = `enum: ["2021-07-28", v3]`, `enum: [v3]`
	if bytes.Count(spec.Snapshots, []byte(both)) != 1 {
		t.Fatalf("the spec does not list the versions as %s", both)
	}
	doc, err := judge.Load("spec/snapshots.yaml", bytes.Replace(spec.Snapshots, []byte(both), []byte(v3), 1))
	if err != nil {
		t.Fatal(err)
	}
	told := func(opts ...api.Option) (*api.Client, error) {
		return api.New(append([]api.Option{api.WithVersion(api.VersionV3)}, opts...)...)
	}
	conformance.Run(t, doc, api.Operations(), told, conformance.WithFixtures(conformance.Fixtures()))
}

// writeReport leaves the report in a directory, in all its forms.
func writeReport(t *testing.T, dir string, r coverage.Report) {
	t.Helper()
	text, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"coverage.txt": []byte(r.Text()), "coverage.json": text, "coverage.html": page} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Error(err)
		}
	}
}
