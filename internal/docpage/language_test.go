package docpage_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// A page whose headings or labels are lost has one issue; nothing that follows from it is reported.
func TestALostHeadingIsNotUnderstood(t *testing.T) {
	for _, c := range []struct{ name, old, new, issue string }{
		{"requirements", "### Requirements\n", "", "unread-line: a list of requirements whose headings were not understood"},
		{"requirements in another language", "### Requirements\n\n#### Scope(s)\n", "### Anforderungen\n\n#### Berechtigungen\n", "unread-line: a list of requirements whose headings were not understood"},
		{"the first of the requirements", "#### Scope(s)\n\n§kettles.write§\n", "§kettles.write§\n\n#### Auth Method(s)\n\n§Key§\n", "unread-line: a line under Requirements that is not a list of values"},
		{"one of the requirements", "§kettles.write§\n", "§kettles.write§\n\n§OAuth Access Token§\n", "unread-line: a second list below one heading of the requirements"},
		{"the list of another heading", "§kettles.write§\n", "§Agency Token§\n", "unread-line: \"`Agency Token`\" cannot stand below this heading"},
		{"scopes below another heading", "#### Scope(s)\n\n", "#### Auth Method(s)\n\n", "unread-line: \"`kettles.write`\" cannot stand below this heading"},
		{"query parameters", "### Query Parameters\n", "", "unread-line: the heading of the query parameters is missing above loud"},
		{"path parameters", "### Path Parameters\n", "", "unread-line: the heading of the path parameters is missing above kettleId"},
		{"the body", "### Body **required**\n", "", "unread-line: the heading of the body is missing above \"**degrees** numberrequired\""},
		{"the statuses", "- 200\n\nBoiling\n", "", "unread-line: a response without a status"},
		{"a media type below a header", "Boiling\n", "Boiling\n\n**Response Headers**\n\n- **Content-Type** string\n\n- audio/wav\n", "unread-line: \"audio/wav\" is a media type of the response or the text of the header Content-Type"},
		{"a heading of a description", "### Requirements\n", "### Limits\n\nTwo kettles at once.\n\n### Requirements\n", ""},
		{"two spaces in a label", "**Possible values:**", "**Possible  values:**", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(markdown(kettlePage), markdown(c.old), markdown(c.new), 1)
			page, err := docpage.Parse("page.md", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			checkSays(t, page, c.issue)
			if not := slices.DeleteFunc(slices.Clone(page.Issues), func(issue docpage.Issue) bool { return issue.Kind == docpage.Uncertain }); len(not) > 1 {
				t.Errorf("one cause, and %d issues: %v", len(not), not)
			}
			if page.Value("header.Version", "enum") != `["v1","v2"]` {
				t.Errorf("the values of Version are %q", page.Value("header.Version", "enum"))
			}
		})
	}
}

func TestAPageInAnotherLanguageIsNotUnderstood(t *testing.T) {
	for _, c := range []struct {
		name, issue string
		words       []string
	}{
		{"labels", "unread-line: lines below fields that the renderer does not write", []string{"Possible values", "Mögliche Werte", "Example:`", "Beispiel:`"}},
		{"a wide colon", "unread-line: lines below fields that the renderer does not write", []string{"**Possible values:**", "**可能な値：**", "Example:`", "例：`"}},
		{"labels from right to left", "unread-line: lines below fields that the renderer does not write", []string{"**Possible values:**", "**القيم الممكنة:**", "Example:`", "مثال:`"}},
		{"one label of several", "unread-line: lines below fields that the renderer does not write", []string{"**Possible values:**", "**Valeurs possibles :**"}},
		{"one short label of several", "unread-line: lines below fields that the renderer does not write", []string{"Example:`", "例:`"}},
		{"one type", "unread-line: fields have no type", []string{"string", "Zeichenkette"}},
		{"one type of other letters", "unknown-label: the type of header.Version is given as \"chaîne\"", []string{"string", "chaîne"}},
		{"one type of letters without capitals", "unknown-label: the type of header.Version is given as \"文字列\"", []string{"string", "文字列"}},
		{"an author's label", "", []string{"Boiling\n", "Boiling\n\nFormat: `hot`\n"}},
		{"types", "unread-line: fields have no type", []string{"string", "Zeichenkette", "boolean", "Wahrheitswert", "number", "Zahl"}},
		{"nothing else", "", nil},
	} {
		page, err := docpage.Parse("page.md", []byte(strings.NewReplacer(c.words...).Replace(markdown(kettlePage))))
		if err != nil {
			t.Fatal(err)
		}
		checkSays(t, page, c.issue)
	}
}

// An author writes of possible values, too; what he writes is prose, and the renderer's line stays one.
func TestAnAuthorsPossibleValuesAreProse(t *testing.T) {
	for words, wants := range map[string]string{
		"**Possible values:** \\[ `no`, `never`\\] and `code`": "uncertain: possible values",
		"**Possible values:** `no` or `never`":                 "uncertain: possible values",
		"**Possible values:** \\[ `no`, `never`":               "unread-line: the possible values of loud",
		"**Possible values:** one of several":                  "unread-line: the possible values of loud",
	} {
		page, err := docpage.Parse("page.md", []byte(strings.Replace(markdown(kettlePage), "**loud** boolean\n", "**loud** boolean\n\n"+words+"\n", 1)))
		if err != nil {
			t.Fatal(err)
		}
		checkSays(t, page, wants)
		if is := page.Value("query.loud", "text") != ""; is != strings.HasPrefix(wants, "uncertain") {
			t.Errorf("%s: read as prose %v", words, is)
		}
	}
}

// The renderer writes nothing after a value. Where words follow, the line is an author's; where another value ends it, it is not known.
func TestWordsAfterAValueAreProse(t *testing.T) {
	for _, c := range []struct{ line, wants, value string }{
		{"**Default value:** `true` and more", "uncertain: words after the default value of \"loud\"", ""},
		{"Example:`true`, as a rule", "uncertain: words after the example of \"loud\"", ""},
		{"**Default value:** `no` or `never`", "uncertain: a value with backticks in it", "no` or `never"},
		{"**Default value:** `true`", "", "true"},
	} {
		page, err := docpage.Parse("page.md", []byte(strings.Replace(markdown(kettlePage), "**loud** boolean\n", "**loud** boolean\n\n"+c.line+"\n", 1)))
		if err != nil {
			t.Fatal(err)
		}
		checkSays(t, page, c.wants)
		if got := page.Value("query.loud", "default") + page.Value("query.loud", "example"); strings.Trim(got, `"`) != c.value {
			t.Errorf("%s: the value is %s", c.line, got)
		}
		if is := page.Value("query.loud", "text") != ""; is != (c.value == "") {
			t.Errorf("%s: read as prose %v", c.line, is)
		}
	}
}
