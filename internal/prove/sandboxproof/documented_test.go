package sandboxproof_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/prove"
)

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
	one    = "/locations/sandbox-location-1"
)

// requests is a story in which each operation on sub-accounts and tokens succeeds and is refused. {last} is the id that the
// last success with one answered.
var requests = []struct{ method, target, kind, body string }{
	{"GET", "/locations/search?companyId=sandbox-company", "", ""},
	{"GET", "/locations/search?limit=x", "", ""},
	{"POST", "/locations/", asJSON, `{"companyId":"sandbox-company","name":"New","country":"DE","snapshotId":"sandbox-snapshot-own","prospectInfo":{"firstName":"A","lastName":"B","email":"a@b.test"},"settings":{"allowDuplicateContact":true},"social":{"yelp":"y"}}`},
	{"POST", "/locations/", asJSON, `{}`},
	{"POST", "/locations/", "text/plain", `x`},
	{"GET", "/locations/search?email=a@b.test", "", ""},
	{"GET", "/locations/{last}", "", ""},
	{"GET", "/locations/none", "", ""},
	{"PUT", "/locations/{last}", asJSON, `{"companyId":"sandbox-company","city":"Berlin","snapshot":{"id":"sandbox-snapshot-imported"}}`},
	{"PUT", one, asJSON, `{"companyId":7}`},
	{"DELETE", "/locations/{last}?deleteTwilioAccount=false", "", ""},
	{"DELETE", "/locations/none?deleteTwilioAccount=false", "", ""},
	{"POST", one + "/tags", asJSON, `{"name":"vip"}`},
	{"POST", one + "/tags", asJSON, `{"name":1}`},
	{"GET", one + "/tags", "", ""},
	{"GET", "/locations/none/tags", "", ""},
	{"GET", one + "/tags/{last}", "", ""},
	{"GET", one + "/tags/none", "", ""},
	{"PUT", one + "/tags/{last}", asJSON, `{"name":"gold"}`},
	{"PUT", one + "/tags/{last}", asJSON, `{}`},
	{"DELETE", one + "/tags/{last}", "", ""},
	{"DELETE", one + "/tags/{last}", "", ""},
	{"POST", one + "/customFields", asJSON, `{"name":"Size","dataType":"NUMERICAL","position":1,"placeholder":"p","isMultipleFile":true,"maxNumberOfFiles":2,"acceptedFormat":[".pdf"],"textBoxListOptions":[{"label":"a"}],"model":"opportunity"}`},
	{"POST", one + "/customFields", asJSON, `{}`},
	{"GET", one + "/customFields?model=opportunity", "", ""},
	{"GET", "/locations/none/customFields", "", ""},
	{"GET", one + "/customFields/{last}", "", ""},
	{"GET", one + "/customFields/none", "", ""},
	{"PUT", one + "/customFields/{last}", asJSON, `{"name":"Shoe size"}`},
	{"PUT", one + "/customFields/{last}", asJSON, `[]`},
	{"DELETE", one + "/customFields/{last}", "", ""},
	{"DELETE", one + "/customFields/{last}", "", ""},
	{"POST", one + "/customValues", asJSON, `{"name":"Owner","value":"A"}`},
	{"POST", one + "/customValues", asJSON, `{}`},
	{"GET", one + "/customValues", "", ""},
	{"GET", "/locations/none/customValues", "", ""},
	{"GET", one + "/customValues/{last}", "", ""},
	{"GET", one + "/customValues/none", "", ""},
	{"PUT", one + "/customValues/{last}", asJSON, `{"name":"Owner","value":"B"}`},
	{"PUT", one + "/customValues/{last}", asJSON, `{"name":"Owner"}`},
	{"DELETE", one + "/customValues/{last}", "", ""},
	{"DELETE", one + "/customValues/{last}", "", ""},
	{"POST", "/oauth/token", asForm, "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=authorization_code&code={code}"},
	{"POST", "/oauth/token", asForm, "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=authorization_code&code=none"},
	{"POST", "/oauth/token", asForm, "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=other"},
	{"POST", "/oauth/token", asForm, ""},
	{"POST", "/oauth/locationToken", asForm, "companyId=sandbox-company&locationId=sandbox-location-1"},
	{"POST", "/oauth/locationToken", asForm, ""},
	{"GET", "/oauth/installedLocations?companyId=sandbox-company&appId=a", "", ""},
	{"GET", "/oauth/installedLocations?companyId=sandbox-company", "", ""},
}

