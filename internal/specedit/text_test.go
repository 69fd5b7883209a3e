package specedit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

// lineDiff lists the lines that went and came, each as often.
func lineDiff(before, after string) []string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []string
	for _, line := range a {
		if i := slices.Index(b, line); i >= 0 {
			b = slices.Delete(b, i, i+1)
		} else {
			out = append(out, "-"+line)
		}
	}
	for _, line := range b {
		out = append(out, "+"+line)
	}
	return out
}

func sorted(lines []string) []string { return slices.Sorted(slices.Values(lines)) }

// followed is what a spec becomes when it follows a record that differs in one way.
func followed(t *testing.T, text string, change func(*facts.Operation), valid func([]byte) error) (string, []specedit.Outcome) {
	t.Helper()
	record := read(t, "docs.yaml", []byte(text))
	change(record.Operations[0])
	report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(text))})
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(text), report.Findings, from(record), valid)
	if err != nil {
		t.Fatal(err)
	}
	if len(outcomes) == 0 {
		t.Fatalf("no finding with an edit: %+v", report.Findings)
	}
	return string(after), outcomes
}

func TestLineEndsAndTheMarkOfByteOrderStay(t *testing.T) {
	text := "\ufeff" + strings.ReplaceAll(widgets, "\n", "\r\n")
	for name, change := range map[string]func(*facts.Operation){
		"a scalar":   set("path.shelf", facts.Type, "integer"),
		"a key":      set("body.note", facts.Example, "x"),
		"a list":     set("body.note", facts.Required, "true"),
		"a block":    remove("body.note"),
		"a new one":  func(op *facts.Operation) { op.Add("response.404", facts.Present, "true", facts.Pos{}) },
		"a new type": set("body.note", facts.Type, "array"),
		"an enum":    set("body.colour", facts.Enum, `["red","green","blue"]`),
	} {
		after, outcomes := followed(t, text, change, anything)
		if outcomes[0].Err != nil {
			t.Errorf("%s: %v", name, outcomes[0].Err)
		}
		plain, _ := followed(t, widgets, change, anything)
		if want := "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"); after != want || after == text {
			t.Errorf("%s: (-want +got):\n%s", name, cmp.Diff(want, after))
		}
	}
}

func TestLineEndsOfSeveralKindsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"two kinds":      strings.Replace(widgets, "\n", "\r\n", 1),
		"line separator": strings.Replace(widgets, "Not made.", "\"Not\u2028made.\"", 1),
	} {
		_, _, err := specedit.Apply("spec.yaml", []byte(text), nil, nil, anything)
		if err == nil || !strings.HasPrefix(err.Error(), "spec.yaml:") || !strings.Contains(err.Error(), "several kinds of line ends") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

const shared = `openapi: 3.0.3
info: { title: t, version: "1" }
x-hidden: *HIDDEN
x-text: &text { type: string, maxLength: 5 }
x-alone: &alone { type: string }
paths:
  /a:
    get:
      operationId: a
      parameters:
        - { name: page, in: query, schema: &page { type: integer } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: *text
                  own: { <<: *text, maxLength: 7 }
                  merged: { <<: *text, description: words }
                  example: { type: string, example: &word one }
                  single: *alone
x-of-extension: { copy: *page, words: [*word] }
`

// What an alias stands for is changed nowhere else, not even where facts do not look.
func TestAnEditChangesNoOtherPlaceThroughAnAnchor(t *testing.T) {
	text := strings.Replace(shared, "x-hidden: *HIDDEN\n", "", 1)
	for name, test := range map[string]struct {
		change func(*facts.Operation)
		want   string // of the error; "" where it can be made
	}{
		"through an alias":              {set("response.200.id", "maxLength", "6"), "*text stands for what the edit would change"},
		"an anchor that others name":    {set("query.page", facts.Type, "number"), "*page stands for"},
		"a value with an anchor":        {set("response.200.example", facts.Example, "two"), "has the anchor &word"},
		"a key that is merged in":       {set("response.200.merged", "maxLength", ""), "no maxLength of its own"},
		"over a key that is merged in":  {set("response.200.merged", "maxLength", "9"), ""},
		"a key beside what is merged":   {set("response.200.own", "maxLength", "9"), ""},
		"an alias that stands alone":    {set("response.200.single", "maxLength", "9"), "*alone stands for"},
		"a property that is an alias":   {remove("response.200.id"), ""},
		"what has an anchor and a name": {remove("query.page"), "the edit would break the document"},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcomes := followed(t, text, test.change, anything)
			err := outcomes[0].Err
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			if n := len(lineDiff(text, after)); err != nil && n != 0 || err == nil && (n == 0 || n > 2) {
				t.Errorf("%d lines went or came:\n%s", n, after)
			}
		})
	}
}

// What facts do not tell of a type's inside is kept, or the edit refused.
func TestATypeDoesNotLoseWhatWasCurated(t *testing.T) {
	const text = `openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  reference: { type: array, items: { $ref: "#/components/schemas/A" } }
                  words: { type: array, items: { type: string, description: words } }
                  name: { type: object, properties: { a: { type: string, x-go-name: B } } }
                  comment:
                    type: object
                    properties:
                      a: { type: string } # a comment
                  plain: { type: array, items: { type: string } }
components: { schemas: { A: { type: object } } }
`
	for place, want := range map[facts.Place]string{
		"response.200.reference": "$ref", "response.200.words": "description", "response.200.name": "x-go-name", "response.200.comment": "a comment", "response.200.plain": "",
	} {
		after, outcomes := followed(t, text, func(op *facts.Operation) {
			kind := "object"
			if op.Value(place, facts.Type) == "object" {
				kind = "array"
			}
			op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place != place && f.Place.Under(place) })
			set(place, facts.Type, kind)(op)
		}, anything)
		i := slices.IndexFunc(outcomes, func(o specedit.Outcome) bool {
			return slices.ContainsFunc(o.Finding.Edits, func(e drift.Edit) bool { return e.Aspect == facts.Type })
		})
		if i < 0 {
			t.Fatalf("%s: no edit of the type in %+v", place, outcomes)
		}
		err := outcomes[i].Err
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), " has "+want+", which would be lost") {
			t.Errorf("%s: error %v, want %q", place, err, want)
		}
		if err != nil && !strings.Contains(after, "$ref") {
			t.Errorf("%s: what was curated is gone:\n%s", place, after)
		}
	}
}
