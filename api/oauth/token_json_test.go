package oauth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

func TestNamesNullsDuplicatesAndWrongTypesOfATokensAnswer(t *testing.T) {
	leak.Check(t)
	complete := Token{AccessToken: "A", RefreshToken: "R", lifetime: 100 * time.Second}
	for text, want := range map[string]Token{
		`{"access_token":"A","accessToken":null,"refresh_token":"R","refreshToken":null,"expires_in":100}`:                      complete,
		`{"accessToken":null,"access_token":"A","refreshToken":null,"refresh_token":"R","expiresIn":100}`:                       complete,
		`{"access_token":null,"accessToken":"A","refresh_token":"","refreshToken":"R","expires_in":"100"}`:                      complete,
		`{"access_token":"A","accessToken":"B","refresh_token":"R","refreshToken":"S","expires_in":100,"expiresIn":5}`:          complete,
		`{"accessToken":"B","access_token":"A","refreshToken":"S","refresh_token":"R","expiresIn":5,"expires_in":1e2}`:          complete,
		`{"access_token":"A","access_token":null,"refresh_token":"R","refresh_token":7,"expires_in":100,"expires_in":"soon"}`:   complete,
		`{"access_token":"old","access_token":"A","refresh_token":"R","expires_in":100}`:                                        complete,
		`{"access_token":{"x":1},"accessToken":"A","refresh_token":["x"],"refreshToken":"R","expires_in":true,"expiresIn":100}`: complete,
		`{"AccessToken":"A","REFRESH_TOKEN":"R","Expires-In":100}`:                                                              complete,
		`{"AccessToken":"B","accessToken":"A","Refresh_Token":"S","refresh_token":"R","expires_in":-1,"ExpiresIn":100}`:         complete,
		`{"access_token":7,"refresh_token":false}`:                                                                              {},
		`{"access_token":"A","expires_in":1e300}`:                                                                               {AccessToken: "A"},
		`{"company_id":12345678901234567890,"location_id":"l","user_id":1.5,"scope":["a.readonly","b.write"]}`:                  {CompanyID: "12345678901234567890", LocationID: "l", UserID: "1.5", Scope: "a.readonly b.write"},
		`{"companyId":null,"userType":[],"scope":[1],"locationId":{}}`:                                                          {},
	} {
		for range 20 { // the order of a map must not matter
			var got Token
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if got != want {
				t.Fatalf("%s is read as access %q, refresh %q, lifetime %v, company %q, location %q, user %q, type %q, scope %q", text,
					got.AccessToken, got.RefreshToken, got.lifetime, got.CompanyID, got.LocationID, got.UserID, got.UserType, got.Scope)
			}
		}
	}
	for _, text := range []string{`[]`, `"x"`, `1`, `{"a":`, `{"access_token":"A"`} {
		if err := new(Token).UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%s is read as a token", text)
		}
	}
}

func TestScopesWithCommasAreSeveral(t *testing.T) {
	leak.Check(t)
	var token Token
	if err := json.Unmarshal([]byte(`{"access_token":"a","scope":"x,y z"}`), &token); err != nil {
		t.Fatal(err)
	}
	if got := token.Info().Scopes; !slices.Equal(got, []string{"x", "y", "z"}) {
		t.Errorf("scopes are %q", got)
	}
}

// An answer that is not an object may be the new token itself: nobody who watches calls gets to see it.
func TestAnswerThatIsATokenAloneIsNotShownToHooks(t *testing.T) {
	leak.Check(t)
	for _, body := range []string{`"new-token-secret"`, `["new-token-secret"]`} {
		config := Config{ClientID: "id", ClientSecret: "secret", Options: []rest.Option{
			rest.WithHTTPClient(&http.Client{Transport: lossy(func(q *http.Request) (*http.Response, error) { return says(q, 200, body), nil })}),
			rest.WithHooks(rest.Hooks{Mismatches: func(_ context.Context, o *rest.Operation, list []rest.Mismatch) {
				if text := fmt.Sprintf("%+v", list); strings.Contains(text, "new-token") {
					t.Errorf("%s: a hook is shown %s", body, text)
				}
			}}),
		}}
		if _, err := config.Exchange(t.Context(), "code"); err == nil || strings.Contains(fmt.Sprintf("%+v", err), "new-token") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestEncodedTokenIsReadBackAndPrintedOneIsNot(t *testing.T) {
	leak.Check(t)
	want := Token{AccessToken: "a", RefreshToken: "r", Expires: time.Now().UTC().Truncate(time.Second), Issued: time.Now().UTC().Truncate(time.Second),
		Scope: "x y", UserType: Company, CompanyID: "c", LocationID: "l", UserID: "u"}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var got Token
	if err := json.Unmarshal(data, &got); err != nil || got != want {
		t.Errorf("%s is read back as another token, %v", data, err)
	}
	printed, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(printed, &got); err == nil {
		t.Errorf("%s is read back", printed)
	}
}

// What the answer to a refresh leaves out holds as before: the grant is the same.
func TestRefreshKeepsWhatTheAnswerLeavesOut(t *testing.T) {
	leak.Check(t)
	old := Token{AccessToken: "a", RefreshToken: "r", Scope: "x", UserType: Location, CompanyID: "c", LocationID: "l", UserID: "u"}
	got := Token{AccessToken: "b", Scope: "y"}
	got.inherit(old)
	if want := (Token{AccessToken: "b", RefreshToken: "r", Scope: "y", UserType: Location, CompanyID: "c", LocationID: "l", UserID: "u"}); got != want {
		t.Errorf("level %q, scope %q, company %q, location %q", got.UserType, got.Scope, got.CompanyID, got.LocationID)
	}
}
