package drift_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

func brewed(id string, all ...facts.Fact) *facts.Operation {
	base := []facts.Fact{
		{Place: facts.OperationPlace, Aspect: facts.Method, Value: "POST"},
		{Place: facts.OperationPlace, Aspect: facts.Path, Value: "/tea"},
		{Place: "response.201", Aspect: facts.Present, Value: "true"},
	}
	return &facts.Operation{ID: id, Facts: append(base, all...)}
}

// A script carries no requirements and no printed JSON. Accepting it must not make the record forget what a page has shown.
func TestAcceptingAPageKeepsWhatItsKindDoesNotShow(t *testing.T) {
	scheme := facts.Fact{Place: facts.AuthPlace, Aspect: facts.Scheme, Value: "http bearer"}
	tokens := facts.Fact{Place: facts.AuthPlace, Aspect: facts.TokenTypes, Value: `["Agency Token"]`}
	cup := facts.Fact{Place: "response.201.cup", Aspect: facts.Type, Value: "string"}
	mug := facts.Fact{Place: "response.201.mug", Aspect: facts.Type, Value: "string"}
	sample := facts.Fact{Place: "response.201", Aspect: facts.Sample, Value: `{"cup":"full"}`}
	gone := facts.Fact{Place: "response.418", Aspect: facts.Sample, Value: `{}`}
	hides := func(_ *facts.Operation, f facts.Fact, _ string) (string, bool) {
		return "", f.Aspect == facts.TokenTypes || f.Aspect == facts.Sample
	}

	for _, c := range []struct {
		name         string
		page         drift.Page
		kept, forgot []facts.Fact
	}{
		{"the same otherwise", drift.Page{Operation: brewed("brew-tea", scheme, cup), Hides: hides}, []facts.Fact{tokens, sample, scheme, cup}, []facts.Fact{gone}},
		{"a sample of another schema", drift.Page{Operation: brewed("brew-tea", scheme, mug), Hides: hides}, []facts.Fact{tokens, mug}, []facts.Fact{sample, cup}},
		{"a page that shows all there is", drift.Page{Operation: brewed("brew-tea", scheme, cup)}, []facts.Fact{scheme, cup}, []facts.Fact{tokens, sample}},
	} {
		t.Run(c.name, func(t *testing.T) {
			record := &facts.Document{Operations: []*facts.Operation{brewed("brew-tea", scheme, tokens, cup, sample, gone), brewed("other")}}
			record.Operations[1].Facts[1].Value = "/other"
			if _, updated := drift.Accept(record, c.page); !updated || len(record.Operations) != 2 {
				t.Fatalf("the record has %d operations", len(record.Operations))
			}
			op := record.Operation("brew-tea")
			for _, f := range c.kept {
				if op.Value(f.Place, f.Aspect) != f.Value {
					t.Errorf("%s %s is %q, want %q", f.Place, f.Aspect, op.Value(f.Place, f.Aspect), f.Value)
				}
			}
			for _, f := range c.forgot {
				if _, ok := op.Get(f.Place, f.Aspect); ok {
					t.Errorf("%s %s is still there", f.Place, f.Aspect)
				}
			}
		})
	}
}

// HTML can say nothing of which page it is; its heading only resembles the name.
func TestAPageWithoutANameIsAcceptedAsTheOperationThatItIs(t *testing.T) {
	record := &facts.Document{Operations: []*facts.Operation{brewed("brew-tea")}}
	record.Operations[0].Page = "https://docs.example.com/brew-tea"
	if _, updated := drift.Accept(record, drift.Page{Operation: brewed("make-some-tea"), Guessed: true}); !updated {
		t.Error("it counts as new")
	}
	if op := record.Operation("brew-tea"); len(record.Operations) != 1 || op == nil || op.Page != "https://docs.example.com/brew-tea" {
		t.Errorf("the record is %+v", record.Operations)
	}
	if _, updated := drift.Accept(record, drift.Page{Operation: &facts.Operation{ID: "wash-cups"}}); updated || len(record.Operations) != 2 {
		t.Error("a new operation is not added")
	}
}

// A whole site lies in a directory; the record says which part of it this is about, as a check takes it.
func TestPagesOfOtherPartsOfTheSiteDoNotConcernARecord(t *testing.T) {
	page := func(address string, among bool) drift.Page {
		op := &facts.Operation{ID: address[len(address)-4:], Page: address}
		return drift.Page{Operation: op, Among: among}
	}
	record := &facts.Document{Operations: []*facts.Operation{brewed("brew-tea")}}
	record.Operations[0].Page = "https://docs.example.com/tea/brew-tea"
	for _, c := range []struct {
		name   string
		record *facts.Document
		page   drift.Page
		want   bool
	}{
		{"another part", record, page("https://docs.example.com/soup/cook", true), false},
		{"another part, named", record, page("https://docs.example.com/soup/cook", false), true},
		{"a new page of the same part", record, page("https://docs.example.com/tea/pour", true), true},
		{"the first record", &facts.Document{}, page("https://docs.example.com/soup/cook", true), true},
		{"the operation itself", record, drift.Page{Operation: brewed("brew-tea"), Among: true}, true},
	} {
		if got := drift.Concerns(c.record, c.page); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// Some pages always contradict themselves. Once a person has accepted that, it is a remark and not drift, until they do so
// in another way.
func TestAContradictionIsFoundUntilItIsAccepted(t *testing.T) {
	record := &facts.Document{Operations: []*facts.Operation{brewed("brew-tea")}}
	spec := &facts.Document{Operations: []*facts.Operation{brewed("brew-tea")}}
	page := func(line int, message string) drift.Page {
		return drift.Page{Operation: brewed("brew-tea"), File: "page.md", Issues: []drift.PageIssue{
			{Kind: "contradiction", Place: "query.sugar", Aspect: facts.Present, Message: message, Pos: facts.Pos{File: "page.md", Line: line}}}}
	}
	check := func(page drift.Page) (findings, remarks int) {
		report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: spec, Pages: []drift.Page{page}})
		return len(report.Findings), len(report.Remarks)
	}
	if findings, _ := check(page(30, "sugar is there twice; first on line 12")); findings != 1 {
		t.Fatalf("%d findings before it was accepted, want 1", findings)
	}
	drift.Accept(record, page(30, "sugar is there twice; first on line 12"))
	document, err := facts.Write(record.Operations, facts.WriteOptions{Title: "Tea", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		t.Fatal(err)
	}
	if record, err = facts.Read("docs.yaml", data); err != nil { // it lasts in the file
		t.Fatal(err)
	}
	if findings, remarks := check(page(34, "sugar is there twice; first on line 16")); findings != 0 || remarks != 1 {
		t.Errorf("%d findings and %d remarks once it was accepted, want none and 1", findings, remarks)
	}
	if findings, _ := check(page(30, "sugar is in the form only")); findings != 1 {
		t.Errorf("%d findings of another contradiction, want 1", findings)
	}
	drift.Accept(record, drift.Page{Operation: brewed("brew-tea")})
	if findings, _ := check(page(30, "sugar is there twice; first on line 12")); findings != 1 {
		t.Errorf("%d findings after a page without it was accepted, want 1", findings)
	}
}
