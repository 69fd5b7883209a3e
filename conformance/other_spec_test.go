package conformance_test

import (
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/gen/testdata/golden/curated"
	"github.com/highlevel-go/snapshots/gen/testdata/golden/renames"
)

// TestClientsOfOtherSpecsConform runs the suite as somebody with another spec would: nothing in it is about snapshots.
func TestClientsOfOtherSpecsConform(t *testing.T) {
	t.Run("curated", func(t *testing.T) { conformance.Run(t, otherSpec(t, "curated"), curated.Operations(), curated.New) })
	t.Run("renames", func(t *testing.T) { conformance.Run(t, otherSpec(t, "renames"), renames.Operations(), renames.New) })
}

func otherSpec(t *testing.T, name string) *openapi3.T {
	t.Helper()
	data, err := os.ReadFile("../gen/testdata/specs/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := judge.Load(name+".yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
