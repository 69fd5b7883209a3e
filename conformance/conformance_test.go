package conformance_test

import (
	"os"
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
	if file := os.Getenv("CONFORMANCE_REPORT"); file != "" {
		text, err := report.JSON()
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			t.Error(err)
		}
	}
}
