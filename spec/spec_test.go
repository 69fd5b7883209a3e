package spec

import (
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

func TestTheRecordOfTheDocsIsAValidDocument(t *testing.T) {
	record, err := oas.Standalone("spec/docs.yaml", Docs)
	if err != nil {
		t.Fatal(err)
	}
	document, err := record.Model()
	if err != nil {
		t.Fatal(err)
	}
	// Its examples are those of the pages, which contradict themselves in places; they are not validated.
	if err := document.Validate(t.Context(), openapi3.DisableExamplesValidation()); err != nil {
		t.Error(err)
	}
}
