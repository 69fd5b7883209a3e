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

// The client of package oauth is written by hand: what it sends and reads must be what its spec says.
func TestOAuthClientConformsToItsSpec(t *testing.T) {
	document, err := judge.Load("spec/oauth.yaml", spec.OAuth)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := judge.New(document)
	if err != nil {
		t.Fatal(err)
	}
	const one = `{"_id":"l1","name":"Mark Shoes","address":"4th fleet street","isInstalled":true,"versionId":"v","installedAt":"2024-01-15T10:30:00.000Z"}`
	service := answerFunc(func(r *http.Request) string {
		switch {
		case r.URL.Path == "/oauth/locationToken":
			return `{"access_token":"a","token_type":"Bearer","expires_in":86399,"scope":"x","locationId":"l1","userId":"u"}`
		case r.URL.Query().Get("skip") == "":
			return `{"locations":[` + one + `],"count":1,"installToFutureLocations":true}`
		}
		return `{"locations":[],"count":1,"installToFutureLocations":true}`
	})
	front := &judge.Transport{Judge: strict, Next: service, Report: func(v judge.Verdict) { t.Error(v.Err()) }}
	client, err := oauth.NewClient(rest.WithToken("agency"), rest.WithBudget(nil), rest.WithHTTPClient(&http.Client{Transport: front}))
	if err != nil {
		t.Fatal(err)
	}
	token, err := client.LocationToken(t.Context(), oauth.LocationTokenRequest{CompanyID: "c", LocationID: "l1"})
	if err != nil || token.AccessToken != "a" || token.LocationID != "l1" {
		t.Errorf("%v", err)
	}
	yes, found := true, 0
	for location, err := range client.InstalledLocations(t.Context(), oauth.InstalledLocationsRequest{
		CompanyID: "c", AppID: "a", VersionID: "v", PlanID: "p", LocationID: "l1", Query: "Mark", IsInstalled: &yes, OnTrial: &yes, PageSize: 1,
	}) {
		if err != nil || location.ID != "l1" || location.InstalledAt.IsZero() {
			t.Errorf("%+v, %v", location, err)
		}
		found++
	}
	if found != 1 {
		t.Errorf("%d sub-accounts", found)
	}
	for _, op := range []rest.Operation{oauth.OperationLocationToken, oauth.OperationInstalledLocations} {
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
}

// answerFunc answers every request with 200 and a body of JSON.
type answerFunc func(*http.Request) string

func (f answerFunc) RoundTrip(r *http.Request) (*http.Response, error) {
	text := f(r)
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(text)),
		ContentLength: int64(len(text)), Request: r}, nil
}
