package docpage_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

const headOf = "# %TITLE\n\n```\nGET %ADDRESS\n```\n\n## Request\n\n## Responses\n\n- 204\n\nGone\n\n" +
	"#### Authorization: http\n\n```\nname: bearertype: httpscheme: bearer\n```\n\nBase URL\n\n%BASE\n\nSend API Request\n"

func TestTitlesMayReadLikeThePartsOfAPage(t *testing.T) {
	for _, title := range []string{"Body array", "Request", "Responses", "Query parameters", "Requirements"} {
		text := strings.NewReplacer("%TITLE", title, "%ADDRESS", "https://api.example.com/things", "%BASE", "https://api.example.com").Replace(headOf)
		page, err := docpage.Parse("page.md", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", title, err)
			continue
		}
		if len(page.Issues) > 0 || page.Value("response.204", "present") != "true" {
			t.Errorf("%s: %v", title, page.Issues)
		}
	}
}

func TestAServerMayEndInASlash(t *testing.T) {
	text := strings.NewReplacer("%TITLE", "Get it", "%ADDRESS", "https://api.example.com/v1//things", "%BASE", "https://api.example.com/v1/").Replace(headOf)
	page, err := docpage.Parse("page.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if path, server := page.Value("operation", "path"), page.Value("operation", "server"); path != "/things" || server != "https://api.example.com/v1" {
		t.Errorf("server %q and path %q, want https://api.example.com/v1 and /things", server, path)
	}
}

// The form of a body that is no JSON shows the outermost fields only. Below a file's name stands what the page says about it,
// and newer themes write the values to choose from behind the name.
func TestAFormOfFieldsTellsWhichAreOutermost(t *testing.T) {
	for _, options := range []string{"\n\n---smalllarge", "---smalllarge"} {
		text := "# Keep it\n\n```\nPOST https://api.example.com/things\n```\n\n## Request\n\n- multipart/form-data\n\n### Body **required**\n\n" +
			"**file** binaryrequired\n\nwhat to keep\n\n**meta** object\n\n**name** string\n\n**size** stringrequired\n\n**Possible values:** \\[ `small`, `large`\\]\n\n" +
			"## Responses\n\n- 204\n\nKept\n\n#### Authorization: http\n\n```\nname: bearertype: httpscheme: bearer\n```\n\n" +
			"Request Collapse all\n\nBase URL\n\nhttps://api.example.com\n\nBody required\n\nfilerequired\n\nwhat to keep\n\nmeta\n\nsizerequired" + options + "\n\nSend API Request\n"
		page, err := docpage.Parse("page.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if page.Value("body.size", "type") != "string" || page.Value("body.meta.name", "type") != "string" || page.Value("body.meta.size", "present") != "" {
			t.Errorf("%q: size is not outside of meta: %v", options, page.Facts)
		}
		for _, issue := range page.Issues {
			if issue.Kind != docpage.Uncertain {
				t.Errorf("%q: %v", options, issue)
			}
		}
	}
}
