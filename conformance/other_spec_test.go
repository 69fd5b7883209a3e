package conformance_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/conformance"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/conformance/testdata/bodies"
	"github.com/highlevel-go/snapshots/gen/testdata/golden/curated"
	"github.com/highlevel-go/snapshots/gen/testdata/golden/renames"
)

// TestClientsOfOtherSpecsConform runs the suite as somebody with another spec would: nothing in it is about snapshots.
func TestClientsOfOtherSpecsConform(t *testing.T) {
	t.Run("curated", func(t *testing.T) { conformance.Run(t, otherSpec(t, "curated"), curated.Operations(), curated.New) })
	t.Run("renames", func(t *testing.T) { conformance.Run(t, otherSpec(t, "renames"), renames.Operations(), renames.New) })
}

// The client is what gen makes of the document beside it (make generate writes it, and its check compares).
func TestBodiesThatAreNotJSONAreSentAndRead(t *testing.T) {
	doc, err := judge.Load("testdata/bodies/bodies.yaml", readFile(t, "testdata/bodies/bodies.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	conformance.Run(t, doc, bodies.Operations(), bodies.New)
}

func otherSpec(t *testing.T, name string) *openapi3.T {
	t.Helper()
	doc, err := judge.Load(name+".yaml", readFile(t, "../gen/testdata/specs/"+name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestASpecThatContradictsItselfFails runs itself again, since a failure of the suite is one of its test.
func TestASpecThatContradictsItselfFails(t *testing.T) {
	const child = "CONFORMANCE_CONTRADICTION"
	if os.Getenv(child) != "" {
		doc, err := judge.Load("doc.yaml", []byte("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A:\n      type: string\n      enum: [x, 1]\n    B: {allOf: [{$ref: '#/components/schemas/B'}]}\n"))
		if err != nil {
			t.Fatal(err)
		}
		conformance.Run(t, doc, nil, api.New)
		return
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	command.Env = append(os.Environ(), child+"=1")
	out, err := command.CombinedOutput()
	for _, want := range []string{"doc.yaml:6: the enum value 1 is not of the type string", "doc.yaml:9: the schema refers to itself"} {
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%v, want %q:\n%s", err, want, out)
		}
	}
}
