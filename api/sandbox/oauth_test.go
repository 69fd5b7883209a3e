package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// exchange sends a form to the token endpoint, and returns the status and the fields of its answer.
func exchange(t *testing.T, s *sandbox.Sandbox, pairs ...string) (int, map[string]any) {
	t.Helper()
	form := url.Values{"client_id": {sandbox.ClientID}, "client_secret": {sandbox.ClientSecret}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, body := ask(t, s, "POST", "/oauth/token", form.Encode(), "Content-Type: application/x-www-form-urlencoded", "Authorization: ", "Version: ")
	var fields map[string]any
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return status, fields
}

func refresh(t *testing.T, s *sandbox.Sandbox, token any) (int, map[string]any) {
	t.Helper()
	return exchange(t, s, "grant_type", "refresh_token", "refresh_token", token.(string))
}

func TestRefreshTokenIsValidOnceAndForThirtySecondsMore(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		code := s.Authorize(sandbox.Access{Scopes: []string{"snapshots.readonly"}})
		_, first := exchange(t, s, "grant_type", "authorization_code", "code", code)
		if status, again := exchange(t, s, "grant_type", "authorization_code", "code", code); status != 400 || again["message"] != "Invalid grant: authorization code is invalid" {
			t.Errorf("a code serves twice: %d %v", status, again)
		}
		status, second := refresh(t, s, first["refresh_token"])
		if status != 200 || second["refresh_token"] == first["refresh_token"] || second["access_token"] == first["access_token"] {
			t.Errorf("refresh: %d %v after %v", status, second, first)
		}
		time.Sleep(29 * time.Second)
		if status, same := refresh(t, s, first["refresh_token"]); status != 200 || same["refresh_token"] != second["refresh_token"] || same["access_token"] != second["access_token"] {
			t.Errorf("after 29 s: %d %v", status, same)
		}
		time.Sleep(time.Second)
		if status, late := refresh(t, s, first["refresh_token"]); status != 400 || late["message"] != "Invalid grant: refresh token is invalid" {
			t.Errorf("after 30 s: %d %v", status, late)
		}
		if status, _ := refresh(t, s, second["refresh_token"]); status != 200 {
			t.Errorf("the next one: %d", status)
		}
	})
}

func TestCodeIsValidForTenMinutes(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		early, late := s.Authorize(sandbox.Access{}), s.Authorize(sandbox.Access{})
		time.Sleep(10 * time.Minute)
		if status, _ := exchange(t, s, "grant_type", "authorization_code", "code", early); status != 200 {
			t.Errorf("after ten minutes: %d", status)
		}
		time.Sleep(time.Second)
		if status, _ := exchange(t, s, "grant_type", "authorization_code", "code", late); status != 400 {
			t.Errorf("later: %d", status)
		}
	})
}

// Tokens that can no longer be used are removed.
func TestTokensThatCannotBeUsedAreRemoved(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "state")
		s := with(t, file, sandbox.WithTokenLife(time.Minute), sandbox.WithRateLimit(1_000_000, time.Second, true))
		_, last := exchange(t, s, "grant_type", "authorization_code", "code", s.Authorize(sandbox.Access{}))
		for range 150 {
			s.Authorize(sandbox.Access{}) // and never used
			var status int
			if status, last = refresh(t, s, last["refresh_token"]); status != 200 {
				t.Fatalf("refresh: %d", status)
			}
			time.Sleep(time.Minute)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), `"issued"`); n > 120 {
			t.Errorf("%d codes and tokens are kept", n)
		}
	})
}

func TestPausedAccountIsRefusedUntilItIsActiveAgain(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	_, first := exchange(t, s, "grant_type", "authorization_code", "code", s.Authorize(sandbox.Access{}))
	s.Pause(sandbox.CompanyID, true)
	if status, refused := refresh(t, s, first["refresh_token"]); status != 400 || refused["message"] != "Location is not active" {
		t.Errorf("paused: %d %v", status, refused)
	}
	s.Pause(sandbox.CompanyID, false)
	if status, _ := refresh(t, s, first["refresh_token"]); status != 200 {
		t.Errorf("active again: %d", status)
	}
}

