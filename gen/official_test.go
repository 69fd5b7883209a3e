package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/internal/prove"
)

// officialDocuments returns the publisher's own documents, faults and all. They are not part of the repository: SNAPSHOTS_SHARED names the
// folder that they are in, or it is beside the repository.
func officialDocuments(t testing.TB) []string {
	t.Helper()
	documents, err := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("SNAPSHOTS_SHARED"), "../../shared"), "official/apps/*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

// officialSample returns one of these documents, a small one with -short, unless PROVE=full asks for all.
func officialSample(t testing.TB) []string {
	t.Helper()
	sample := "contacts.json"
	if testing.Short() {
		sample = "oauth.json"
	}
	return slices.DeleteFunc(officialDocuments(t), func(path string) bool { return !prove.InFull() && filepath.Base(path) != sample })
}

func TestClientsOfOfficialDocumentsAreHarmless(t *testing.T) {
	if testing.Short() {
		t.Skip("reads large documents: left out with -short")
	}
	documents := officialSample(t)
	if len(documents) == 0 {
		t.Skip("the official documents are not here: set SNAPSHOTS_SHARED to the folder that holds official/apps")
	}
	for _, document := range documents {
		harmless(t, made(t, document, "p"))
	}
}
