package specedit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

const shop = `openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /carts:
    post:
      operationId: fill
      x-pagination: { cursor: after, items: data, item-cursor: id }
      parameters:
        - $ref: "#/components/parameters/Owner"
        - $ref: "#/components/parameters/Place"
        - name: colour # of the cart
          in: query
          required: true
          description: As it is painted.
          x-go-name: Paint
          schema: { type: string, enum: [red] }
        - name: size
          in: query
          description: In litres.
          schema: { $ref: "#/components/schemas/Size" }
        - { name: after, in: query, schema: { type: string } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [note, tags]
              properties:
                note: # for the driver
                  type: string
                  description: >-
                    Words, in
                    two lines.
                  x-go-name: Words
                tags: { $ref: "#/components/schemas/Tags" }
                inner:
                  type: object
                  properties:
                    deep: { type: string }
      responses:
        "201":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      properties:
                        id: { type: string } # the key
                        name: { type: string }
  /owners:
    get:
      operationId: owners
      parameters:
        - $ref: "#/components/parameters/Owner"
        - $ref: "#/components/parameters/Place"
      responses: { "204": { description: ok } }
components:
  parameters:
    Owner: { name: owner, in: query, description: Whose it is., x-go-name: Whose, schema: { type: string } }
    Place: { name: place, in: query, required: true, x-from-client: always, schema: { type: string } }
  schemas:
    Size: { type: integer }
    Tags: { type: array, items: { type: string } }
`

func move(t *testing.T, from, to facts.Place) (string, specedit.Outcome) {
	t.Helper()
	f := &drift.Finding{Edits: []drift.Edit{{Operation: "fill", Place: from, Aspect: facts.Present, MoveTo: to}}}
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(shop), []*drift.Finding{f}, func(string, string) *facts.Operation { return nil }, valid)
	if err != nil || len(outcomes) != 1 {
		t.Fatal(err, outcomes)
	}
	return string(after), outcomes[0]
}

func TestAMoveKeepsWordsNamesAndComments(t *testing.T) {
	for name, test := range map[string]struct {
		from, to facts.Place
		want     []string
	}{
		"a parameter into the body": {"query.colour", "body.colour", []string{
			"-        - name: colour # of the cart", "-          in: query", "-          required: true", "-          description: As it is painted.", "-          x-go-name: Paint", "-          schema: { type: string, enum: [red] }",
			"-              required: [note, tags]", "+              required: [note, tags, colour]",
			"+                colour: # of the cart", "+                  description: As it is painted.", "+                  x-go-name: Paint", "+                  type: string", "+                  enum: [red]",
		}},
		"a parameter of a shared schema": {"query.size", "body.size", []string{
			"-        - name: size", "-          in: query", "-          description: In litres.", `-          schema: { $ref: "#/components/schemas/Size" }`,
			"+                size:", "+                  description: In litres.", "+                  allOf:", `+                    - {$ref: "#/components/schemas/Size"}`,
		}},
		"a shared parameter into the body": {"query.owner", "body.owner", []string{
			`-        - $ref: "#/components/parameters/Owner"`,
			"+                owner:", "+                  description: Whose it is.", "+                  x-go-name: Whose", "+                  type: string",
		}},
		"a shared parameter to another location": {"query.place", "header.place", []string{
			`-        - $ref: "#/components/parameters/Place"`,
			"+        - {name: place, in: header, required: true, x-from-client: always, schema: {type: string}}",
		}},
		"a parameter to another location": {"query.colour", "header.colour", []string{"-          in: query", "+          in: header"}},
		"a property to a parameter": {"body.note", "query.note", []string{
			"-              required: [note, tags]", "-                note: # for the driver", "-                  type: string", "-                  description: >-", "-                    Words, in", "-                    two lines.", "-                  x-go-name: Words",
			"+        - name: note # for the driver", "+          in: query", "+          required: true", "+          description: >-", "+            Words, in two lines.", "+          x-go-name: Words", "+          schema:", "+            type: string",
			"+              required: [tags]",
		}},
		"a property of a shared schema": {"body.tags", "body.inner.tags", []string{
			"-              required: [note, tags]", `-                tags: { $ref: "#/components/schemas/Tags" }`,
			"+              required: [note]", "+                  required: [tags]", `+                    tags: {$ref: "#/components/schemas/Tags"}`,
		}},
		"the last property of an object": {"body.inner.deep", "body.deep", []string{
			"-                  properties:", "-                    deep: { type: string }", "+                deep: {type: string}",
		}},
		"what x-pagination names": {"response.201.data[].id", "response.201.id", []string{
			"-      x-pagination: { cursor: after, items: data, item-cursor: id }", "-                        id: { type: string } # the key", "+                  id: {type: string} # the key",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcome := move(t, test.from, test.to)
			if outcome.Err != nil {
				t.Fatal(outcome.Err)
			}
			if diff := cmp.Diff(sorted(test.want), sorted(lineDiff(shop, after))); diff != "" {
				t.Errorf("the move changed other lines (-want +got):\n%s\n%s", diff, after)
			}
		})
	}
}

func TestAMoveThatCannotBeMadeIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		from, to facts.Place
		want     string
	}{
		"what the client fills in":   {"query.place", "body.place", "x-from-client"},
		"into the path":              {"query.colour", "path.colour", "by hand, with the path"},
		"to where something is":      {"query.colour", "body.note", "has both"},
		"into what is not there":     {"body.note", "body.nowhere.note", "has no place body.nowhere.note"},
		"a body into a parameter":    {"body", "query.body", "cannot be moved"},
		"a response to another":      {"response.201", "response.200", "cannot be moved"},
		"a parameter into an answer": {"query.colour", "response.204.colour", "has no place"},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcome := move(t, test.from, test.to)
			if outcome.Err == nil || !strings.Contains(outcome.Err.Error(), test.want) {
				t.Errorf("error %v, want %q", outcome.Err, test.want)
			}
			if after != shop {
				t.Error("a refused move changed the document")
			}
		})
	}
}
