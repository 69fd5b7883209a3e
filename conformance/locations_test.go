package conformance_test

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/coverage"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

func TestLocationsClientConformsToItsSpec(t *testing.T) {
	if testing.Short() {
		t.Skip("the suite runs once, for snapshots; make test runs it for locations too")
	}
	checks := flag.Lookup("rapid.checks").Value // each of twenty operations gets fewer random messages
	before := checks.String()
	if n, err := strconv.Atoi(before); err != nil || checks.Set(strconv.Itoa(max(5, n/50))) != nil {
		t.Fatalf("rapid.checks is %s", before)
	}
	defer func() { _ = checks.Set(before) }()
	doc, err := judge.Load("spec/locations.yaml", spec.Locations)
	if err != nil {
		t.Fatal(err)
	}
	tracker := coverage.New(doc)
	conformance.Run(t, doc, locations.Operations(), locations.New,
		conformance.WithFixtures(os.DirFS("../spec/locations/fixtures")), conformance.WithTracker(tracker))
	if t.Failed() {
		return
	}
	if report := tracker.Report(); len(report.Missing()) > 0 {
		t.Errorf("coverage is below 100 %%\n%s", report.Text())
	}
}
