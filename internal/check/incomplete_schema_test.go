package check_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

const cupPage = `# Get cup

~~~
GET https://api.example.com/cups
~~~

## Request

## Responses

- 200

Found

- application/json

- Schema
- Example (auto)

**Schema**

**cup** object

**color** string

**handle** object

**side** string

**weight** number

**total** number

~~~
{
  "cup": {
    "color": "string",
    "handle": {
      "side": "string"
    },
    "weight": 0
  },
  "total": 0
}
~~~

#### Authorization: http

~~~
name: bearertype: httpscheme: bearer
~~~

Send API Request
`

// Schema and printed JSON are made from the same document. Where the schema alone lost fields, the page is incomplete, which is one
// finding; one field that went is a change like any other.
func TestASchemaThatLacksWhatItsPrintedJSONHasIsOneFinding(t *testing.T) {
	parse := func(text string) *docpage.Page {
		t.Helper()
		page, err := docpage.Parse("page.md", []byte(strings.ReplaceAll(text, "~~~", "```")))
		if err != nil || !page.Judgeable() {
			t.Fatal(err, page)
		}
		return page
	}
	dir := t.TempDir()
	before := parse(cupPage)
	docs := accepted(t, dir, before)
	spec := write(t, filepath.Join(dir, "spec.yaml"), []*facts.Operation{before.Operation}, true)
	all := "**cup** object\n\n**color** string\n\n**handle** object\n\n**side** string\n\n**weight** number\n\n**total** number\n"
	for _, c := range []struct{ name, schema, json, want string }{
		{"nothing", all, "", ""},
		{"cut", "**cup** object\n\n**color** string\n", "", "incomplete-schema|get-cup|response.200.cup.handle: response.200: the schema does not list cup.handle, cup.weight, total, which its printed JSON still has"},
		{"flattened", strings.Replace(all, "**cup** object\n\n", "", 1), "", "incomplete-schema|get-cup|response.200.cup: response.200: the schema does not list cup, which"},
		{"one field", strings.Replace(all, "**weight** number\n\n", "", 1), "", "property-removed|get-cup|response.200.cup.weight"},
		{"two fields, of the JSON too", "**cup** object\n\n**color** string\n\n**handle** object\n\n**side** string\n", `{"cup": {"color": "string", "handle": {"side": "string"}}}`, "property-removed|get-cup|"},
	} {
		text := strings.Replace(cupPage, all, c.schema, 1)
		if c.json != "" {
			text = text[:strings.Index(text, "~~~\n{")] + "~~~\n" + c.json + "\n~~~\n" + text[strings.Index(text, "\n#### Auth"):]
		}
		page := parse(text)
		report := compare(t, spec, docs, page)
		if got := findings(report); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" || strings.HasPrefix(c.want, "incomplete") && len(report.Findings) != 1 {
			t.Errorf("%s: the findings are %q", c.name, got)
		}
		again := accepted(t, t.TempDir(), page)
		own := write(t, filepath.Join(t.TempDir(), "spec.yaml"), []*facts.Operation{page.Operation}, true)
		if left := findings(compare(t, own, again, page)); left != "" {
			t.Errorf("%s: once accepted it has %s", c.name, left)
		}
	}
}
