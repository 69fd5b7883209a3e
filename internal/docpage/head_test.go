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
