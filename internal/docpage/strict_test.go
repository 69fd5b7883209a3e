package docpage_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// A line that the renderer does not print there must not pass in silence, nor must what is there twice.
func TestNoLineIsPassedOver(t *testing.T) {
	for _, c := range []struct{ name, old, new, issue string }{
		{"a field above the method", "# Boil kettle\n", "# Boil kettle\n\n**lid** string\n", "unread-line: a line above the method"},
		{"a list above the method", "# Boil kettle\n", "# Boil kettle\n\n- 200\n", "unread-line: a line above the method"},
		{"a heading above the method", "# Boil kettle\n", "# Boil kettle\n\n## Safety\n", "unread-line: a line above the method"},
		{"a field above the title", "# Boil kettle\n", "**lid** string\n\n# Boil kettle\n", "unread-line: a line above the method"},
		{"words above the method", "# Boil kettle\n", "# Boil kettle\n\nMind the steam.\n", "uncertain: a line between the title and the method"},
		{"the title once more", "# Boil kettle\n", "# Boil kettle\n\n# Boil kettle\n", ""},
		{"words around a scope", "`kettles.write`", "only `kettles.write`", "unread-line: a line under Requirements"},
		{"a title of the schema that is misspelt", "**Schema**", "**Scheme**", `unread-line: a line before the first field that was not understood: "**Scheme**"`},
		{"words before the first field", "**degrees** numberrequired", "- see below\n\n**degrees** numberrequired", "unread-line: a line before the first field"},
		{"code before the first field", "**id** string", "```\nboil\n```\n\n**id** string", "unread-line: "},
		{"a tab that has no example", "- Schema\n", "- Schema\n- warm\n", `contradiction: there is a tab "warm", and no example`},
		{"values twice", "**kettleId** stringrequired\n", "**kettleId** stringrequired\n\n**Possible values:** \\[ `a`\\]\n\n**Possible values:** \\[ `a`\\]\n", `contradiction: the possible values of "kettleId" are listed twice`},
		{"bounds twice", "**degrees** numberrequired\n", "**degrees** numberrequired\n\n**Possible values:** `>= 1`\n\n**Possible values:** `>= 1`\n", `contradiction: the possible values of "degrees" are listed twice`},
		{"a default twice", "**degrees** numberrequired\n", "**degrees** numberrequired\n\n**Default value:** `1`\n\n**Default value:** `2`\n", `contradiction: the default of "degrees" is given twice`},
		{"a key twice in a sample", "  \"id\": \"string\"\n", "  \"id\": \"string\",\n  \"id\": \"string\"\n", `contradiction: the printed JSON has the key "id" twice`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(markdown(kettlePage), c.old) != 1 {
				t.Fatalf("%q is there %d times", c.old, strings.Count(markdown(kettlePage), c.old))
			}
			page, err := docpage.Parse("page.md", []byte(strings.Replace(markdown(kettlePage), c.old, c.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			checkSays(t, page, c.issue)
		})
	}
}

// checkSays looks for an issue that begins so; "" stands for none at all.
func checkSays(t *testing.T, page *docpage.Page, want string) {
	t.Helper()
	var said []string
	met := want == ""
	for _, issue := range page.Issues {
		text := string(issue.Kind) + ": " + issue.Message
		said = append(said, text)
		met = met || strings.HasPrefix(text, want)
	}
	if !met || want == "" && len(said) > 0 {
		t.Errorf("want %q, it says %q", want, said)
	}
}
