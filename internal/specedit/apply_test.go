package specedit_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit"
	"github.com/highlevel-go/snapshots/spec"
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

// Every fact of the record is changed in turn; each finding is either resolved, so that record and spec agree, or refused
// with the document as it was.
func TestEveryFactOfTheRecordCanBeFollowedOrIsRefused(t *testing.T) {
	resolved, refused := 0, 0
	record := read(t, "docs.yaml", docsOf(t, "2021-07-28"))
	v3 := read(t, "v3.yaml", docsOf(t, "v3"))
	ledger, err := drift.ReadLedger("deviations.yaml", spec.Deviations)
	if err != nil {
		t.Fatal(err)
	}
	if r := drift.Check(drift.Input{Docs: []*facts.Document{record, v3}, Spec: read(t, "s.yaml", spec.Snapshots), Ledger: ledger}); r.Verdict() != drift.Clean {
		t.Fatalf("spec and record differ already, so that no change can be tried: %s; resolve it first: %s", r.Findings[0].Message, r.Findings[0].Fix)
	}
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if testing.Short() && i%8 != 0 {
				continue
			}
			if f.Aspect.IsText() || f.Aspect == facts.Sample || f.Aspect == facts.Present {
				continue
			}
			now := other(f, op)
			everywhere(record, f, now) // what operations share changes for all of them, in both versions
			everywhere(v3, f, now)
			before := spec.Snapshots
			var findings []*drift.Finding
			for _, finding := range drift.Check(drift.Input{Docs: []*facts.Document{record, v3}, Spec: read(t, "s.yaml", before), Ledger: ledger}).Findings {
				if len(finding.Edits) > 0 && finding.Sites[0].Place == f.Place {
					findings = append(findings, finding)
				}
			}
			after, outcomes, err := specedit.Apply("s.yaml", before, findings, from(record), valid)
			if err != nil {
				t.Fatal(err)
			}
			for _, outcome := range outcomes {
				if outcome.Err != nil {
					refused++
					continue
				}
				resolved++
				if got := read(t, "s.yaml", after).Operation(op.ID).Value(f.Place, f.Aspect); got != op.Facts[i].Value && len(outcomes) == 1 {
					t.Errorf("%s: resolved, but the spec says %q", op.Facts[i], got)
				}
			}
			if len(outcomes) > 0 && !slices.ContainsFunc(outcomes, func(o specedit.Outcome) bool { return o.Err == nil }) && !bytes.Equal(after, before) {
				t.Errorf("%s: refused, but the document changed", f)
			}
			if got, want := bytes.Count(after, []byte("\n#")), bytes.Count(before, []byte("\n#")); got != want {
				t.Errorf("%s: %d comment lines, want %d", f, got, want)
			}
			changed := op.Facts[i]
			everywhere(record, changed, f.Value)
			everywhere(v3, changed, f.Value)
		}
	}
	t.Logf("%d findings resolved, %d refused", resolved, refused)
	if refused*4 > resolved {
		t.Errorf("%d findings resolved, %d refused: too much is left to do by hand", resolved, refused)
	}
}

// everywhere gives a fact another value in every operation that says the same.
func everywhere(record *facts.Document, was facts.Fact, value string) {
	for _, op := range record.Operations {
		for i, f := range op.Facts {
			if f.Place == was.Place && f.Aspect == was.Aspect && f.Value == was.Value {
				op.Facts[i].Value = value
			}
		}
	}
}

// other is another value that the aspect could have.
func other(f facts.Fact, op *facts.Operation) string {
	switch f.Aspect {
	case facts.Example:
		if values := facts.Texts(op.Value(f.Place, facts.Enum)); len(values) > 0 {
			return values[0]
		}
		if op.Value(f.Place, facts.Type) == "number" {
			return "7"
		}
	case facts.Required, facts.Nullable, facts.Deprecated:
		return ""
	case facts.Type:
		if f.Value == "boolean" {
			return "string"
		}
		return "boolean"
	case facts.Enum, facts.AuthMethods, facts.TokenTypes, facts.Scopes:
		return facts.CompactJSON(append(facts.Texts(f.Value), "zzz"))
	case facts.Method:
		return "PATCH"
	case facts.Path:
		return f.Value + "/more"
	case facts.Server:
		return "https://api.example.com"
	case facts.MediaType:
		return "application/other+json"
	}
	return "zzz"
}

func set(place facts.Place, aspect facts.Aspect, value string) func(*facts.Operation) {
	return func(op *facts.Operation) {
		op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place == place && f.Aspect == aspect })
		if value != "" {
			op.Add(place, aspect, value, facts.Pos{})
		}
	}
}

