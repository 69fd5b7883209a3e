package specedit_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

// What is added does not bring the examples that its own schemas do not allow, and brings all others.
func TestAddedPartsLeaveOutRefusedExamples(t *testing.T) {
	const before = `openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: { type: string }
      responses:
        "200": { description: ok }
`
	const added = `
                added:
                  type: object
                  properties:
                    parts: { type: array, items: { type: string }, example: "['screw', 'nail']" }
                    size: { type: integer, example: 7, default: large }
                    box: { type: object, properties: { lid: { type: boolean, example: shut }, colour: { type: string, example: red } } }`
	const name = `
                name: { type: string }`
	_, operation, _ := strings.Cut(before, "paths:\n")
	operation = strings.NewReplacer("/a", "/b", "operationId: a", "operationId: b", name, added).Replace(operation)
	for what, page := range map[string]string{"an operation": before + operation, "a property": strings.Replace(before, name, name+added, 1)} {
		t.Run(what, func(t *testing.T) {
			record := read(t, "docs.yaml", []byte(page))
			report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(before))})
			after, outcomes, err := specedit.Apply("spec.yaml", []byte(before), report.Findings, from(record), valid)
			if err != nil {
				t.Fatal(err)
			}
			var notes []string
			for _, outcome := range outcomes {
				if outcome.Err != nil {
					t.Errorf("%s: %v", outcome.Finding.Message, outcome.Err)
				}
				notes = append(notes, outcome.Notes...)
			}
			said := strings.Join(notes, "\n")
			for _, want := range []string{"the example of body.added.parts is", "the default of body.added.size is", "the example of body.added.box.lid is"} {
				if strings.Count(said, want) != 1 {
					t.Errorf("want one note with %q:\n%s", want, said)
				}
			}
			if len(notes) != 3 || strings.Count(said, "docs.yaml:") != 3 {
				t.Errorf("want three notes, each with its line:\n%s", said)
			}
			for value, want := range map[string]bool{"screw": false, "large": false, "shut": false, "red": true, "example: 7": true} {
				if strings.Contains(string(after), value) != want {
					t.Errorf("%q is in the spec: %t, want %t:\n%s", value, !want, want, after)
				}
			}
		})
	}
}
