package conformance_test

import (
	"os"
	"testing"

	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/gen/testdata/golden/curated"
)

// TestClientOfAnotherSpecConforms runs the suite as somebody with another spec would: nothing in it is about snapshots.
func TestClientOfAnotherSpecConforms(t *testing.T) {
	data, err := os.ReadFile("../gen/testdata/specs/curated.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := judge.Load("curated.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, doc, curated.Operations(), curated.New)
}
