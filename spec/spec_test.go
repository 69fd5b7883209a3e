package spec

import (
	"io/fs"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

func TestTheSpecIsValidWithAllItsExamples(t *testing.T) {
	document, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if document.Paths.Len() == 0 {
		t.Error("the spec has no paths")
	}
}

func TestTheRecordsOfTheDocsAreValidDocuments(t *testing.T) {
	files, err := fs.Glob(Docs, "docs/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("records %q, %v", files, err)
	}
	for _, file := range files {
		data, err := Docs.ReadFile(file)
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