// TestAnswersAreWhatThePublishedDocumentsSay judges the answers about sub-accounts and tokens by the publisher's own documents
// for the older version, and by the Markdown twins of its pages for v3. Neither is part of the project. Answers about
// snapshots are judged in conformance.
func TestAnswersAreWhatThePublishedDocumentsSay(t *testing.T) {
	dated, v3 := map[string]*judge.Judge{}, map[string]*judge.Judge{}
	for _, name := range []string{"locations", "oauth"} {
		file := prove.Shared(t, "official/apps/"+name+".json")[0]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		addJudge(t, dated, file, data)
		for _, file := range prove.Shared(t, "twins/"+name+"__*.md") {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, after, _ := strings.Cut(string(data), "```json\n")
			document, _, _ := strings.Cut(after, "\n```")
			addJudge(t, v3, file+".json", []byte(document))
		}
	}
	tell(t, "2021-07-28", dated)
	tell(t, "v3", v3)
}

// addJudge adds the judge of a document under each of its operations.
func addJudge(t *testing.T, to map[string]*judge.Judge, file string, data []byte) {
	t.Helper()
	doc, err := judge.Load(file, data)
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.New(doc)
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			to[method+" "+path] = j
		}
	}
}

// tell makes the requests of the story under a version, each with a token that lacks the scope, one that is unknown, and a good
// one, and judges the answers.
func tell(t *testing.T, version string, judges map[string]*judge.Judge) {
	t.Helper()
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithRateLimit(10_000, time.Second, true), sandbox.WithToken("none"))
	answered := map[string]map[bool]bool{} // by operation, successes and refusals
	last := ""
	for _, c := range requests {
		target := strings.ReplaceAll(c.target, "{last}", last)
		if version == "v3" {
			target = strings.NewReplacer("locationToken", "location-token", "installedLocations", "installed-locations").Replace(target)
		}
		body := strings.ReplaceAll(c.body, "{code}", url.QueryEscape(s.Authorize(sandbox.Access{})))
		for _, token := range []string{"none", "nobody", sandbox.Token} {
			r, err := http.NewRequest(c.method, "https://services.leadconnectorhq.com"+target, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header = http.Header{"Authorization": {"Bearer " + token}, "Version": {version}}
			if c.kind != "" {
				r.Header.Set("Content-Type", c.kind)
			}
			resp, err := s.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			log := s.Requests()
			entry := log[len(log)-1]
			j := judges[c.method+" "+pathOf(c.method, target)]
			if j == nil {
				t.Fatalf("%s %s under %s is not documented", c.method, target, version)
			}
			if v := j.Response(r, resp); !v.OK() {
				t.Errorf("%s: %s %s: %s %s: %v", version, c.method, target, resp.Status, entry.ResponseBody, v.Err())
			}
			operation := c.method + " " + pathOf(c.method, target)
			if answered[operation] == nil {
				answered[operation] = map[bool]bool{}
			}
			answered[operation][resp.StatusCode < 400] = true
			if resp.StatusCode < 400 && c.method == "POST" && !strings.HasPrefix(target, "/oauth") {
				last = idIn(string(entry.ResponseBody))
			}
		}
	}
	for _, op := range sandbox.Operations() {
		operation := op.Method + " " + op.Path
		if judges[operation] != nil && (!answered[operation][true] || !answered[operation][false]) {
			t.Errorf("%s: %s: not both a success and a refusal were judged: %v", version, operation, answered[operation])
		}
	}
}

var values = regexp.MustCompile(`\{\w+\}`)

// pathOf finds the path template that a target belongs to, the one with the fewest values.
func pathOf(method, target string) (found string) {
	path, _, _ := strings.Cut(target, "?")
	fewest := 9
	for _, op := range sandbox.Operations() {
		pattern := "^" + values.ReplaceAllLiteralString(op.Path, "[^/]+") + "$" // no path has a character that means more in a pattern
		if n := strings.Count(op.Path, "{"); op.Method == method && n < fewest && regexp.MustCompile(pattern).MatchString(path) {
			found, fewest = op.Path, n
		}
	}
	return found
}

// idIn finds the id in an answer about one thing.
func idIn(body string) string {
	_, after, _ := strings.Cut(body, `"id":"`)
	id, _, _ := strings.Cut(after, `"`)
	return id
}