func remove(place facts.Place) func(*facts.Operation) {
	return func(op *facts.Operation) {
		op.Facts = slices.DeleteFunc(op.Facts, func(f facts.Fact) bool { return f.Place.Under(place) })
	}
}

// fix makes a record that differs from the widgets in one way, and lets the spec follow it.
func fix(t *testing.T, change func(*facts.Operation)) (string, specedit.Outcome) {
	t.Helper()
	record := read(t, "docs.yaml", []byte(widgets))
	change(record.Operation("make-widget"))
	report := drift.Check(drift.Input{Docs: []*facts.Document{record}, Spec: read(t, "spec.yaml", []byte(widgets))})
	after, outcomes, err := specedit.Apply("spec.yaml", []byte(widgets), report.Findings, from(record), anything)
	if err != nil {
		t.Fatal(err)
	}
	if len(outcomes) != 1 {
		t.Fatalf("%d findings with an edit, want 1: %+v", len(outcomes), report.Findings)
	}
	return string(after), outcomes[0]
}

func anything([]byte) error { return nil }

func valid(data []byte) error {
	docs, err := oas.Standalone("spec.yaml", data)
	if err == nil {
		_, err = docs.ValidateExamples()
	}
	return err
}

func read(t *testing.T, file string, data []byte) *facts.Document {
	t.Helper()
	document, err := facts.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// changedLines lists what went and what came, in order.
func changedLines(before, after string) []string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "-"+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "+"+line)
		}
	}
	return out
}

const paged = `openapi: 3.0.3
info: { title: Pages, version: "1" }
paths:
  /pushes:
    get:
      operationId: list
      x-pagination: { cursor: after, items: data, item-cursor: id }
      parameters:
        - { name: from, in: query, x-not-after: to, schema: { type: string } }
        - { name: to, in: query, schema: { type: string } }
        - { name: after, in: query, schema: { type: string } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { id: { type: string } } } } } }
  /links:
    post:
      operationId: make
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                kind:
                  type: string
                  enum: [open, agency, location]
                agencies:
                  type: string
                  x-required-when: { kind: [agency] }
                note:
                  type: string
                  x-required-when: { kind: [agency, location] }
      responses:
        "201": { description: ok }
`

const promised = `openapi: 3.0.3
info: { title: Links, version: "1" }
paths:
  /links:
    post:
      operationId: make
      x-pagination: { cursor: after, items: list, item-cursor: id }
      x-required-in-success: [link, link/id]
      parameters:
        - { name: after, in: query, schema: { type: string } }
        - { name: from, in: query, x-not-after: to, schema: { type: string, format: date-time } }
        - { name: to, in: query, schema: { type: string, format: date-time } }
        - { name: kind, in: query, schema: { type: string, enum: [a, b] } }
        - name: other
          in: query
          schema: { type: string }
          x-required-when: { kind: [a] }
          x-only-when-required: true
      responses:
        "201":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  link: { type: object, properties: { id: { type: string }, name: { type: string } } }
                  list: { type: array, items: { type: object, properties: { id: { type: string } } } }
        "400": { description: bad }
`

