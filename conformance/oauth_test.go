package conformance_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

// What package oauth sends and reads, under both versions, is what its spec says.
func TestOAuthClientConformsToItsSpec(t *testing.T) {
	document, err := judge.Load("spec/oauth.yaml", spec.OAuth)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := judge.New(document)
	if err != nil {
		t.Fatal(err)
	}
	const (
		one     = `{"_id":"l1","name":"Mark Shoes","address":"4th fleet street","isInstalled":true,"versionId":"v","installedAt":"2024-01-15T10:30:00.000Z"}`
		granted = `"scope":"x","locationId":"l1","userId":"u"`
	)
	called := map[string]bool{}
	service := answerFunc(func(r *http.Request) string {
		called[r.Method+" "+r.URL.Path] = true
		page := `"pagination":{"totalRecords":2,"hasNextPage":false,"hasPrevPage":true,"currentPageSize":1}`
		switch r.URL.Path {
		case "/oauth/token":
			return `{"access_token":"a","token_type":"Bearer","expires_in":86399,"refresh_token":"r","userType":"Company","companyId":"c",` + granted + `}`
		case "/oauth/locationToken":
			return `{"access_token":"a","token_type":"Bearer","expires_in":86399,` + granted + `}`
		case "/oauth/location-token":
			return `{"accessToken":"a","tokenType":"Bearer","expiresIn":86399,"refreshToken":"r",` + granted + `}`
		case "/oauth/installed-locations":
			if r.URL.Query().Get("pageToken") == "" {
				page = strings.Replace(page, `"hasNextPage":false`, `"hasNextPage":true,"nextPageToken":"2"`, 1)
				return `{"items":[` + one + `],` + page + `,"installToFutureLocations":true}`
			}
			return `{"items":[],` + page + `}`
		}
		if r.URL.Query().Get("skip") == "" {
			return `{"locations":[` + one + `],"count":1,"installToFutureLocations":true}`
		}
		return `{"locations":[],"count":1,"installToFutureLocations":true}`
	})
	front := rest.WithHTTPClient(&http.Client{Transport: &judge.Transport{Judge: strict, Next: service, Report: func(v judge.Verdict) { t.Error(v.Err()) }}})
	app := oauth.Config{ClientID: "app", ClientSecret: "secret", RedirectURL: "https://app.test/back", Options: []rest.Option{front}}
	token, err := app.Exchange(t.Context(), "code")
	if err != nil || token.AccessToken != "a" || token.UserType != oauth.Company {
		t.Fatalf("%v, %v", token, err)
	}
	source, err := app.Source(oauth.MemoryStore(*token))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Token(t.Context(), "a"); err != nil { // it is refused, and so refreshed
		t.Error(err)
	}
	for _, version := range []string{"2021-07-28", "v3"} {
		client, err := oauth.NewClient(rest.WithToken("agency"), rest.WithBudget(nil), front, rest.WithDefault("Version", version))
		if err != nil {
			t.Fatal(err)
		}
		token, err := client.LocationToken(t.Context(), oauth.LocationTokenRequest{CompanyID: "c", LocationID: "l1"})
		if err != nil || token.AccessToken != "a" || token.LocationID != "l1" || token.Expires.IsZero() {
			t.Errorf("%s: %v", version, err)
		}
		yes, found := true, 0
		for location, err := range client.InstalledLocations(t.Context(), oauth.InstalledLocationsRequest{
			CompanyID: "c", AppID: "a", VersionID: "v", PlanID: "p", LocationID: "l1", Query: "Mark", IsInstalled: &yes, OnTrial: &yes, PageSize: 1,
		}) {
			if err != nil || location.ID != "l1" || location.InstalledAt.IsZero() {
				t.Errorf("%s: %+v, %v", version, location, err)
			}
			found++
		}
		if found != 1 {
			t.Errorf("%s: %d sub-accounts", version, found)
		}
	}
	for _, op := range oauth.Operations() {
		if !called[op.Method+" "+op.Path] {
			t.Errorf("%s %s was not called", op.Method, op.Path)
		}
		item := document.Paths.Value(op.Path)
		if item == nil || item.GetOperation(op.Method) == nil || item.GetOperation(op.Method).OperationID != op.ID {
			t.Errorf("the spec has no %s %s with the id %s", op.Method, op.Path, op.ID)
			continue
		}
		for _, status := range op.Statuses {
			if item.GetOperation(op.Method).Responses.Status(status) == nil {
				t.Errorf("%s: the spec does not have the status %d", op.ID, status)
			}
		}
	}
	if n := document.Paths.Len(); n != len(oauth.Operations()) {
		t.Errorf("the spec has %d paths, and the package %d operations", n, len(oauth.Operations()))
	}
}

// answerFunc answers every request with 200 and a body of JSON.
type answerFunc func(*http.Request) string

func (f answerFunc) RoundTrip(r *http.Request) (*http.Response, error) {
	text := f(r)
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(text)),
		ContentLength: int64(len(text)), Request: r}, nil
}
