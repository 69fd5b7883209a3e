package sandboxproof_test

import (
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/spec"
)

// judges are the judges of documents, by the operations that these describe.
type judges map[string]*judge.Judge

// add adds the judge of a document, for the operations without one.
func (js judges) add(t *testing.T, file string, data []byte) {
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
			if js[method+" "+path] == nil {
				js[method+" "+path] = j
			}
		}
	}
}

// page is a page for people on another server, which no document describes.
const page = "GET /v2/oauth/chooselocation"

// TestEveryAnswerIsAsTheSpecsSay walks over each route of the sandbox under each version of the API, and each way to be refused.
func TestEveryAnswerIsAsTheSpecsSay(t *testing.T) {
	own := judges{}
	own.add(t, "spec/snapshots.yaml", spec.Snapshots)
	own.add(t, "spec/locations.yaml", spec.Locations)
	own.add(t, "spec/oauth.yaml", spec.OAuth)
	walked := 0
	for _, version := range []string{"2021-07-28", "v3"} {
		for _, r := range routesOf(version) {
			switch {
			case r.key() == page:
			case own[r.key()] == nil:
				t.Errorf("no spec describes %s", r.key())
			default:
				walk(t, r, version, own[r.key()], own["GET /snapshots/"], true)
				walked++
			}
		}
	}
	t.Logf("%d routes under their versions", walked)
}

// TestEveryAnswerIsAsThePublishedDocumentsSay does the same for sub-accounts and tokens by the publisher's own documents for the older
// version, and by the Markdown twins of its pages for v3. Neither is part of the project. They do not
// document 429, and of the snapshots less than is known.
func TestEveryAnswerIsAsThePublishedDocumentsSay(t *testing.T) {
	if testing.Short() {
		t.Skip("-short compares the answers with the specs of the project only")
	}
	own := judges{}
	own.add(t, "spec/snapshots.yaml", spec.Snapshots)
	published := map[string]judges{"2021-07-28": {}, "v3": {}}
	for _, name := range []string{"locations", "oauth"} {
		file := prove.Shared(t, "official/apps/"+name+".json")[0]
		published["2021-07-28"].add(t, file, read(t, file))
		for _, file := range prove.Shared(t, "twins/"+name+"__*.md") {
			_, after, _ := strings.Cut(string(read(t, file)), "```json\n")
			document, _, _ := strings.Cut(after, "\n```")
			published["v3"].add(t, file+".json", []byte(document))
		}
	}
	for version, js := range published {
		for _, r := range routesOf(version) {
			switch {
			case strings.HasPrefix(r.path, "/snapshots/"), r.key() == page:
			case js[r.key()] == nil:
				t.Errorf("%s: %s is not documented", version, r.key())
			default:
				walk(t, r, version, js[r.key()], own["GET /snapshots/"], false)
			}
		}
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// routesOf lists the routes that the sandbox answers under a version.
func routesOf(version string) (all []route) {
	other := map[string]string{"POST /oauth/locationToken": "v3", "GET /oauth/installedLocations": "v3", "POST /oauth/location-token": "2021-07-28", "GET /oauth/installed-locations": "2021-07-28"}
	for _, op := range sandbox.Operations() {
		r := route{method: op.Method, path: op.Path, types: op.TokenTypes, scoped: len(op.Scopes) > 0, open: strings.HasPrefix(op.Path, "/oauth/token") || strings.HasPrefix(op.Path, "/v2/")}
		if other[r.key()] != version {
			r.has = other[r.key()] == ""
			all = append(all, r)
		}
	}
	return all
}

// walk makes the requests of a route, and judges each answer. Two answers are judged by the document of the snapshots: that of the rate
// limit, which many documents lack, and that to a version without the route, which no document can have.
func walk(t *testing.T, r route, version string, by, snapshots *judge.Judge, limited bool) {
	t.Helper()
	seen := map[int]bool{}
	for why, make := range r.requests(t, version) {
		s := newBox(t, 10_000)
		req := make(s)
		resp, err := s.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		seen[resp.StatusCode] = true
		if ok := resp.StatusCode < 400; ok != strings.HasPrefix(why, "good") && !strings.HasPrefix(why, "perhaps") {
			log := s.Requests()
			t.Errorf("%s: %s, %s: %s %s", version, r.key(), why, resp.Status, log[len(log)-1].ResponseBody)
		}
		if why == "version without it" {
			judgeForm(t, r, resp, snapshots)
		} else if v := by.Response(req, resp); !v.OK() {
			t.Errorf("%s: %s, %s: %s: %v", version, r.key(), why, resp.Status, v.Err())
		}
	}
	if !seen[200] && !seen[201] || !seen[401] || !seen[400] && !seen[422] {
		t.Errorf("%s: %s: success, 401 and 400 or 422 were not all seen: %v", version, r.key(), slices.Sorted(maps.Keys(seen)))
	}
	if !limited {
		return
	}
	s := newBox(t, 3) // of which some make what is asked for
	good := r.good(t, s, version)
	for range 4 {
		resp, err := s.RoundTrip(request(t, r, version, good))
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			judgeForm(t, r, resp, snapshots)
			return
		}
	}
	t.Errorf("%s: %s: a limit of three requests is not kept", version, r.key())
}

// newBox is a sandbox with each kind of token.
func newBox(t *testing.T, limit int) *sandbox.Sandbox {
	t.Helper()
	var scopes []string
	for _, op := range sandbox.Operations() {
		scopes = append(scopes, op.Scopes...)
	}
	const one = "sandbox-location-1"
	return sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithRateLimit(limit, time.Hour, true), sandbox.WithDates(sandbox.DatesMixed),
		sandbox.WithAccess("sub", sandbox.Access{Scopes: scopes, UserType: sandbox.SubAccount, CompanyID: sandbox.CompanyID, LocationID: one}),
		sandbox.WithAccess("sub-any", sandbox.Access{Scopes: scopes, UserType: sandbox.SubAccount}),
		sandbox.WithAccess("agency-own", sandbox.Access{Scopes: scopes, UserType: sandbox.Company, CompanyID: sandbox.CompanyID}),
		sandbox.WithAccess("sub-none", sandbox.Access{UserType: sandbox.SubAccount, LocationID: one}),
		sandbox.WithAccess("sub-other", sandbox.Access{Scopes: scopes, UserType: sandbox.SubAccount, LocationID: "sandbox-location-2"}),
		sandbox.WithAccess("sub-ended", sandbox.Access{Scopes: scopes, UserType: sandbox.SubAccount, Expires: time.Unix(1, 0)}),
		sandbox.WithAccess("agency-none", sandbox.Access{}),
		sandbox.WithAccess("agency-other", sandbox.Access{Scopes: scopes, CompanyID: "another"}),
		sandbox.WithAccess("agency-ended", sandbox.Access{Scopes: scopes, Expires: time.Unix(1, 0)}),
		sandbox.WithAccess("pit-none", sandbox.Access{}))
}
