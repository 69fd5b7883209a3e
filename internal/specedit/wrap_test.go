package specedit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

const answer = `openapi: 3.0.3
info: { title: Answers, version: "1" }
paths:
  /a:
    get:
      operationId: get-a
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: # the key
                    type: string
                    description: Which one.
                    x-go-name: Key
                  size: { type: number, x-go-name: Litres }
                  kind: { type: string, enum: [own_one, theirs], x-enum-varnames: [KindOwn, KindTheirs], x-enum-descriptions: [of the caller, of others] }
                  other: { type: boolean, example: true }
`

// resolved is the spec after the edits of all findings about a record, or a page, that says the second text.
func resolved(t *testing.T, spec, docs string) string {
	t.Helper()
	source, is := readText(t, docs), readText(t, spec)
	r := drift.Check(drift.Input{Docs: []*facts.Document{source}, Spec: is})
	out, outcomes, err := specedit.Apply("spec.yaml", []byte(spec), r.Findings, func(string, string) *facts.Operation { return source.Operations[0] }, func([]byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Err != nil {
			t.Errorf("%s: %v", o.Finding.Message, o.Err)
		}
	}
	if left := drift.Check(drift.Input{Docs: []*facts.Document{source}, Spec: readText(t, string(out))}); len(left.Findings) > 0 {
		t.Errorf("left: %s\n%s", left.Findings[0].Message, out)
	}
	return string(out)
}

func readText(t *testing.T, text string) *facts.Document {
	t.Helper()
	document, err := facts.Read("spec.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestFieldsThatAreWrappedOrFlattenedKeepWordsNamesAndComments(t *testing.T) {
	wrapped := strings.Replace(answer, "                  id: # the key\n                    type: string\n                    description: Which one.\n                    x-go-name: Key\n                  size: { type: number, x-go-name: Litres }\n",
		"                  data:\n                    type: object\n                    properties:\n                      id: { type: string }\n                      size: { type: number }\n", 1)
	out := resolved(t, answer, wrapped)
	for _, kept := range []string{"# the key", "Which one.", "x-go-name: Key", "x-go-name: Litres"} {
		if !strings.Contains(out, kept) {
			t.Errorf("wrapping lost %s:\n%s", kept, out)
		}
	}
	back := resolved(t, out, answer)
	for _, kept := range []string{"# the key", "Which one.", "x-go-name: Key", "x-go-name: Litres"} {
		if !strings.Contains(back, kept) || strings.Contains(back, "data:") {
			t.Errorf("flattening lost %s:\n%s", kept, back)
		}
	}
}

func TestAnEnumInAnotherSpellingKeepsItsNamesAndDescriptions(t *testing.T) {
	docs := strings.Replace(answer, "[own_one, theirs]", "[OWN_ONE, THEIRS]", 1)
	if diff := cmp.Diff(docs, resolved(t, answer, docs)); diff != "" {
		t.Error(diff)
	}
}

func TestNewValuesOfAnEnumGetNamesThatNoOtherHas(t *testing.T) {
	docs := strings.Replace(answer, "[own_one, theirs]", "[own_one, theirs, own, a-b, a_b]", 1)
	if out := resolved(t, answer, docs); !strings.Contains(out, "[KindOwn, KindTheirs, KindOwn2, KindAB, KindAB2]") {
		t.Error(out)
	}
}

func TestKeywordsAreWrittenAndTakenOut(t *testing.T) {
	docs := strings.Replace(answer, "openapi: 3.0.3", "openapi: 3.1.0", 1)
	docs = strings.Replace(docs, "operationId: get-a", "operationId: get-a\n      x-from-document: true", 1)
	with := strings.Replace(docs, "example: true }", "example: true, not: { const: false } }", 1)
	with = strings.Replace(with, "      responses:", "      parameters: [{ name: q, in: query, explode: false, schema: { type: array, items: {} } }]\n      responses:", 1)
	without := strings.Replace(strings.Replace(with, ", not: { const: false }", "", 1), " explode: false,", "", 1)
	if out := resolved(t, without, with); !strings.Contains(out, "not: {const: false}") || !strings.Contains(out, "explode: false") {
		t.Error(out)
	}
	if diff := cmp.Diff(without, resolved(t, with, without)); diff != "" {
		t.Error(diff)
	}
}
