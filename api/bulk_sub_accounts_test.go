package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// tagsOfSubAccounts lists the tags of three sub-accounts, one after the other. refusal answers the request for a token of the
// second one.
func tagsOfSubAccounts(t *testing.T, status int, refusal string) ([]Result[string, locations.TagList], error) {
	t.Helper()
	s := &service{}
	s.answer = func(r *http.Request, _ int) (int, string) {
		asked := s.bodies[len(s.bodies)-1]
		switch {
		case r.URL.Path != "/oauth/locationToken":
			return 200, `{"tags":[{"id":"1","name":"new"}]}`
		case strings.Contains(asked, "locationId=without-app"):
			return status, refusal
		default:
			return 200, `{"access_token":"location-token","expires_in":86399,"userType":"Location"}`
		}
	}
	options := []Option{WithToken("agency-token"), WithCompany("agency"), WithBudget(nil), WithRetry(Retry{Attempts: 1}), WithHTTPClient(&http.Client{Transport: s})}
	agency, err := oauth.NewClient(options...)
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(append(options, WithLocationTokens(agency.LocationTokens()))...)
	if err != nil {
		t.Fatal(err)
	}
	return Bulk(t.Context(), []string{"first", "without-app", "last"}, func(ctx context.Context, id string) (*locations.TagList, error) {
		return client.Locations().Tags(ctx, locations.TagsRequest{LocationID: id})
	}, Bulking[string, locations.TagList]{Workers: 1})
}

func TestASubAccountWhoseTokenCannotBeHadDoesNotStopTheOthers(t *testing.T) {
	leak.Check(t)
	results, err := tagsOfSubAccounts(t, 400, `{"message":"The app is not installed in the location"}`)
	if results[0].Err != nil || results[1].Err == nil || results[2].Err != nil {
		t.Errorf("%v", err)
	}
	of, ok := errors.AsType[*rest.LocationTokenError](err)
	if !ok || of.LocationID != "without-app" || !errors.Is(err, ErrTokenSource) || EffectOf(err) != EffectNone || !strings.Contains(err.Error(), "sub-account without-app") {
		t.Errorf("the error is %v", err)
	}
}

func TestAnAgencysTokenThatIsRefusedStopsABulkOverSubAccounts(t *testing.T) {
	leak.Check(t)
	results, err := tagsOfSubAccounts(t, 401, `{"message":"Invalid JWT"}`)
	if results[0].Err != nil || !errors.Is(results[2].Err, ErrNotBegun) {
		t.Errorf("%v", err)
	}
}