// An edit that would leave an extension without what it rests on is refused; where the extension can follow, it does.
func TestAnEditLeavesAnExtensionOnlyWithWhatItRestsOn(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*facts.Operation)
		want   []string // changed lines that begin with x-; or the words of a refusal
		refuse string
	}{
		"an answer's field of another name": {change: rename("response.201.link", "url"),
			want: []string{"-      x-required-in-success: [link, link/id]", "+      x-required-in-success: [url, url/id]"}},
		"a field inside of another name": {change: rename("response.201.link.id", "key"),
			want: []string{"-      x-required-in-success: [link, link/id]", "+      x-required-in-success: [link, link/key]"}},
		"an answer's field that is gone": {change: remove("response.201.link.id"),
			want: []string{"-      x-required-in-success: [link, link/id]", "+      x-required-in-success: [link]"}},
		"a condition that is gone, with what stands beside it": {change: remove("query.kind"),
			want: []string{"-          x-required-when: { kind: [a] }", "-          x-only-when-required: true"}},
		"a cursor that is no text":       {change: set("query.after", facts.Type, "integer"), refuse: "x-pagination needs a query parameter after that is a text"},
		"a cursor that is required":      {change: set("query.after", facts.Required, "true"), refuse: "x-pagination needs a query parameter after"},
		"a list becomes a text":          {change: set("response.201.list", facts.Type, "string"), refuse: "x-pagination needs a list list in the answer"},
		"a key that is no text":          {change: set("response.201.list[].id", facts.Type, "integer"), refuse: "x-pagination needs a text id in each item"},
		"an answer that is not JSON":     {change: set("response.201", facts.MediaType, "application/xml"), refuse: "needs"},
		"an answer that is gone":         {change: remove("response.201"), refuse: "needs"},
		"a moment becomes a text":        {change: set("query.from", facts.Format, ""), refuse: "x-not-after needs two moments (format: date-time), which query.from is not"},
		"a moment becomes a date":        {change: set("query.to", facts.Format, "date"), refuse: "which query.to is not"},
		"a condition on what is no text": {change: set("query.kind", facts.Nullable, "true"), refuse: "x-required-when needs query.kind to be a text that cannot be null"},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcomes := followed(t, promised, test.change)
			if test.refuse != "" {
				if err := outcomes[0].Err; err == nil || !strings.Contains(err.Error(), test.refuse) || after != promised {
					t.Errorf("%v; want a refusal that says %q\n%s", err, test.refuse, lineDiff(promised, after))
				}
				return
			}
			if outcomes[0].Err != nil {
				t.Fatal(outcomes[0].Err)
			}
			got := slices.DeleteFunc(lineDiff(promised, after), func(line string) bool { return !strings.HasPrefix(strings.TrimLeft(line[1:], " "), "x-") })
			if diff := cmp.Diff(sorted(test.want), sorted(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What extensions name follows an edit, so that a client can be made from the result.
func TestExtensionsFollowWhatTheyName(t *testing.T) {
	rename := func(op string, place facts.Place, name string) drift.Edit {
		return drift.Edit{Operation: op, Place: place, Aspect: facts.Present, Rename: name}
	}
	gone := func(op string, place facts.Place) drift.Edit {
		return drift.Edit{Operation: op, Place: place, Aspect: facts.Present, From: "true"}
	}
	enum := func(values ...string) drift.Edit {
		return drift.Edit{Operation: "make", Place: "body.kind", Aspect: facts.Enum, From: `["open","agency","location"]`, To: facts.CompactJSON(values)}
	}
	for name, test := range map[string]struct {
		edit drift.Edit
		want []string // in the result
		not  string
	}{
		"a parameter of another name":       {rename("list", "query.to", "until"), []string{"x-not-after: until"}, ""},
		"a parameter that is gone":          {gone("list", "query.to"), []string{"{ name: from, in: query, schema"}, "x-not-after"},
		"a cursor of another name":          {rename("list", "query.after", "cursor"), []string{"cursor: cursor, items: data"}, ""},
		"a cursor that is gone":             {gone("list", "query.after"), nil, "x-pagination"},
		"a list of another name":            {rename("list", "response.200.data", "pushes"), []string{"items: pushes, item-cursor: id"}, ""},
		"an item's key of another name":     {rename("list", "response.200.data[].id", "pushId"), []string{"item-cursor: pushId"}, ""},
		"a property of another name":        {rename("make", "body.kind", "type"), []string{"{ type: [agency] }", "{ type: [agency, location] }"}, "{ kind"},
		"a value of another name":           {enum("open", "partner", "location"), []string{"{ kind: [partner] }", "{ kind: [partner, location] }"}, "agency]"},
		"a value that is gone":              {enum("open", "location"), []string{"{ kind: [location] }"}, "agency]"},
		"another property of the same name": {rename("make", "body.note", "data"), []string{"items: data, item-cursor: id"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := &drift.Finding{Edits: []drift.Edit{test.edit}}
			after, outcomes, err := specedit.Apply("p.yaml", []byte(paged), []*drift.Finding{f}, func(string, string) *facts.Operation { return nil }, valid)
			if err != nil || outcomes[0].Err != nil {
				t.Fatal(err, outcomes[0].Err)
			}
			for _, want := range test.want {
				if !strings.Contains(string(after), want) {
					t.Errorf("%q is not in\n%s", want, after)
				}
			}
			if test.not != "" && strings.Contains(string(after), test.not) {
				t.Errorf("%q is left in\n%s", test.not, after)
			}
		})
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
	if err != nil || outcomes[0].Err != nil || outcomes[0].Note == "" {
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

// from takes what edits add from one record.
func from(record *facts.Document) specedit.Source {
	return func(_, operation string) *facts.Operation { return record.Operation(operation) }
}

func docsOf(t *testing.T, version string) []byte {
	t.Helper()
	data, err := spec.Docs.ReadFile("docs/" + version + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
