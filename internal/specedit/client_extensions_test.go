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
                open: { type: string }
                hint:
                  type: string
                  x-required-when: { kind: [open], open: ["true"] }
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
        - { name: kind, in: query, schema: { type: string } }
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
		"a cursor that is no text":       {change: set("query.after", facts.Type, "boolean"), refuse: `the cursor "after" is a *bool, neither a string nor an int`},
		"a cursor that is required":      {change: set("query.after", facts.Required, "true"), refuse: `the cursor "after" is required`},
		"a list becomes a text":          {change: set("response.201.list", facts.Type, "string"), refuse: `the response has no list "list"`},
		"a key that is no text":          {change: set("response.201.list[].id", facts.Type, "integer"), refuse: `an item has no string "id"`},
		"an answer that is not JSON":     {change: set("response.201", facts.MediaType, "application/xml"), refuse: `the response has no`},
		"an answer that is gone":         {change: remove("response.201"), refuse: "the response has no"},
		"a moment becomes a text":        {change: set("query.from", facts.Format, ""), refuse: "x-not-after needs two times (format: date-time)"},
		"a moment becomes a date":        {change: set("query.to", facts.Format, "date"), refuse: "x-not-after needs two times (format: date-time)"},
		"a condition on what is no text": {change: set("query.kind", facts.Type, "boolean"), refuse: `x-required-when names "kind", which is not a string, or may be null`},
	} {
		t.Run(name, func(t *testing.T) {
			after, outcomes := followed(t, promised, test.change, specedit.StaysValid("spec.yaml", []byte(promised)))
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
		"a parameter of another name":        {rename("list", "query.to", "until"), []string{"x-not-after: until"}, ""},
		"a parameter that is gone":           {gone("list", "query.to"), []string{"{ name: from, in: query, schema"}, "x-not-after"},
		"a cursor of another name":           {rename("list", "query.after", "cursor"), []string{"cursor: cursor, items: data"}, ""},
		"a cursor that is gone":              {gone("list", "query.after"), nil, "x-pagination"},
		"a list of another name":             {rename("list", "response.200.data", "pushes"), []string{"items: pushes, item-cursor: id"}, ""},
		"an item's key of another name":      {rename("list", "response.200.data[].id", "pushId"), []string{"item-cursor: pushId"}, ""},
		"a property of another name":         {rename("make", "body.kind", "type"), []string{"{ type: [agency] }", "{ type: [agency, location] }"}, "{ kind"},
		"a value of another name":            {enum("open", "partner", "location"), []string{"{ kind: [partner] }", "{ kind: [partner, location] }"}, "agency]"},
		"a value that is gone":               {enum("open", "location"), []string{"{ kind: [location] }"}, "agency]"},
		"the only value of a condition":      {enum("agency", "location"), []string{`x-required-when: { open: ["true"] }`}, "kind: [open]"},
		"one of two conditions that is gone": {gone("make", "body.kind"), []string{"x-required-when: { open: [\"true\"] }"}, "kind: [agency] }"},
		"another property of the same name":  {rename("make", "body.note", "data"), []string{"items: data, item-cursor: id"}, ""},
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
