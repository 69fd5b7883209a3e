package drift

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// What a page that was not understood seems to lack follows from the same cause.
func TestAPageThatWasNotUnderstoodIsOneFindingWithoutConsequences(t *testing.T) {
	pages := pagesOf(document(t, "page.md", strings.Replace(two, "size: { type: number }", "size: { type: string }", 1)))[:1]
	for line := 30; line < 33; line++ {
		pages[0].Issues = append(pages[0].Issues, PageIssue{Kind: "not-understood", Fatal: true, Message: "what is this", Pos: facts.Pos{File: "page.md", Line: line}})
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if got := ids(r); !slices.Equal(got, []string{"not-understood|get-a|line 30"}) || r.Verdict() != CannotJudge {
		t.Fatalf("findings %q", got)
	}
	if f := r.Findings[0]; len(f.Sites) != 3 || f.Sites[2].Page.Pos.Line != 32 || !strings.Contains(f.Message, "2 more") {
		t.Errorf("%+v", f)
	}
	pages[0].Issues[2].Partial, pages[0].Issues[2].Kind = true, "truncated"
	r = Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pages})
	if got := ids(r); !slices.Equal(got, []string{"truncated|get-a|line 32"}) {
		t.Errorf("a page that is cut: %q", got)
	}
}

func TestAPageThatLostAllItsSchemasCannotBeJudged(t *testing.T) {
	page := document(t, "page.yaml", two)
	op := page.Operation("get-a")
	op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool {
		return strings.HasPrefix(string(f.Place), "response.") && f.Aspect != facts.Present && f.Aspect != facts.Text || strings.Count(string(f.Place), ".") > 1
	})
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(page)})
	if r.Verdict() != CannotJudge || len(r.Findings) != 1 || r.Findings[0].Kind != "hollow-page" {
		t.Errorf("verdict %d, findings %v", r.Verdict(), ids(r))
	}
}

func TestABodyThatWasNotRenderedCannotBeJudgedAndAllElseIsCompared(t *testing.T) {
	changed := strings.Replace(two, "message: { type: string }", "message: { type: integer }", 1)
	page := pagesOf(document(t, "page.md", changed))[0]
	op := *page.Operation
	op.Facts = slices.DeleteFunc(slices.Clone(op.Facts), func(f facts.Fact) bool { return f.Place != "response.200" && f.Place.Under("response.200") })
	page.Operation = &op
	page.Issues = []PageIssue{{Kind: "skeleton", Place: "response.200", Message: "the schema is empty", Fatal: true, Partial: true, Pos: facts.Pos{File: "page.md", Line: 16}}}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: []Page{page}})
	if got := ids(r); r.Verdict() != CannotJudge || !slices.Equal(got, []string{"skeleton|get-a|response.200", "type-changed|get-a|response.400.message"}) {
		t.Errorf("verdict %d, findings %v", r.Verdict(), got)
	}
}

func TestAnotherRendererIsOneRemarkAndNotDrift(t *testing.T) {
	page := document(t, "page.yaml", two)
	for _, op := range page.Operations {
		op.Renderer = "another"
	}
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(page)})
	if r.Verdict() != Clean || len(r.Remarks) != 1 {
		t.Errorf("verdict %d, remarks %v", r.Verdict(), r.Remarks)
	}
}

func TestAPageThatNoRecordHoldsIsRefusedUnlessItWasFoundInADirectory(t *testing.T) {
	other := document(t, "page.yaml", strings.NewReplacer("get-a", "get-z", "/x/", "/y/", "/a:", "/z:").Replace(two))
	page := Page{Operation: other.Operation("get-z"), File: "z.md"}
	in := Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: []Page{page}}
	if r := Check(in); r.Verdict() != CannotJudge {
		t.Errorf("a page that was named: verdict %d, want cannot judge", r.Verdict())
	}
	in.Pages[0].Among = true
	if r := Check(in); r.Verdict() != Clean || len(r.Remarks) != 1 {
		t.Errorf("a page found in a directory: verdict %d, remarks %v", r.Verdict(), r.Remarks)
	}
}

func TestANewPageOfAKnownSectionIsANewOperation(t *testing.T) {
	other := document(t, "page.yaml", strings.NewReplacer("get-a", "get-z", "/a:", "/z:").Replace(two))
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two),
		Pages: []Page{{Operation: other.Operation("get-z"), File: "z.md", Among: true}}})
	if got := ids(r); !slices.Equal(got, []string{"operation-added|get-z|operation"}) {
		t.Errorf("findings %v", got)
	}
}

func TestAMissingPageCountsOnlyWhenAllWereGiven(t *testing.T) {
	in := Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Pages: pagesOf(document(t, "page.yaml", two))[:1]}
	if r := Check(in); r.Verdict() != Clean {
		t.Errorf("verdict %d: %v", r.Verdict(), ids(r))
	}
	in.Complete = true
	if r := Check(in); !slices.Equal(ids(r), []string{"operation-removed|make-b|operation"}) {
		t.Errorf("findings %v", ids(r))
	}
}

func TestAPageThatCouldNotBeReadIsNeverClean(t *testing.T) {
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", two)}, Spec: document(t, "spec.yaml", two), Unreadable: []error{fmt.Errorf("p.md:7: the page is empty")}})
	if r.Verdict() != CannotJudge || r.Findings[0].Sites[0].Page.Pos.Line != 7 {
		t.Errorf("verdict %d, findings %+v", r.Verdict(), r.Findings)
	}
}