// The client for apps exchanges the code, refreshes the token, and gets the token of a sub-account.
func TestAppWorksAgainstTheSandbox(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithTokenLife(time.Hour))
		transport := rest.WithHTTPClient(&http.Client{Transport: s})
		app := oauth.Config{ClientID: sandbox.ClientID, ClientSecret: sandbox.ClientSecret, RedirectURL: "http://127.0.0.1:1/back",
			Scopes: []string{"snapshots.readonly", "oauth.write", "oauth.readonly"}, AuthorizeAddress: "http://sandbox.test/v2/oauth/chooselocation", Options: []rest.Option{transport}}
		address, err := app.AuthorizeURL("the state")
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequest("GET", address, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		back, err := resp.Location()
		if err != nil || back.Query().Get("state") != "the state" || back.Path != "/back" {
			t.Fatalf("sent back to %v, %v", back, err)
		}
		token, err := app.Exchange(t.Context(), back.Query().Get("code"))
		if err != nil {
			t.Fatal(err)
		}
		if token.CompanyID != sandbox.CompanyID || token.UserType != oauth.Company || token.Scope != "snapshots.readonly oauth.write oauth.readonly" {
			t.Errorf("token of %s %s with %v", token.UserType, token.CompanyID, token.Scope)
		}
		source, err := app.Source(oauth.MemoryStore(*token))
		if err != nil {
			t.Fatal(err)
		}
		c := client(t, s, api.WithTokenSource(source))
		for range 3 {
			if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Hour)
		}
		for _, version := range []string{api.Version20210728, api.VersionV3} {
			oc, err := oauth.NewClient(api.WithTokenSource(source), api.WithCompany(sandbox.CompanyID), api.WithVersion(version), transport)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for location, err := range oc.InstalledLocations(t.Context(), oauth.InstalledLocationsRequest{AppID: "app", PageSize: 2}) {
				if err != nil {
					t.Fatalf("%s: %v", version, err)
				}
				n++
				token, err := oc.LocationToken(t.Context(), oauth.LocationTokenRequest{LocationID: location.ID})
				if err != nil {
					t.Fatalf("%s: %v", version, err)
				}
				if token.LocationID != location.ID || token.UserType != oauth.Location {
					t.Errorf("%s: token of %s %s", version, token.UserType, token.LocationID)
				}
				if _, err := client(t, s, api.WithToken(token.AccessToken)).Snapshots(t.Context(), api.SnapshotsRequest{}); !errors.Is(err, api.ErrTokenType) {
					t.Errorf("%s: snapshots with it: %v", version, err)
				}
			}
			if n != 3 {
				t.Errorf("%s: %d locations", version, n)
			}
		}
	})
}

func TestTokensThatAreRefused(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo), sandbox.WithAccess("ended", sandbox.Access{Scopes: []string{"snapshots.readonly"}, Expires: time.Now()}),
		sandbox.WithAccess("local", sandbox.Access{Scopes: []string{"locations.readonly", "snapshots.readonly"}, UserType: sandbox.SubAccount, LocationID: "sandbox-location-1"}),
		sandbox.WithAccess("pit-agency", sandbox.Access{Scopes: []string{"oauth.write", "locations.readonly"}, CompanyID: "another"}))
	for _, c := range []struct{ token, method, target, says string }{
		{"ended", "GET", "/snapshots/?companyId=c", "Invalid token: access token is invalid"},
		{"sandbox-access-grant-1", "GET", "/snapshots/?companyId=c", "Invalid JWT"},
		{"local", "GET", "/snapshots/?companyId=c", "This token's user type is not yet supported!"},
		{"local", "GET", "/locations/sandbox-location-2", "This location is not accessible from this token!"},
		{"pit-agency", "GET", "/locations/sandbox-location-2", "This location is not accessible from this token!"},
		{"pit-agency", "POST", "/oauth/locationToken", "This token's user type is not yet supported!"},
	} {
		status, body := ask(t, s, c.method, c.target, "", "Authorization: Bearer "+c.token)
		if status != 401 || !strings.Contains(body, c.says) {
			t.Errorf("%s: %s: %d %s", c.token, c.target, status, body)
		}
	}
	if status, body := ask(t, s, "GET", "/locations/sandbox-location-1", "", "Authorization: Bearer local"); status != 200 {
		t.Errorf("its own: %d %s", status, body)
	}
	for target, version := range map[string]string{"/oauth/location-token": "2021-07-28", "/oauth/locationToken": "v3"} {
		if status, body := ask(t, s, "POST", target, "", "Version: "+version); status != 400 || !strings.Contains(body, "POST "+target+" is not available in API version "+version) {
			t.Errorf("%s under %s: %d %s", target, version, status, body)
		}
	}
	cdn := sandbox.New(sandbox.WithCDN())
	if status, body := ask(t, cdn, "GET", "/snapshots/?companyId=c", "", "User-Agent: Go-http-client/1.1"); status != 403 || body != "error code: 1010" {
		t.Errorf("a library's User-Agent: %d %s", status, body)
	}
	if _, err := client(t, cdn).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Errorf("the client's: %v", err)
	}
}

