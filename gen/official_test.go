package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOfficialDocumentsCompile generates from the publisher's own documents, faults and all. They are not part of the
// repository: HIGHLEVEL_SHARED names the folder, or it lies beside the repository.
func TestOfficialDocumentsCompile(t *testing.T) {
	shared := os.Getenv("HIGHLEVEL_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	documents, err := filepath.Glob(filepath.Join(shared, "official/apps/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(documents) == 0 {
		t.Skip("the official documents are not here: set HIGHLEVEL_SHARED to the folder that holds official/apps")
	}
	packages := map[string]files{}
	for _, document := range documents {
		out := made(t, document, "p")
		harmless(t, out)
		packages[strings.TrimSuffix(filepath.Base(document), ".json")] = out
	}
	sound(t, packages)
}
