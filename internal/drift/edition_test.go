package drift

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// ofVersion is a document whose operations want an API version.
func ofVersion(t *testing.T, file, version string) *facts.Document {
	t.Helper()
	text := strings.NewReplacer(`version: "1"`, `version: "`+version+`"`, `enum: ["1"]`, `enum: ["`+version+`"]`).Replace(two)
	return document(t, file, text)
}

func bothVersions(t *testing.T) Input {
	t.Helper()
	spec := document(t, "spec.yaml", strings.ReplaceAll(two, `enum: ["1"]`, `enum: [v1, v2]`))
	ledger := ledgerOf(t, `
- { id: a, page: "*", version: v1, place: header.Version, docs_says: { enum: [v1] }, spec_says: { enum: [v1, v2] }, why: w, evidence: e, wire: w, since: 2026-01-01, review_by: 2026-06-01 }
- { id: b, page: "*", version: [v2], place: header.Version, docs_says: { enum: [v2] }, spec_says: { enum: [v1, v2] }, why: w, evidence: e, wire: w, since: 2026-01-01, review_by: 2026-06-01 }
`)
	for _, op := range spec.Operations {
		for _, id := range []string{"a", "b"} {
			op.Deviations = append(op.Deviations, facts.Deviation{ID: id, Place: facts.VersionHeader})
		}
	}
	return Input{Docs: []*facts.Document{ofVersion(t, "v1.yaml", "v1"), ofVersion(t, "v2.yaml", "v2")}, Spec: spec, Ledger: ledger}
}

func ledgerOf(t *testing.T, text string) *Ledger {
	t.Helper()
	ledger, err := ReadLedger("deviations.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return ledger
}

func TestADeviationHoldsForItsVersionOnly(t *testing.T) {
	in := bothVersions(t)
	if r := Check(in); r.Verdict() != Clean || r.Operations != 2 || len(r.OnPurpose) != 2 {
		t.Fatalf("findings %q, %d operations, %d on purpose", ids(r), r.Operations, len(r.OnPurpose))
	}
	in.Ledger.Entries[0].Versions = nil
	if got := ids(Check(in)); !slices.Contains(got, "deviation-stale|*|header.Version") {
		t.Errorf("an entry of one version for all of them: %q", got)
	}
	in.Ledger.Entries[0].Versions = []string{"v3"}
	got := ids(Check(in))
	if !slices.Contains(got, "deviation-stale|*|header.Version") || !slices.ContainsFunc(got, func(id string) bool { return strings.HasPrefix(id, "enum-value-extra|") }) {
		t.Errorf("an entry of a version without a record: %q", got)
	}
}

func TestAChangeOfTheSpecIsOneFindingForAllVersions(t *testing.T) {
	in := bothVersions(t)
	in.Spec = document(t, "spec.yaml", strings.NewReplacer(`enum: ["1"]`, `enum: [v1, v2]`, "size: { type: number }", "size: { type: string }").Replace(two))
	in.Ledger = ledgerOf(t, `[]`)
	var found *Finding
	for _, f := range Check(in).Findings {
		if f.ID == "type-differs|get-a|response.200.size" {
			found = f
		}
	}
	if found == nil || len(found.Sites) != 2 || found.Sites[0].Version != "v1" || found.Sites[1].Version != "v2" {
		t.Errorf("%+v", found)
	}
}

func TestAnOperationIsMissingInAVersionOnlyWhereItsHeaderListsThatVersion(t *testing.T) {
	in := bothVersions(t)
	in.Docs[1].Operations = in.Docs[1].Operations[:1]
	if got := ids(Check(in)); !slices.Contains(got, "operation-extra|make-b|operation") {
		t.Errorf("listed, and not in the record: %q", got)
	}
	for _, f := range Check(in).Findings {
		if f.Kind == "operation-extra" && (!strings.Contains(f.Fix, "accept the page of make-b of the API version v2") || !strings.Contains(f.Fix, "give the operation a Version header without v2 (now at spec.yaml:")) {
			t.Errorf("to resolve: %s", f.Fix)
		}
	}
	for i, f := range in.Spec.Operations[1].Facts {
		if f.Place == facts.VersionHeader && f.Aspect == facts.Enum {
			in.Spec.Operations[1].Facts[i].Value = `["v1"]`
		}
	}
	if got := ids(Check(in)); slices.Contains(got, "operation-extra|make-b|operation") {
		t.Errorf("not listed: %q", got)
	}
}

func TestAPageIsOfTheVersionThatItsSurestSourceNames(t *testing.T) {
	in := bothVersions(t)
	page := Page{Operation: ofVersion(t, "page.md", "v2").Operations[0], File: "page.md"}
	for name, c := range map[string]struct {
		version, address string
		header           bool
		want             string
	}{
		"its document, whatever the header says": {"v1", "https://docs.example/docs/v2/x/get-a", true, "v1"},
		"its address":                            {"", "https://docs.example/docs/v1/x/get-a", true, "v1"},
		"its header":                             {"", "", true, "v2"},
		"nothing":                                {"", "", false, ""},
	} {
		op := *page.Operation
		op.Version, op.Page = c.version, c.address
		if !c.header {
			op.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Place == facts.VersionHeader })
		}
		page.Operation = &op
		record, version, candidates := RecordFor(in.Docs, page)
		if version != c.want || (record == nil) != (c.want == "") || (len(candidates) == 2) != (c.want == "") {
			t.Errorf("%s: version %q, %d candidates", name, version, len(candidates))
		}
		page.Operation = ofVersion(t, "page.md", "v2").Operations[0]
	}
}
