package docpage_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// However a scraper writes a page, it says the same, and nothing is reported.
func TestStyleOfAScraperChangesNothing(t *testing.T) {
	plain := markdown(kettlePage)
	want, err := docpage.Parse("page.md", []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	replace := func(pairs ...string) func(string) string {
		return strings.NewReplacer(pairs...).Replace
	}
	every := func(pattern, with string) func(string) string {
		return func(text string) string {
			return regexp.MustCompile("(?m)"+pattern).ReplaceAllString(text, with)
		}
	}
	const fields = `^\*\*([A-Za-z]+)\*\* (string|number|boolean)`
	method := "```\nPUT https://api.example.com/kettles/:kettleId\n```"
	for _, c := range []struct {
		name    string
		rewrite func(string) string
	}{
		{"carriage returns", replace("\n", "\r")},
		{"characters without width", every(`^(.+)$`, "\u200b$1\u200b")},
		{"spaces that do not break", replace("** ", "**\u00a0", "Possible values", "Possible\u00a0values", "`, `", "`,\u00a0`")},
		{"tabs between words", replace("** ", "**\t", "Possible values", "Possible\tvalues", "`, `", "`,\t`")},
		{"spaces as entities", every(fields, "**$1**&nbsp;$2")},
		{"line breaks of HTML", every(`^(\*\*.*|Example.*)$`, "$1<br/>")},
		{"line breaks of HTML, alone", every(`^Example`, "<br>\n\nExample")},
		{"a comment in front", func(text string) string { return "<!-- saved -->\n" + text }},
		{"comments", every(`^## `, "<!-- part -->\n\n## ")},
		{"elements of HTML", replace("**Schema**", "<details>\n<summary>Schema</summary>\n\n**Schema**")},
		{"rules", every(`^## `, "---\n\n## ")},
		{"a picture", replace("# Boil kettle\n", "# Boil kettle\n\n![](kettle.png)\n")},
		{"linked names", every(fields, "**[$1](#$1)** $2")},
		{"names in links", every(fields, "[**$1**](#$1) $2")},
		{"bold names in code", every(fields, "**`$1`** $2")},
		{"names in code", every(fields, "`$1` $2")},
		{"types in italics", every(fields, "**$1** _${2}_")},
		{"types in code", every(fields, "**$1** `$2`")},
		{"bold flags", every(fields+"required$", "**$1** $2 **required**")},
		{"flags in code", every(fields+"required$", "**$1** $2 `required`")},
		{"flags in brackets", every(fields+"required$", "**$1** $2 (required)")},
		{"flags after a comma", every(fields+"required$", "**$1** $2, required")},
		{"fields in a list", every(fields, "- **$1** $2")},
		{"headings one level down", every(`^#`, "##")},
		{"a method with a linked address", replace(method, "PUT [https://api.example.com/kettles/:kettleId](https://api.example.com/kettles/:kettleId)")},
		{"a method with an address in brackets", replace(method, "PUT <https://api.example.com/kettles/:kettleId>")},
		{"a method glued to its address", replace(method, "PUThttps://api.example.com/kettles/:kettleId")},
		{"the title of the document", replace("# Boil kettle\n", "# Boil kettle | Kitchen\n\n# Boil kettle\n")},
		{"another heading above the title", replace("# Boil kettle\n", "## Cookies\n\n# Boil kettle\n")},
		{"buttons above the method", replace("# Boil kettle\n", "# Boil kettle\n\nCopy as Markdown\n\nShare\n")},
		{"a table of contents", replace("## Share", "- [Request](#request)\n- [Responses](https://x.example/a#responses)\n\n## Share")},
		{"links to the pages before and after", replace("## Share", "[Previous\\\n\\\nPour](https://x.example/pour) [Next\\\n\\\nCool](https://x.example/cool)\n\n## Share")},
		{"a link to edit it", replace("## Share", "[Edit this page](https://x.example/edit)\n\nLast updated on **Oct 1, 2025** by **Bob**\n\n## Share")},
		{"a question to the reader", replace("## Share", "Was this page helpful?\n\nYes\n\nNo\n\n## Share")},
		{"media types in code", replace("- application/json", "- `application/json`")},
		{"media types as paragraphs", replace("- application/json", "application/json")},
		{"statuses in bold", replace("- 200", "- **200**")},
		{"statuses as paragraphs", replace("- 200", "200")},
		{"a heading above the schema", replace("**Schema**", "#### Schema")},
		{"tabs as paragraphs", replace("- Schema\n- Example (auto)", "Schema\n\nExample (auto)")},
		{"tabs in one", replace("- Schema\n- Example (auto)", "SchemaExample (auto)")},
		{"code with entities", replace("{\n  \"id\": \"string\"\n}", "{\n  &quot;id&quot;: &quot;string&quot;\n}")},
		{"bullets", every(`^- `, "• ")},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.rewrite(plain)
			if text == plain {
				t.Fatal("the page did not change")
			}
			page, err := docpage.Parse("page.md", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, issue := range page.Issues {
				t.Error(issue)
			}
			got := byPlace(page.Facts)
			for _, f := range want.Facts {
				if g := got[placeAspect{f.Place, f.Aspect}]; g.Value != f.Value {
					t.Errorf("%s %s: want %q, got %q", f.Place, f.Aspect, f.Value, g.Value)
				}
			}
			if len(page.Facts) != len(want.Facts) {
				t.Errorf("%d facts, want %d", len(page.Facts), len(want.Facts))
			}
		})
	}
}

// What an author writes about a field can look like a line of another scraper; it stays a description.
func TestWhatAnAuthorWritesStaysADescription(t *testing.T) {
	for _, words := range []string{
		"- **lid** string",
		"`lid` string",
		"**lid** `string`",
		"[Next page](https://x.example/n) tells more",
		"Last updated timestamp",
	} {
		text := strings.Replace(markdown(kettlePage), "**loud** boolean\n", "**loud** boolean\n\n"+words+"\n", 1)
		page, err := docpage.Parse("page.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if page.Value(facts.Param("query", "lid"), facts.Present) != "" {
			t.Errorf("%q was read as a field", words)
		}
		if page.Value(facts.Param("query", "loud"), facts.Text) == "" {
			t.Errorf("%q was lost", words)
		}
	}
}
