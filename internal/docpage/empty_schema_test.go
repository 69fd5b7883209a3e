package docpage_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// Whatever a schema is of: the renderer prints its type or its fields above the JSON made from it.
func TestAnEmptySchemaAbovePrintedJSONIsASkeleton(t *testing.T) {
	for _, printed := range []string{`"string"`, "0", "true", "{}", "[]", `["string"]`, "[0]", `[{"id": "string"}]`} {
		text := strings.Replace(markdown(kettlePage), "**id** string\n\n```\n{\n  \"id\": \"string\"\n}\n", "```\n"+printed+"\n", 1)
		page, err := docpage.Parse("page.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		checkSays(t, page, "skeleton: the schema is empty, and its printed JSON is not")
		if kind := page.Value("response.200", "type"); kind != "" {
			t.Errorf("%s: the type is %s", printed, kind)
		}
	}
}

func TestAPageWithoutStatusesIsIncomplete(t *testing.T) {
	text := markdown(kettlePage)
	from, to := strings.Index(text, "- 200\n"), strings.Index(text, "## Share your")
	page, err := docpage.Parse("page.md", []byte(text[:from]+text[to:]))
	if err != nil {
		t.Fatal(err)
	}
	checkSays(t, page, "truncated: the list of statuses is missing")
}
