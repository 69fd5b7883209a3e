package driftmutants_test

import (
	"os"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Whatever a ledger holds, it is read or refused, and a check with what was read of it comes to an end.
func FuzzLedger(f *testing.F) {
	data, err := os.ReadFile(ledgerFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("- id: a\n  page: '*'\n  place: 'response.*.*[]'\n  docs_says: absent\n  spec_says: absent\n  why: b\n  evidence: c\n  wire: d\n  since: 2026-01-01\n  review_by: 2026-01-02\n"))
	f.Add([]byte("- &a [*a, *a]\n"))
	docs, err := facts.ReadFile(recordFile)
	if err != nil {
		f.Fatal(err)
	}
	spec, err := facts.ReadFile(specFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		started := time.Now()
		ledger, err := drift.ReadLedger("fuzz.yaml", data)
		if err == nil {
			drift.Check(drift.Input{Docs: []*facts.Document{docs}, Spec: spec, Ledger: ledger, Today: time.Unix(1.8e9, 0)})
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Fatalf("a ledger of %d bytes took %s", len(data), took)
		}
	})
}
