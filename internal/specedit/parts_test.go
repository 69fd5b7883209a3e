package specedit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const composed = `openapi: 3.0.3
info: { title: Desks, version: "1" }
x-base: &base
  type: object
  properties: { weight: { type: integer } }
paths:
  /desks/{id}:
    parameters:
      # The desk.
      - name: id
        in: path
        required: true
        schema: { type: string } # as printed on it
      -
        name: shade
        in: query
        schema: { type: string }
    put:
      operationId: make
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - $ref: "#/components/schemas/Named"
                - type: object
                  required: [name, drawers]
                  properties:
                    drawers: { type: integer } # how many
      responses:
        "201":
          description: ok
          content:
            application/json:
              schema:
                <<: *base
                description: What was made.
components:
  schemas:
    Named:
      type: object
      properties:
        name: { type: string }
`

func TestAnEditFindsItsPlaceInPartsPathsAndMerges(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*facts.Operation)
		want   []string // changed lines
	}{
		"a property of a part": {set("body.drawers", facts.Type, "string"),
			[]string{"-                    drawers: { type: integer } # how many", "+                    drawers: { type: string } # how many"}},
		"a property of a part elsewhere": {set("body.name", "maxLength", "9"),
			[]string{"-        name: { type: string }", "+        name: { type: string, maxLength: 9 }"}},
		"a requirement in another part": {set("body.name", facts.Required, ""),
			[]string{"-                  required: [name, drawers]", "+                  required: [drawers]"}},
		"a new requirement stands with its property": {set("body.drawers", facts.Required, ""),
			[]string{"-                  required: [name, drawers]", "+                  required: [name]"}},
		"a property that another part requires is renamed": {rename("body.name", "label"),
			[]string{
				"-                  required: [name, drawers]", "+                  required: [label, drawers]",
				"-        name: { type: string }", "+        label: { type: string }",
			}},
		"a property that another part requires goes": {remove("body.drawers"),
			[]string{"-                  required: [name, drawers]", "-                  properties:", "-                    drawers: { type: integer } # how many", "+                  required: [name]"}},
		"a new property comes into the part that is written there": {func(op *facts.Operation) {
			op.Add("body.legs", facts.Present, "true", facts.Pos{})
			op.Add("body.legs", facts.Type, "integer", facts.Pos{})
		}, []string{"+                    legs:", "+                      type: integer"}},
		"a parameter of the path": {set("path.id", facts.Type, "integer"),
			[]string{"-        schema: { type: string } # as printed on it", "+        schema: { type: integer } # as printed on it"}},
		"a parameter of the path goes": {remove("query.shade"),
			[]string{"-      -", "-        name: shade", "-        in: query", "-        schema: { type: string }"}},
		"a key beside a merge": {set("response.201", "minProperties", "1"),
			[]string{"+                minProperties: 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcomes := followed(t, composed, test.change, anything)
			if len(outcomes) != 1 || outcomes[0].Err != nil {
				t.Fatalf("%+v", outcomes)
			}
			if diff := cmp.Diff(sorted(test.want), sorted(lineDiff(composed, after))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func rename(place facts.Place, to string) func(*facts.Operation) {
	return func(op *facts.Operation) {
		for i, f := range op.Facts {
			if f.Place.Under(place) {
				op.Facts[i].Place = place.Renamed(to) + f.Place[len(place):]
			}
		}
	}
}

func TestWhatAMergeTakesInIsNotChangedThroughIt(t *testing.T) {
	after, outcomes := followed(t, composed, set("response.201.weight", facts.Type, "string"), anything)
	if len(outcomes) != 1 || outcomes[0].Err == nil || !strings.Contains(outcomes[0].Err.Error(), "*base stands for what the edit would change") || after != composed {
		t.Errorf("%+v\n%s", outcomes, lineDiff(composed, after))
	}
}

func TestAParameterOfThePathIsNotChangedForOneOperationOfSeveral(t *testing.T) {
	two := strings.Replace(composed, "    put:\n", "    get: { operationId: read, responses: { \"200\": { description: ok } } }\n    put:\n", 1)
	record := func(op *facts.Operation) { set("path.id", facts.Type, "integer")(op) }
	after, outcomes := followed(t, two, record, anything)
	if len(outcomes) != 1 || after == two && outcomes[0].Err == nil || after != two && outcomes[0].Err != nil {
		t.Errorf("%+v\n%s", outcomes, lineDiff(two, after))
	}
}

const later = `openapi: 3.1.0
info: { title: Desks, version: "1" }
paths:
  /desks:
    put:
      operationId: make
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: { type: string, maxLength: 9 }
                shade: { type: [string, "null"] }
                size:
                  type: integer # in litres
      responses:
        "201": { description: ok }
`

func TestADocumentOfOpenAPI31GetsListsOfTypes(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*facts.Operation)
		want   []string
	}{
		"null becomes a type": {set("body.name", facts.Nullable, "true"),
			[]string{`-                name: { type: string, maxLength: 9 }`, `+                name: { type: [string, "null"], maxLength: 9 }`}},
		"null is no longer one": {set("body.shade", facts.Nullable, ""),
			[]string{`-                shade: { type: [string, "null"] }`, `+                shade: { type: string }`}},
		"null stays with another type": {set("body.shade", facts.Type, "integer"),
			[]string{`-                shade: { type: [string, "null"] }`, `+                shade: { type: [integer, "null"] }`}},
		"several types": {set("body.size", facts.Type, "integer | string"),
			[]string{`-                  type: integer # in litres`, `+                  type: [integer, string] # in litres`}},
		"a property that can be null comes": {func(op *facts.Operation) {
			op.Add("body.depth", facts.Present, "true", facts.Pos{})
			op.Add("body.depth", facts.Type, "number", facts.Pos{})
			op.Add("body.depth", facts.Nullable, "true", facts.Pos{})
		}, []string{"+                depth:", `+                  type: [number, "null"]`}},
		"a property in it that is called like a keyword": {func(op *facts.Operation) {
			op.Add("body.more", facts.Present, "true", facts.Pos{})
			op.Add("body.more", facts.Type, "object", facts.Pos{})
			op.Add("body.more.default", facts.Present, "true", facts.Pos{})
			op.Add("body.more.default", facts.Type, "number", facts.Pos{})
			op.Add("body.more.default", facts.Nullable, "true", facts.Pos{})
		}, []string{"+                more:", "+                  type: object", "+                  properties:", "+                    default:", `+                      type: [number, "null"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcomes := followed(t, later, test.change, anything)
			if len(outcomes) != 1 || outcomes[0].Err != nil {
				t.Fatalf("%+v", outcomes)
			}
			if diff := cmp.Diff(sorted(test.want), sorted(lineDiff(later, after))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
