package drift

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestAValueOnPurposeStaysSoBesideOthers(t *testing.T) {
	ledger, err := ReadLedger("dev.yaml", []byte(strings.NewReplacer("query.q", "header.Version", "page: get-a", `page: "*"`,
		"{ required: false }", `{ enum: ["1"] }`, "{ required: true }", `{ enum: ["1", "2"] }`).Replace(ledgerEntryText)))
	if err != nil {
		t.Fatal(err)
	}
	spec := strings.NewReplacer(`enum: ["1"] }`, `enum: ["1", "2", "3"] }, x-deviation: big-q`).Replace(two)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec), Ledger: ledger})
	if got := ids(r); !slices.Equal(got, []string{"enum-value-extra|get-a,make-b|header.Version"}) || r.Findings[0].Sites[0].Spec == nil || !strings.Contains(r.Findings[0].Message, "3") {
		t.Errorf("findings %v", got)
	}
}

func TestAnotherOperationIdIsOneFinding(t *testing.T) {
	spec := strings.Replace(two, "operationId: make-b", "operationId: create-b", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"operation-renamed|make-b|operation"}) {
		t.Fatalf("findings %v", got)
	}
	f := r.Findings[0]
	if e := f.Edits[0]; e.Operation != "create-b" || e.Rename != "make-b" || f.Sites[0].Spec.Pos.Line == 0 {
		t.Errorf("the edit is %+v at %+v", e, f.Sites[0].Spec)
	}
}

func TestAnOperationThatOneSideLacksHasALineOnBothSides(t *testing.T) {
	one := two[:strings.Index(two, "  /b:")]
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", one)})
	r.Findings = append(r.Findings, Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", one)}, Spec: document(t, "spec.yaml", two)}).Findings...)
	if got := ids(r); !slices.Equal(got, []string{"operation-missing|make-b|operation", "operation-extra|make-b|operation"}) {
		t.Fatalf("findings %v", got)
	}
	for _, f := range r.Findings {
		if s := f.Sites[0]; s.Docs.Pos.Line == 0 || s.Spec.Pos.Line == 0 {
			t.Errorf("%s: docs %v, spec %v", f.ID, s.Docs.Pos, s.Spec.Pos)
		}
	}
}

func TestAChangedSampleIsFoundAtItsLine(t *testing.T) {
	docs, now := document(t, "docs.yaml", two), document(t, "page.md", two)
	docs.Operation("get-a").Add("response.200", facts.Sample, `{"id":"x","size":1}`, facts.Pos{File: "docs.yaml", Line: 20})
	page := now.Operation("get-a")
	page.Add("response.200", facts.Sample, `{"id":"x","size":2}`, facts.Pos{File: "page.md", Line: 100})
	page.Facts[len(page.Facts)-1].Prose = "\n{\n  \"id\": \"x\",\n  \"size\": 2\n}"
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(now)[:1]})
	if len(r.Findings) != 1 || r.Findings[0].Sites[0].Page.Pos.Line != 103 {
		t.Errorf("findings %v at %+v, want one at line 103", ids(r), r.Findings[0].Sites[0].Page)
	}
}

func TestAChangedTextIsShownAsFarAsItIsKnown(t *testing.T) {
	docs := document(t, "docs.yaml", strings.ReplaceAll(two, "description: which one", "x-text: 0123456789ab"))
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(document(t, "page.md", two))[:1]})
	if len(r.Findings) != 1 {
		t.Fatalf("findings %v", ids(r))
	}
	if s := r.Findings[0].Sites[0]; s.Page.Says != "which one" || s.Docs.Says != "text with the fingerprint 0123456789ab" {
		t.Errorf("page %q, docs %q", s.Page.Says, s.Docs.Says)
	}
}

func TestAChangeDoesNotUndoADeviation(t *testing.T) {
	spec := strings.Replace(two, "schema: { type: string }, example: e", "schema: { type: integer }, example: e, x-deviation: big-q", 1)
	ledger, err := ReadLedger("dev.yaml", []byte(strings.NewReplacer("{ required: false }", "{ type: string }", "{ required: true }", "{ type: integer }").Replace(ledgerEntryText)))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("of the page", func(t *testing.T) {
		page := strings.Replace(two, "schema: { type: string }, example: e", "schema: { type: boolean }, example: e", 1)
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec), Ledger: ledger, Pages: pagesOf(document(t, "page.md", page))[:1]})
		if f := r.Findings[0]; len(r.Findings) != 1 || len(f.Edits) > 0 || !strings.Contains(f.Fix, "dev.yaml:2") {
			t.Errorf("findings %v, edits %+v, fix %q", ids(r), f.Edits, f.Fix)
		}
	})
	t.Run("of the spec", func(t *testing.T) {
		changed := strings.Replace(spec, "schema: { type: integer }", "schema: { type: boolean }", 1)
		r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", changed), Ledger: ledger})
		if f := r.Findings[0]; len(r.Findings) != 1 || f.Edits[0].To != "integer" || !strings.Contains(f.Fix, "big-q") {
			t.Errorf("findings %v, edits %+v, fix %q", ids(r), f.Edits, f.Fix)
		}
	})
}

func TestASpecThatLinksToAnotherPageIsFoundWithBothLines(t *testing.T) {
	docs := document(t, "docs.yaml", two)
	check := func(was, is string) []*Finding {
		return Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", strings.Replace(two, was, is, 1))}).Findings
	}
	link := `externalDocs: { url: "https://docs.example/x/get-a" }`
	found := check(link, `externalDocs: { url: "https://docs.example/x/get-b" }`)
	if len(found) != 1 || found[0].ID != "link-differs|get-a|operation" || found[0].Severity != Warning {
		t.Fatalf("%+v", found)
	}
	if s := found[0].Sites[0]; s.Docs.Pos.String() != "docs.yaml:9" || s.Spec.Pos.String() != "spec.yaml:9" {
		t.Errorf("at %s and %s", s.Docs.Pos, s.Spec.Pos)
	}
	for _, silent := range []string{"", `externalDocs: { url: "https://docs.example/x/get-a/" }`, `externalDocs: { url: "https://docs.example/x/get-a/index.html" }`} {
		if found := check(link, silent); len(found) > 0 {
			t.Errorf("%q: %s", silent, found[0].ID)
		}
	}
}

func TestAFindingIsFoundByAUniquePartOfItsID(t *testing.T) {
	spec := strings.NewReplacer("size: { type: number }", "size: { type: string }", "id: { type: string, ", "id: { type: number, ").Replace(two)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	for text, want := range map[string]int{
		"type-differs|get-a|response.200.id": 1, "type-differs": 2, "response.200.size": 1, "size": 1, "get-a": 2, "nothing": 0,
	} {
		if got := r.Matching(text); len(got) != want {
			t.Errorf("%s means %d findings, want %d", text, len(got), want)
		}
	}
}

func TestASpecThatFollowedThePageAlreadyNeedsOnlyItsAcceptance(t *testing.T) {
	now := strings.Replace(two, "size: { type: number }", "size: { type: string }", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", now), Pages: pagesOf(document(t, "page.yaml", now))})
	i := slices.IndexFunc(r.Findings, func(f *Finding) bool { return f.Kind == "type-changed" })
	if i < 0 || !strings.Contains(r.Findings[i].Fix, "says so already") || len(r.Findings[i].Edits) > 0 {
		t.Errorf("the three sides were not held against each other: %v", ids(r))
	}
}
