package main

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
)

// officialDocuments are the publisher's own documents, faults and all. They are not part of the repository: SNAPSHOTS_SHARED
// names the folder that they are in, or it is beside the repository.
func officialDocuments(t *testing.T) []string {
	t.Helper()
	documents, err := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("SNAPSHOTS_SHARED"), "../../shared"), "official/apps/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

func TestClientsOfOfficialDocumentsAreHarmless(t *testing.T) {
	if testing.Short() {
		t.Skip("reads large documents: left out with -short")
	}
	documents := officialDocuments(t)
	if len(documents) == 0 {
		t.Skip("the official documents are not here: set SNAPSHOTS_SHARED to the folder that holds official/apps")
	}
	for _, document := range documents {
		harmless(t, made(t, document, "p"))
	}
}
