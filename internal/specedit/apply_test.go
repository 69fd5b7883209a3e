package specedit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

const widgets = `# Curated by hand.
openapi: 3.0.3
info: { title: Widgets, version: "1" }
paths:
  # The only operation.
  /widgets/{shelf}:
    post:
      operationId: make-widget
      parameters:
        - name: shelf # where it goes
          in: path
          required: true
          schema: { type: string }
        - $ref: "#/components/parameters/Owner"

        - name: limit
          in: query
          schema: { type: integer, minimum: 1, default: 20 } # a page
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [colour]
              properties:
                colour: # how it looks
                  type: string
                  enum: [red, green]
                  x-enum-varnames: [ColourRed, ColourGreen]
                  x-enum-descriptions:
                    - like blood
                    - like grass
                  example: red

                note:
                  type: string
                  description: >-
                    What to say
                    about it.
      responses:
        "201":
          description: Made.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Widget" }
        # Anything else.
        "400": { description: Not made. }
  /widgets:
    get:
      operationId: list-widgets
      parameters:
        - $ref: "#/components/parameters/Owner"
      responses:
        "200": { description: All. }
components:
  parameters:
    Owner: { name: owner, in: query, required: true, schema: { type: string } }
  schemas:
    Widget:
      type: object
      properties:
        id: { type: string, example: w1 }
`

