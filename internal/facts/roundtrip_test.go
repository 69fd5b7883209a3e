package facts_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
	"github.com/highlevel-go/snapshots/internal/prove/randomop"
)

func encode(t interface{ Fatal(...any) }, op *facts.Operation, asYAML, prose bool) []byte {
	document, err := facts.Write([]*facts.Operation{op}, facts.WriteOptions{Title: "Random", Version: "1", Prose: prose})
	if err != nil {
		t.Fatal(err)
	}
	write := facts.EncodeJSON
	if asYAML {
		write = facts.EncodeYAML
	}
	data, err := write(document)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// asWritten are the facts of an operation as a set, without what positions and prose add.
func asWritten(op *facts.Operation) []string {
	var out []string
	for _, f := range op.Facts {
		out = append(out, fmt.Sprintf("%s %s = %s", f.Place, f.Aspect, f.Value))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Facts become an OpenAPI document, and the document the same facts: as YAML and JSON, with prose and with its hash only.
func TestDocumentReadsBackAsItWasWritten(t *testing.T) {
	prove.SameEveryRun(t)
	rapid.Check(t, func(t *rapid.T) {
		op := randomop.Draw(t, randomop.Document)
		data := encode(t, op, rapid.Bool().Draw(t, "YAML"), rapid.Bool().Draw(t, "prose"))
		document, err := facts.Read("random.yaml", data)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if len(document.Operations) != 1 {
			t.Fatalf("%d operations came back", len(document.Operations))
		}
		got := document.Operations[0]
		if got.ID != op.ID || got.Page != op.Page {
			t.Errorf("%s of %s came back as %s of %s", op.ID, op.Page, got.ID, got.Page)
		}
		want, have := asWritten(op), asWritten(got)
		for _, fact := range want {
			if !slices.Contains(have, fact) {
				t.Errorf("lost: %s", fact)
			}
		}
		for _, fact := range have {
			if !slices.Contains(want, fact) {
				t.Errorf("invented: %s", fact)
			}
		}
		if t.Failed() {
			t.Logf("%s", data)
		}
	})
}

func validate(data []byte) error {
	loader := openapi3.NewLoader()
	document, err := loader.LoadFromData(data)
	if err != nil {
		return err
	}
	// A page's example may contradict its type; what it says is kept. Its patterns are those of JavaScript.
	return document.Validate(context.Background(), openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation())
}

// Every document that is written is valid for an independent judge.
func TestDocumentIsValidOpenAPI(t *testing.T) {
	prove.SameEveryRun(t)
	rapid.Check(t, func(t *rapid.T) {
		op := randomop.Draw(t, randomop.Document)
		data := encode(t, op, true, true)
		if err := validate(data); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
	})
}

// So is every document that is imported from a page, however the page was scraped.
func TestImportedPageIsValidOpenAPI(t *testing.T) {
	prove.SameEveryRun(t)
	rapid.Check(t, func(t *rapid.T) {
		op := randomop.Draw(t, randomop.Page)
		dialect := rapid.SampledFrom(pagewriter.Dialects).Draw(t, "dialect")
		written, err := pagewriter.Write(op, dialect)
		if err != nil {
			t.Fatal(err)
		}
		page, err := docpage.Parse("page.md", written.Text)
		if err != nil {
			t.Fatal(err)
		}
		data := encode(t, page.Operation, false, true)
		if err := validate(data); err != nil {
			t.Fatalf("%v\n%s\n%s", err, written.Text, data)
		}
	})
}
