package specedit_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/specedit"
	"github.com/highlevel-go/snapshots/spec"
)

// Every fact of the record is changed in turn; each finding is either resolved, so that record and spec agree, or refused
// with the document as it was.
func TestEveryFactOfTheRecordCanBeFollowedOrIsRefused(t *testing.T) {
	resolved, refused := 0, 0
	record := read(t, "docs.yaml", docsOf(t, "2021-07-28"))
	v3 := read(t, "v3.yaml", docsOf(t, "v3"))
	ledger, err := drift.ReadLedger("deviations.yaml", spec.Deviations)
	if err != nil {
		t.Fatal(err)
	}
	before := spec.Snapshots
	curated := read(t, "s.yaml", before)
	if r := drift.Check(drift.Input{Docs: []*facts.Document{record, v3}, Spec: curated, Ledger: ledger}); r.Verdict() != drift.Clean {
		t.Fatalf("spec and record differ already, so that no change can be tried: %s; resolve it first: %s", r.Findings[0].Message, r.Findings[0].Fix)
	}
	every := 2 // of the facts, one is changed
	switch {
	case testing.Short():
		every = 9
	case prove.InFull():
		every = 1
	}
	tried := 0
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if f.Aspect.IsText() || f.Aspect == facts.Sample || f.Aspect == facts.Present {
				continue
			}
			if tried++; tried%every != 0 {
				continue
			}
			now := other(f, op)
			everywhere(record, f, now) // what operations share changes for all of them, in both versions
			everywhere(v3, f, now)
			var findings []*drift.Finding
			for _, finding := range drift.Check(drift.Input{Docs: []*facts.Document{record, v3}, Spec: curated, Ledger: ledger}).Findings {
				if len(finding.Edits) > 0 && finding.Sites[0].Place == f.Place {
					findings = append(findings, finding)
				}
			}
			after, outcomes, err := specedit.Apply("s.yaml", before, findings, from(record), valid)
			if err != nil {
				t.Fatal(err)
			}
			for _, outcome := range outcomes {
				if outcome.Err != nil {
					refused++
					continue
				}
				resolved++
				if got := read(t, "s.yaml", after).Operation(op.ID).Value(f.Place, f.Aspect); got != op.Facts[i].Value && len(outcomes) == 1 {
					t.Errorf("%s: resolved, but the spec says %q", op.Facts[i], got)
				}
			}
			if len(outcomes) > 0 && !slices.ContainsFunc(outcomes, func(o specedit.Outcome) bool { return o.Err == nil }) && !bytes.Equal(after, before) {
				t.Errorf("%s: refused, but the document changed", f)
			}
			if got, want := bytes.Count(after, []byte("\n#")), bytes.Count(before, []byte("\n#")); got != want {
				t.Errorf("%s: %d comment lines, want %d", f, got, want)
			}
			changed := op.Facts[i]
			everywhere(record, changed, f.Value)
			everywhere(v3, changed, f.Value)
		}
	}
	t.Logf("%d findings resolved, %d refused", resolved, refused)
	if refused*4 > resolved {
		t.Errorf("%d findings resolved, %d refused: too much is left to do by hand", resolved, refused)
	}
}

// everywhere gives a fact another value in every operation that says the same.
func everywhere(record *facts.Document, was facts.Fact, value string) {
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if f.Place == was.Place && f.Aspect == was.Aspect && f.Value == was.Value {
				op.Facts[i].Value = value
			}
		}
	}
}

// other is another value that the aspect could have.
func other(f facts.Fact, op *facts.Operation) string {
	switch f.Aspect {
	case facts.Example:
		if values := facts.Texts(op.Value(f.Place, facts.Enum)); len(values) > 0 {
			return values[0]
		}
		if op.Value(f.Place, facts.Type) == "number" {
			return "7"
		}
	case facts.Required, facts.Nullable, facts.Deprecated:
		return ""
	case facts.Type:
		if f.Value == "boolean" {
			return "string"
		}
		return "boolean"
	case facts.Enum, facts.AuthMethods, facts.TokenTypes, facts.Scopes:
		return facts.CompactJSON(append(facts.Texts(f.Value), "zzz"))
	case facts.Method:
		return "PATCH"
	case facts.Path:
		return f.Value + "/more"
	case facts.Server:
		return "https://api.example.com"
	case facts.MediaType:
		return "application/other+json"
	}
	return "zzz"
}