func TestTokenEndpointRefuses(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithApp(sandbox.App{ClientID: "a", ClientSecret: "b", RedirectURL: "http://127.0.0.1:1/"}))
	for _, c := range []struct {
		pairs  []string
		status int
		says   string
	}{
		{nil, 401, "Invalid client"},
		{[]string{"client_id", ""}, 400, "Missing parameter: client_id"},
		{[]string{"client_secret", ""}, 400, "Missing parameter: client_secret"},
		{[]string{"client_id", "a", "client_secret", "c"}, 401, "Invalid client"},
		{[]string{"client_id", "a", "client_secret", "b"}, 400, "Missing parameter: grant_type"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "password"}, 400, "Invalid parameter: grant_type"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "refresh_token"}, 400, "Missing parameter: refresh_token"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "authorization_code"}, 400, "Missing parameter: code"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "authorization_code", "code", "x", "user_type", "x"}, 400, "Invalid parameter: user_type"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "refresh_token", "refresh_token", "sandbox-refresh-grant-1"}, 400, "Invalid grant"},
		{[]string{"client_id", "a", "client_secret", "b", "grant_type", "authorization_code", "code", "x"}, 400, "Invalid grant"},
	} {
		if status, fields := exchange(t, s, c.pairs...); status != c.status || !strings.Contains(strings.TrimSpace(asJSONText(fields)), c.says) {
			t.Errorf("%v: %d %v", c.pairs, status, fields)
		}
	}
	form := "clientId=a&clientSecret=b&grantType=refresh_token"
	if status, body := ask(t, s, "POST", "/oauth/token", form, "Content-Type: application/x-www-form-urlencoded", "Version: v3"); status != 400 || !strings.Contains(body, "Missing parameter: refreshToken") {
		t.Errorf("in the spelling of v3: %d %s", status, body)
	}
	for query, says := range map[string]string{
		"": "response_type", "response_type=code": "client_id", "response_type=code&client_id=a": "redirect_uri must be",
		"response_type=code&client_id=a&redirect_uri=javascript:x":                           "redirect_uri must be",
		"response_type=code&client_id=a&redirect_uri=http://elsewhere/":                      "redirect_uri is not",
		"response_type=code&client_id=a&redirect_uri=http://127.0.0.1:1/&locationId=nowhere": "Location not found",
	} {
		if status, body := ask(t, s, "GET", "/v2/oauth/chooselocation?"+query, ""); status != 400 || !strings.Contains(body, says) {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
}

func asJSONText(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

func TestTokensAreInTheStateFile(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	s := with(t, file)
	_, token := exchange(t, s, "grant_type", "authorization_code", "code", s.Authorize(sandbox.Access{Scopes: []string{"snapshots.readonly"}}))
	s.Pause("sandbox-location-1", true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = with(t, file)
	if _, err := client(t, s, api.WithToken(token["access_token"].(string))).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Error(err)
	}
	if status, _ := refresh(t, s, token["refresh_token"]); status != 200 {
		t.Errorf("refresh: %d", status)
	}
	if paused := s.State().Paused; len(paused) != 1 {
		t.Errorf("paused: %v", paused)
	}
	if text := asText(t, s); strings.Contains(text, "grant") {
		t.Errorf("the state tells of tokens: %s", text)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
