package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/highlevel-go/snapshots/internal/prove"
)

// goldens are the documents whose client is kept beside them, to be read.
var goldens = []string{"curated", "demands", "examples", "later", "media", "ranges", "renames", "secure", "shapes", "styles", "unions"}

func TestClientMatchesTheGoldenFiles(t *testing.T) {
	for _, name := range goldens {
		t.Run(name, func(t *testing.T) {
			out := made(t, "testdata/specs/"+name+".yaml", name)
			dir := filepath.Join("testdata/golden", name)
			if *update {
				if err := out.write(dir); err != nil {
					t.Fatal(err)
				}
			}
			for file, got := range out {
				want, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%s is not the golden one (-update writes it anew):\n%s", file, unified(file, want, got))
				}
			}
		})
	}
}

// specs are the documents of testdata.
var specs = append([]string{"deep", "wild"}, goldens...)

func TestClientsAreHarmless(t *testing.T) {
	for _, name := range specs {
		harmless(t, made(t, "testdata/specs/"+name+".yaml", name))
	}
}

func TestSameDocumentSameClient(t *testing.T) {
	times := 2
	if prove.InFull() {
		times = 10
	}
	for _, name := range specs {
		first := made(t, "testdata/specs/"+name+".yaml", "p")
		for range times {
			made, _, err := withExamples("testdata/specs/"+name+".yaml", "p")
			if err != nil {
				t.Fatal(err)
			}
			for file, again := range made {
				if !bytes.Equal(first[file], again) {
					t.Fatalf("%s of %s differs from run to run:\n%s", file, name, unified(file, first[file], again))
				}
			}
		}
	}
}
