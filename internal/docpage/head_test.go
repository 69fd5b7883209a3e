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
// and newer themes write the values to choose after the name.
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

// The sample call is made for the first way to authorize and for the first success that has a body; a key is sent in the
// header that it is named after.
func TestTheSampleCallMayAuthorizeInAnyWay(t *testing.T) {
	const page = "# Get it\n\n```\nGET https://api.example.com/things\n```\n\n## Request\n\n## Responses\n\n- %STATUS\n\nThere\n\n" +
		"- application/json\n\n- Schema\n- Example (auto)\n\n**Schema**\n\n**id** string\n\n```\n{\n  \"id\": \"string\"\n}\n```\n\n%AUTH" +
		"- curl\n- go\n\n- CURL\n\n```openapi-explorer__code-block-lines\ncurl -L 'https://api.example.com/things' \\\n%HEADERS\n```\n\nBase URL\n\nhttps://api.example.com\n\nSend API Request\n"
	bearer := "#### Authorization: http\n\n```\nname: [token](https://docs.example.com/x)type: httpscheme: bearerbearerFormat: JWT\n```\n\n"
	key := "```\nname: [X-Key](https://docs.example.com/x)type: apiKeyin: header\n```\n\n"
	oauth := "#### Authorization: oauth2\n\n```\nname: [login](https://docs.example.com/x)type: oauth2scopes: a.readflows: {\n  \"implicit\": {}\n}\n```\n\n"
	accept := "-H 'Accept: application/json' \\\n"
	for _, tt := range []struct{ name, status, auth, headers, scheme string }{
		{"a token", "200", bearer, accept + "-H 'Authorization: Bearer <TOKEN>'", "http bearer JWT"},
		{"a key", "200", "#### Authorization: X-Key\n\n" + key, accept + "-H 'X-Key: <API_KEY_VALUE>'", "apiKey"},
		{"a token and a key", "200", bearer + key, accept + "-H 'Authorization: Bearer <TOKEN>' \\\n-H 'X-Key: <API_KEY_VALUE>'", "http bearer JWT"},
		{"a token of a login", "200", oauth, accept + "-H 'Authorization: Bearer <TOKEN>'", "oauth2"},
		{"a range of statuses", "2XX", bearer, "-H 'Authorization: Bearer <TOKEN>'", "http bearer JWT"},
	} {
		text := strings.NewReplacer("%STATUS", tt.status, "%AUTH", tt.auth, "%HEADERS", tt.headers).Replace(page)
		read, err := docpage.Parse("page.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if len(read.Issues) > 0 || read.Value("auth", "scheme") != tt.scheme {
			t.Errorf("%s: scheme %q, want %q; %v", tt.name, read.Value("auth", "scheme"), tt.scheme, read.Issues)
		}
	}
}

func TestTheSampleCallSendsADefaultBeforeAnExample(t *testing.T) {
	const page = "# Get it\n\n```\nGET https://api.example.com/things\n```\n\n## Request\n\n### Query Parameters\n\n**limit** integer\n\nDefault value:`20`\n\nExample:`10`\n\n" +
		"## Responses\n\n- 204\n\nNone\n\n- curl\n- go\n\n- CURL\n\n```openapi-explorer__code-block-lines\ncurl -L 'https://api.example.com/things?limit=%'\n```\n\nBase URL\n\nhttps://api.example.com\n\nParameters\n\nlimit — query\n\nSend API Request\n"
	for value, want := range map[string]int{"20": 0, "10": 0, "30": 1} {
		read, err := docpage.Parse("page.md", []byte(strings.Replace(page, "%", value, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if len(read.Issues) != want {
			t.Errorf("limit=%s: %v, want %d issues", value, read.Issues, want)
		}
	}
}
