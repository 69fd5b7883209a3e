package spec

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

func TestTheSpecsAreValidWithAllTheirExamples(t *testing.T) {
	files, err := fs.Glob(specs, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file == "deviations.yaml" {
			continue
		}
		section, err := openSection(strings.TrimSuffix(file, ".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		document, err := section.ValidateExamples()
		if err != nil {
			t.Fatal(err)
		}
		if document.Paths.Len() == 0 {
			t.Errorf("%s has no paths", file)
		}
	}
}

func TestTheRecordsOfTheDocsAreValidDocuments(t *testing.T) {
	here := os.DirFS(".")
	files, err := fs.Glob(here, "docs/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("records %q, %v", files, err)
	}
	more, err := fs.Glob(here, "*/docs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, more...) {
		data, err := fs.ReadFile(here, file)
		if err != nil {
			t.Fatal(err)
		}
		record, err := oas.Standalone(file, data)
		if err != nil {
			t.Fatal(err)
		}
		document, err := record.Model()
		if err != nil {
			t.Fatal(err)
		}
		// The examples are those of the pages, which contradict themselves in places; they are not validated.
		if err := document.Validate(t.Context(), openapi3.DisableExamplesValidation()); err != nil {
			t.Error(err)
		}
	}
}