// differences is the record that differs from widgets in one way, and what fixing the spec changes.
func TestAnEditChangesOnlyTheLinesItIsAbout(t *testing.T) {
	for name, test := range map[string]struct {
		record func(op *facts.Operation)
		want   []string // - and + lines
	}{
		"a property becomes required": {
			set("body.note", facts.Required, "true"),
			[]string{"-              required: [colour]", "+              required: [colour, note]"},
		},
		"the last required property becomes optional": {
			set("body.colour", facts.Required, ""),
			[]string{"-              required: [colour]"},
		},
		"a type in a flow mapping": {
			set("path.shelf", facts.Type, "integer"),
			[]string{"-          schema: { type: string }", "+          schema: { type: integer }"},
		},
		"a default goes from a flow mapping, with a comment after it": {
			set("query.limit", facts.Default, ""),
			[]string{"-          schema: { type: integer, minimum: 1, default: 20 } # a page", "+          schema: { type: integer, minimum: 1 } # a page"},
		},
		"an example that looks like a number stays a text": {
			set("body.colour", facts.Example, "12"),
			[]string{"-                  example: red", `+                  example: "12"`},
		},
		"an enum value comes, with its name and description": {
			set("body.colour", facts.Enum, `["red","green","dark blue"]`),
			[]string{
				"-                  enum: [red, green]", "-                  x-enum-varnames: [ColourRed, ColourGreen]",
				"+                  enum: [red, green, dark blue]", "+                  x-enum-varnames: [ColourRed, ColourGreen, ColourDarkBlue]",
				"+                    - is not described yet",
			},
		},
		"an enum value goes": {
			set("body.colour", facts.Enum, `["green"]`),
			[]string{
				"-                  enum: [red, green]", "-                  x-enum-varnames: [ColourRed, ColourGreen]",
				"-                    - like blood",
				"+                  enum: [green]", "+                  x-enum-varnames: [ColourGreen]",
			},
		},
		"a property goes, with its description over several lines": {
			remove("body.note"),
			[]string{"-                note:", "-                  type: string", "-                  description: >-", "-                    What to say", "-                    about it."},
		},
		"a parameter goes, and the comments beside it stay": {
			remove("query.limit"),
			[]string{"-        - name: limit", "-          in: query", "-          schema: { type: integer, minimum: 1, default: 20 } # a page"},
		},
		"a property comes": {
			func(op *facts.Operation) {
				op.Add("response.201.size", facts.Present, "true", facts.Pos{})
				op.Add("response.201.size", facts.Type, "number", facts.Pos{})
				op.Add("response.201.size", facts.Example, "3", facts.Pos{})
			},
			[]string{"+        size:", "+          type: number", "+          example: 3"},
		},
		"a status comes": {
			func(op *facts.Operation) { op.Add("response.404", facts.Present, "true", facts.Pos{}) },
			[]string{`+        "404":`, "+          description: As the documentation lists it."},
		},
		"a parameter comes": {
			func(op *facts.Operation) {
				op.Add("query.sort", facts.Present, "true", facts.Pos{})
				op.Add("query.sort", facts.Type, "string", facts.Pos{})
			},
			[]string{"+        - name: sort", "+          in: query", "+          schema:", "+            type: string"},
		},
		"the method": {
			set("operation", facts.Method, "PUT"),
			[]string{"-    post:", "+    put:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcome := fix(t, test.record)
			if outcome.Err != nil {
				t.Fatal(outcome.Err)
			}
			if diff := cmp.Diff(test.want, changedLines(widgets, after)); diff != "" {
				t.Errorf("the edit changed other lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPartThatOperationsShareIsNotChangedForOne(t *testing.T) {
	after, outcome := fix(t, set("query.owner", facts.Required, ""))
	if outcome.Err == nil || !strings.Contains(outcome.Err.Error(), "list-widgets") {
		t.Errorf("the error %v does not say which operation shares the parameter", outcome.Err)
	}
	if after != widgets {
		t.Error("a refused edit changed the document")
	}
}

func TestATypeBringsWhatIsInsideIt(t *testing.T) {
	for name, test := range map[string]struct {
		place facts.Place
		facts func(op *facts.Operation)
		want  []string
	}{
		"a list in place of a text": {"body.note", func(op *facts.Operation) { op.Add("body.note[]", facts.Type, "number", facts.Pos{}) },
			[]string{"-                  type: string", "+                  type: array", "+                  items:", "+                    type: number"}},
		"a list on one line": {"query.limit", func(op *facts.Operation) { op.Add("query.limit[]", facts.Type, "integer", facts.Pos{}) },
			[]string{"-          schema: { type: integer, minimum: 1, default: 20 } # a page", "+          schema: {type: array, items: {type: integer}, minimum: 1, default: 20} # a page"}},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcome := fix(t, func(op *facts.Operation) { set(test.place, facts.Type, "array")(op); test.facts(op) })
			if outcome.Err != nil {
				t.Fatal(outcome.Err)
			}
			if diff := cmp.Diff(test.want, changedLines(widgets, after)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnExampleThatAnEditLeavesBehindIsTakenOut(t *testing.T) {
	record := read(t, "docs.yaml", []byte(widgets))
	set("response.201.id", facts.Type, "number")(record.Operation("make-widget"))
	report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(widgets))})
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(widgets), report.Findings, from(record), valid)
	if err != nil || outcomes[0].Err != nil || len(outcomes[0].Notes) == 0 {
		t.Fatalf("%v, outcomes %+v", err, outcomes)
	}
	if want := "        id: { type: number }"; !strings.Contains(string(after), want) || valid(after) != nil {
		t.Errorf("%q is not in a valid\n%s", want, after)
	}
}

func TestASlipInTheListOfWhatIsRequiredIsMended(t *testing.T) {
	slip := strings.Replace(widgets, "required: [colour]", "required: [colour, nowhere]", 1)
	report := drift.Check(drift.Input{Docs: []*facts.Document{read(t, "docs.yaml", []byte(widgets))}, Spec: read(t, "spec.yaml", []byte(slip))})
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(slip), report.Findings, func(string, string) *facts.Operation { return nil }, valid)
	if err != nil || len(outcomes) != 1 || outcomes[0].Err != nil || string(after) != widgets {
		t.Errorf("%v, outcomes %+v\n%s", err, outcomes, after)
	}
}

func TestTheFirstPropertyOfASchemaIsPutIn(t *testing.T) {
	record := read(t, "docs.yaml", []byte(widgets))
	for name, none := range map[string]string{"no key": "", "an empty one": "      properties: {}\n"} {
		bare := strings.Replace(widgets, "      properties:\n        id: { type: string, example: w1 }\n", none, 1)
		report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(bare))})
		after, outcomes, err := specedit.Apply("spec.yaml", []byte(bare), report.Findings, from(record), valid)
		if err != nil || len(outcomes) != 1 || outcomes[0].Err != nil {
			t.Fatalf("%s: %v, outcomes %+v", name, err, outcomes)
		}
		if want := "      type: object\n      properties:\n        id:\n          type: string\n          example: \"w1\"\n"; !strings.HasSuffix(string(after), want) {
			t.Errorf("%s:\n%s", name, after)
		}
	}
}

