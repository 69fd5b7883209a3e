package drift

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// contradicting is two pages that say what the record says, and contradict themselves.
func contradicting(t *testing.T, issues ...PageIssue) *Report {
	t.Helper()
	pages := pagesOf(document(t, "pages.yaml", two))
	for i := range pages {
		for j, issue := range issues {
			issue.Kind, issue.Pos = "contradiction", facts.Pos{File: pages[i].File, Line: 100*i + j + 1}
			pages[i].Issues = append(pages[i].Issues, issue)
		}
	}
	return Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
}

func TestTheSameContradictionOfSeveralPagesIsOneFinding(t *testing.T) {
	r := contradicting(t, PageIssue{Place: "header.Version", Aspect: facts.Required, Message: "form and tables differ"})
	if want := []string{"page-contradicts-itself|get-a,make-b|header.Version"}; !slices.Equal(ids(r), want) {
		t.Fatalf("findings %q, want %q", ids(r), want)
	}
	f := r.Findings[0]
	if len(f.Sites) != 2 || f.Sites[1].Page.Pos.Line != 101 || f.Sites[1].Docs.Says != "true" || f.Sites[1].Spec.Pos.Line == 0 {
		t.Errorf("sites %+v", f.Sites)
	}
	if r.Verdict() != Drift || f.Severity != Warning {
		t.Errorf("verdict %d, severity %s", r.Verdict(), f.Severity)
	}
}

func TestContradictionsAboutAspectsOfOnePlaceHaveDifferentIDs(t *testing.T) {
	for message, issues := range map[string][]PageIssue{
		"a": {
			{Place: "header.Version", Aspect: facts.Required, Message: "a"},
			{Place: "header.Version", Aspect: facts.Enum, Message: "a"},
		},
		"other messages, another order": {
			{Place: "header.Version", Aspect: facts.Enum, Message: "b"},
			{Place: "header.Version", Aspect: facts.Required, Message: "c"},
		},
	} {
		got := ids(contradicting(t, issues...))
		slices.Sort(got)
		want := []string{"page-contradicts-itself|get-a,make-b|header.Version|enum", "page-contradicts-itself|get-a,make-b|header.Version|required"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: findings %q, want %q", message, got, want)
		}
	}
}

func TestPartsOfASampleCallThatAreNotUnderstoodAreOneFinding(t *testing.T) {
	r := contradicting(t, PageIssue{Message: "what is -z"}, PageIssue{Message: "what is -y"})
	if len(r.Findings) != 1 || len(r.Findings[0].Sites) != 4 || !strings.Contains(r.Findings[0].Message, "1 more") {
		t.Fatalf("%+v", r.Findings)
	}
	for _, site := range r.Findings[0].Sites {
		if want := fmt.Sprintf("what is -%c", "zy"[(site.Page.Pos.Line-1)%100]); site.Page.Says != want {
			t.Errorf("line %d says %q, want %q", site.Page.Pos.Line, site.Page.Says, want)
		}
	}
}

// An id names the value that came, not the sentence about it, and no two findings have the same.
func TestTheIDsOfTwoNewValuesEndWithTheValues(t *testing.T) {
	spec := strings.ReplaceAll(two, `enum: ["1"]`, `enum: ["1", "2", "3"]`)
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", spec)})
	want := []string{"enum-value-extra|get-a,make-b|header.Version|2", "enum-value-extra|get-a,make-b|header.Version|3"}
	if !slices.Equal(ids(r), want) {
		t.Errorf("findings %q, want %q", ids(r), want)
	}
}

func TestAFindingInSeveralPagesNamesThemAllToBeAccepted(t *testing.T) {
	pages := pagesOf(document(t, "pages.yaml", strings.ReplaceAll(two, `enum: ["1"]`, `enum: ["1", "2"]`)))
	for i := range pages {
		for j := range pages[i].Facts {
			pages[i].Facts[j].Pos.File = fmt.Sprintf("page%d.md", i)
		}
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if len(r.Findings) != 1 || !strings.HasSuffix(r.Findings[0].Fix, "then accept the pages: specdrift accept page0.md page1.md") {
		t.Fatalf("%+v", r.Findings)
	}
}

// The spec has followed a rename; an entry of the ledger still has the old name, which shows when the page is accepted.
func TestForeseeFindsWhatAcceptingThePagesWillBring(t *testing.T) {
	renamed := strings.ReplaceAll(two, "name: q,", "name: query,")
	ledger := &Ledger{Entries: []*Entry{{ID: "spelled", Pages: []string{"get-a"}, Place: "query.q", Docs: map[facts.Aspect]string{facts.Example: "e"}, Spec: map[facts.Aspect]string{facts.Example: "f"}}}}
	in := Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Ledger: ledger, Pages: pagesOf(document(t, "pages.yaml", renamed))}
	if got := ids(Foresee(in, document(t, "spec.yaml", renamed))); !slices.Equal(got, []string{"deviation-stale|get-a|query.q"}) {
		t.Errorf("foreseen %q", got)
	}
	if in.Docs[0].Operation("get-a").Value("query.q", facts.Present) == "" {
		t.Error("the record itself was changed")
	}
}
