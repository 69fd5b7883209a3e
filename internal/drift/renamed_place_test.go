package drift

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestARenamedPropertyIsOneFindingWithItsNewName(t *testing.T) {
	spec := strings.Replace(two, "size: { type: number }", "length: { type: number }", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"property-renamed|get-a|response.200.size"}) {
		t.Errorf("findings %v", got)
	}
	if r.Findings[0].Severity != Error {
		t.Errorf("severity %s: a renamed property of a response is silently empty in every program", r.Findings[0].Severity)
	}
}

// HTML of older themes has no examples of parameters: that the new name has none speaks for nothing.
func TestWhatAPageDoesNotShowDoesNotHideARename(t *testing.T) {
	const example = `schema: { type: string }, example: e }`
	now := strings.Replace(two, "name: q, in: query, "+example, "name: query, in: query, schema: { type: string } }", 1)
	pages := pagesOf(document(t, "pages.yaml", now))
	pages[0].Hides = func(_ *facts.Operation, f facts.Fact, _ string) (string, bool) {
		return "", f.Place.IsParam() && f.Aspect == facts.Example
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if want := []string{"parameter-renamed|get-a|query.q"}; !slices.Equal(ids(r), want) {
		t.Errorf("findings %q, want %q", ids(r), want)
	}
}

// The name of a path's parameter stands twice, in the path and in the table, and is never sent.
func TestAParameterRenamedInItsPathIsOneFindingWithoutAnEffectOnTheWire(t *testing.T) {
	one := strings.NewReplacer("  /a:", "  /a/{q}/b:", "name: q, in: query,", "name: q, in: path, required: true,").Replace(two)
	now := strings.NewReplacer("/{q}/", "/{query}/", "name: q,", "name: query,").Replace(one)
	check := func(now string) []*Finding {
		return Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", one)}, Spec: document(t, "spec.yaml", one), Pages: pagesOf(document(t, "pages.yaml", now))}).Findings
	}
	found := check(now)
	if len(found) != 1 || found[0].ID != "parameter-renamed|get-a|path.q" || found[0].Severity != Warning || !strings.HasPrefix(found[0].Wire, "none") {
		t.Fatalf("%+v", found)
	}
	if found := check(strings.Replace(now, "/{query}/b", "/{query}/c", 1)); len(found) != 2 {
		t.Errorf("another path beside it is not found: %+v", found)
	}
	if found := check(strings.Replace(now, "/{query}/", "/{q}/", 1)); len(found) != 1 || found[0].Severity != Error {
		t.Errorf("a name that the path has not: %+v", found)
	}
}

// A rename is one cause, another type or a new value beside it are others. The new name hides none of them.
func TestWhatElseChangedOfARenamedPlaceIsFound(t *testing.T) {
	docs := document(t, "docs.yaml", two)
	respelled := document(t, "spec.yaml", strings.Replace(two, "size: { type: number }", "SIZE: { type: string }", 1))
	r := Check(Input{Docs: []*facts.Document{docs}, Spec: respelled})
	if want := []string{"property-renamed|get-a|response.200.size", "type-differs|get-a|response.200.size"}; !slices.Equal(ids(r), want) {
		t.Errorf("spec: findings %q, want %q", ids(r), want)
	}
	ledger := &Ledger{Entries: []*Entry{{ID: "text", Pages: []string{"get-a"}, Place: "response.200.size", Docs: map[facts.Aspect]string{facts.Type: "number"}, Spec: map[facts.Aspect]string{facts.Type: "string"}}}}
	r = Check(Input{Docs: []*facts.Document{docs}, Spec: respelled, Ledger: ledger})
	if slices.Contains(ids(r), "type-differs|get-a|response.200.size") || len(r.OnPurpose) != 1 {
		t.Errorf("what the ledger explains is not on purpose under another name: %q, %d on purpose", ids(r), len(r.OnPurpose))
	}

	bounded := strings.ReplaceAll(two, `enum: ["1"]`, `enum: ["1"], minLength: 1, maxLength: 9`)
	page := document(t, "page.yaml", strings.NewReplacer("name: Version", "name: Release", `enum: ["1"]`, `enum: ["1", "2"]`).Replace(bounded))
	r = Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", bounded)}, Spec: document(t, "spec.yaml", bounded), Pages: pagesOf(page)})
	want := []string{"parameter-renamed|get-a,make-b|header.Version", "enum-value-added|get-a,make-b|header.Release"}
	if !slices.Equal(ids(r), want) {
		t.Fatalf("page: findings %q, want %q", ids(r), want)
	}
	f := r.Findings[1]
	if f.Sites[0].Docs.Says != `["1"]` || f.Sites[0].Spec.Says != `["1"]` || f.Sites[0].Spec.Pos.Line != f.Sites[0].Docs.Pos.Line || f.Severity != Warning {
		t.Errorf("%+v, %+v, %s", f.Sites[0].Docs, f.Sites[0].Spec, f.Severity)
	}
	if len(f.Edits) != 2 || f.Edits[0].Place != "header.Release" || f.Edits[0].From != `["1"]` || f.Edits[0].To != `["1","2"]` {
		t.Errorf("%+v", f.Edits)
	}
}

func TestAParameterThatMovedIsOneFinding(t *testing.T) {
	spec := strings.Replace(two, "{ name: q, in: query,", "{ name: q, in: header,", 1)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	if got := ids(r); !slices.Equal(got, []string{"parameter-moved|get-a|query.q"}) {
		t.Fatalf("findings %v", got)
	}
	f := r.Findings[0]
	if e := f.Edits[0]; e.Place != "header.q" || e.MoveTo != "query.q" || e.Rename != "" {
		t.Errorf("the edit is %+v", e)
	}
	if !strings.Contains(f.Fix, "move header.q to query.q") || !strings.Contains(f.Go, "programs compile") {
		t.Errorf("fix %q, in Go %q", f.Fix, f.Go)
	}
}