// A list with a line for each item keeps these lines, their order and comments; so do the names of what is required.
func TestAListKeepsItsLinesAndTheirComments(t *testing.T) {
	const tea = `openapi: 3.0.3
info: { title: Tea, version: "1" }
paths:
  /tea:
    post:
      operationId: make-widget
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required:
              # the leaf decides
              - leaf # always
              - cup
              properties:
                leaf:
                  type: string
                  enum:
                    # from the mountains
                    - "green" # in quotes

                    - black
                    # the last one
                    - white
                  x-enum-varnames:
                    - LeafGreen
                    - LeafBlack # not brown
                    - LeafWhite
                cup: { type: string }
                milk: { type: boolean }
      responses:
        "204": { description: Made. }
`
	for name, test := range map[string]struct {
		record func(op *facts.Operation)
		want   []string
	}{
		"a value goes and one comes": {
			set("body.leaf", facts.Enum, `["green","white","été"]`),
			[]string{"-", "-                    - black", "-                    - LeafBlack # not brown", "+                    - été", "+                    - LeafÉté"},
		},
		"a name is required": {
			set("body.milk", facts.Required, "true"),
			[]string{"+              - milk"},
		},
		"a name is required no longer": {
			set("body.leaf", facts.Required, ""),
			[]string{"-              # the leaf decides", "-              - leaf # always"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			record := read(t, "docs.yaml", []byte(tea))
			test.record(record.Operation("make-widget"))
			report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(tea))})
			after, outcomes, err := specedit.Apply("spec.yaml", []byte(tea), report.Findings, from(record), valid)
			if err != nil {
				t.Fatal(err)
			}
			for _, outcome := range outcomes {
				if outcome.Err != nil {
					t.Fatal(outcome.Err)
				}
			}
			if diff := cmp.Diff(test.want, changedLines(tea, string(after))); diff != "" {
				t.Errorf("the edit changed other lines (-want +got):\n%s", diff)
			}
		})
	}
}

// Two operations share a path's parameter; each has it in a path of its own.
func TestASharedParameterOfThePathIsRenamedInEachPath(t *testing.T) {
	const shelves = `openapi: 3.0.3
info: { title: Shelves, version: "1" }
paths:
  /shelves/{id}: # one
    get:
      operationId: get-shelf
      parameters:
        - $ref: "#/components/parameters/ID"
      responses:
        "204": { description: There. }
  /shelves/{id}/widgets:
    get:
      operationId: list-widgets
      parameters:
        - $ref: "#/components/parameters/ID"
      responses:
        "204": { description: There. }
components:
  parameters:
    ID:
      name: id
      in: path
      required: true
      schema: { type: string }
`
	want := strings.NewReplacer("{id}", "{shelf}", "name: id", "name: shelf").Replace(shelves)
	record := read(t, "docs.yaml", []byte(want))
	report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(shelves))})
	if len(report.Findings) != 1 {
		t.Fatalf("%d findings, want 1", len(report.Findings))
	}
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(shelves), report.Findings, from(record), valid)
	if err != nil || len(outcomes) != 1 || outcomes[0].Err != nil {
		t.Fatalf("%v, %+v", err, outcomes)
	}
	if diff := cmp.Diff(want, string(after)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
