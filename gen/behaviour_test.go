package main

import (
	"os"
	"testing"
)

// TestGoldenClientsBehave runs the tests under testdata/behaviour inside the generated packages, against a server.
func TestGoldenClientsBehave(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles generated code")
	}
	packages := map[string]files{}
	for _, name := range goldens {
		packages[name] = made(t, "testdata/specs/"+name+".yaml", name)
		test, err := os.ReadFile("testdata/behaviour/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		packages[name]["behaviour_test.go"] = test
	}
	inModule(t, module(t, packages), "test", "./...")
}
