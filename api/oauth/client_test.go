package oauth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// agency returns a client with an agency's token that talks to service, and the requests that it sends.
func agency(t *testing.T, service func(*http.Request) (int, string), opts ...rest.Option) (*Client, *[]*http.Request) {
	t.Helper()
	var sent []*http.Request
	transport := lossy(func(q *http.Request) (*http.Response, error) {
		_ = q.ParseForm()
		sent = append(sent, q)
		status, body := service(q)
		return says(q, status, body), nil
	})
	c, err := NewClient(append([]rest.Option{rest.WithToken("agency-secret"), rest.WithBudget(nil), rest.WithRetry(rest.Retry{Attempts: 1}),
		rest.WithHTTPClient(&http.Client{Transport: transport})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c, &sent
}

var v3 = rest.WithDefault("Version", "v3")

func TestLocationTokenUnderBothVersions(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		version, path, answer, refresh string
		opts                           []rest.Option
	}{
		{"2021-07-28", "/oauth/locationToken", `{"access_token":"location-secret","token_type":"Bearer","expires_in":86399,"scope":"a b","locationId":"l1","userId":"u1"}`, "", nil},
		{"v3", "/oauth/location-token", `{"accessToken":"location-secret","tokenType":"Bearer","expiresIn":86399,"scope":"a b","locationId":"l1","userId":"u1","refreshToken":"location-refresh"}`, "location-refresh", []rest.Option{v3}},
	} {
		client, sent := agency(t, func(*http.Request) (int, string) { return 200, c.answer }, c.opts...)
		token, err := client.LocationToken(t.Context(), LocationTokenRequest{CompanyID: "c1", LocationID: "l1"})
		if err != nil {
			t.Fatal(err)
		}
		q := (*sent)[0]
		if q.Method != "POST" || q.URL.Path != c.path || q.Header.Get("Version") != c.version || q.Header.Get("Authorization") != "Bearer agency-secret" ||
			q.PostForm.Encode() != "companyId=c1&locationId=l1" {
			t.Errorf("%s: sent %s %s with %v", c.version, q.Method, q.URL, q.PostForm)
		}
		if left := time.Until(token.Expires); left < 23*time.Hour || left > 24*time.Hour {
			t.Errorf("%s: ends in %v", c.version, left)
		}
		if token.AccessToken != "location-secret" || token.RefreshToken != c.refresh || token.UserType != Location || token.CompanyID != "c1" || token.LocationID != "l1" || token.UserID != "u1" {
			t.Errorf("%s: token is %v", c.version, token)
		}
		if info := token.Info(); info.Type != rest.SubAccountToken || !slices.Equal(info.Scopes, []string{"a", "b"}) || info.LocationID != "l1" || info.Expires.IsZero() {
			t.Errorf("%s: info is %+v", c.version, info)
		}
	}
}

func TestLocationTokenIsRefusedWhereItCannotBeRight(t *testing.T) {
	leak.Check(t)
	body := ""
	client, sent := agency(t, func(*http.Request) (int, string) { return 200, body })
	answers := map[string]string{
		`{"access_token":"location-secret","locationId":"l2"}`:                          `location "l2"`,
		`{"access_token":"` + jwt(`{"authClass":"Location","authClassId":"l2"}`) + `"}`: `location "l2"`,
		`{"access_token":"agency-secret","userType":"Company","companyId":"c1"}`:        "an agency",
		`{"access_token":"` + jwt(`{"authClass":"Company","authClassId":"c1"}`) + `"}`:  "an agency",
		"{\"access_token\":\"secret-\xff\",\"userType\":\"Location\"}":                  "without an access token",
		`{"access_token":"secret-\ud800","userType":"Location"}`:                        "without an access token",
	}
	for text, says := range answers {
		body = text
		token, err := client.LocationToken(t.Context(), LocationTokenRequest{CompanyID: "c1", LocationID: "l1"})
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s is accepted: %v, %v", text, token, err)
		}
	}
	if _, err := client.LocationToken(t.Context(), LocationTokenRequest{}); !errors.Is(err, rest.ErrInvalidRequest) || !strings.Contains(err.Error(), "CompanyID") || !strings.Contains(err.Error(), "LocationID") || len(*sent) != len(answers) {
		t.Errorf("%d requests, error %v", len(*sent), err)
	}
	var none *Client
	if _, err := none.LocationToken(t.Context(), LocationTokenRequest{CompanyID: "c1", LocationID: "l1"}); err == nil {
		t.Error("a nil client answers")
	}
}

// jwt is a token of the service's form.
func jwt(payload string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(payload)) + "." + encode([]byte("signature"))
}

func TestTokenThatIsKnownToLackSomethingIsRefusedBeforeSending(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		token string
		is    error
		word  string
	}{
		"private integration": {"pit-01234567-89ab-cdef-0123-456789abcdef", rest.ErrTokenType, rest.PrivateIntegrationToken},
		"location":            {jwt(`{"authClass":"Location","authClassId":"l"}`), rest.ErrTokenType, rest.SubAccountToken},
		"scope":               {jwt(`{"authClass":"Company","oauthMeta":{"scopes":["oauth.readonly","snapshots.readonly"]}}`), rest.ErrMissingScope, "oauth.write"},
		"unknown":             {"opaque", nil, ""},
		"nothing known":       {jwt(`{"sub":"1"}`), nil, ""},
		"no scopes named":     {jwt(`{"authClass":"Company","oauthMeta":{"scopes":[]}}`), nil, ""},
		"all there":           {jwt(`{"authClass":"Company","oauthMeta":{"scopes":["oauth.write"]}}`), nil, ""},
	} {
		client, sent := agency(t, func(*http.Request) (int, string) { return 200, `{"access_token":"x"}` }, rest.WithToken(c.token))
		_, err := client.LocationToken(t.Context(), LocationTokenRequest{CompanyID: "c1", LocationID: "l1"})
		switch {
		case c.is == nil && (err != nil || len(*sent) != 1):
			t.Errorf("%s: %d requests, error %v", name, len(*sent), err)
		case c.is != nil && (!errors.Is(err, c.is) || !strings.Contains(err.Error(), c.word) || len(*sent) != 0):
			t.Errorf("%s: %d requests, error %v", name, len(*sent), err)
		}
	}
}

func TestSourceTellsWhatItsTokenIs(t *testing.T) {
	leak.Check(t)
	end := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	_, config := start(t)
	s := source(t, config, MemoryStore(Token{AccessToken: "access-secret-0", RefreshToken: "r", Expires: end, UserType: Company, CompanyID: "c1", Scope: "snapshots.readonly"}))
	info, err := s.Info(t.Context())
	want := rest.TokenInfo{Type: rest.AgencyToken, CompanyID: "c1", Scopes: []string{"snapshots.readonly"}, Expires: end}
	if err != nil || fmt.Sprint(info) != fmt.Sprint(want) {
		t.Errorf("info is %+v, %v", info, err)
	}
	client, sent := agency(t, func(*http.Request) (int, string) { return 200, `{}` }, rest.WithTokenSource(s))
	if info, err := client.TokenInfo(t.Context()); err != nil || fmt.Sprint(info) != fmt.Sprint(want) {
		t.Errorf("info of the client is %+v, %v", info, err)
	}
	if _, err := client.LocationToken(t.Context(), LocationTokenRequest{CompanyID: "c1", LocationID: "l1"}); !errors.Is(err, rest.ErrMissingScope) || len(*sent) != 0 {
		t.Errorf("%d requests, error %v", len(*sent), err)
	}
}

// location returns the JSON of a numbered location.
func location(n int) string {
	return fmt.Sprintf(`{"_id":"l%d","name":"Location %d","address":"x","isInstalled":true,"versionId":"v","installedAt":"2024-01-15T10:30:00.000Z"}`, n, n)
}

func locations(from, to int) string {
	var all []string
	for n := from; n < to; n++ {
		all = append(all, location(n))
	}
	return strings.Join(all, ",")
}

// dated answers as version 2021-07-28, newer as v3; there are 45 locations.
func dated(q *http.Request) (int, string) {
	skip, _ := strconv.Atoi(q.URL.Query().Get("skip"))
	limit, err := strconv.Atoi(q.URL.Query().Get("limit"))
	if err != nil {
		limit = 20
	}
	return 200, fmt.Sprintf(`{"locations":[%s],"count":45,"installToFutureLocations":true}`, locations(skip, min(skip+limit, 45)))
}

func newer(q *http.Request) (int, string) {
	from, _ := strconv.Atoi(strings.TrimPrefix(q.URL.Query().Get("pageToken"), "token-"))
	size, err := strconv.Atoi(q.URL.Query().Get("pageSize"))
	if err != nil {
		size = 20
	}
	to, next := min(from+size, 45), ""
	if to < 45 {
		next = fmt.Sprintf(`,"nextPageToken":"token-%d"`, to)
	}
	return 200, fmt.Sprintf(`{"items":[%s],"pagination":{"hasNextPage":%v,"hasPrevPage":false,"currentPageSize":%d,"totalRecords":45%s},"installToFutureLocations":true}`,
		locations(from, to), next != "", to-from, next)
}

func TestInstalledLocationsUnderBothVersions(t *testing.T) {
	leak.Check(t)
	yes := true
	for _, c := range []struct {
		path, second string
		service      func(*http.Request) (int, string)
		opts         []rest.Option
	}{
		{"/oauth/installedLocations", "appId=a1&companyId=c1&isInstalled=true&limit=30&query=Loc&skip=30", dated, nil},
		{"/oauth/installed-locations", "appId=a1&companyId=c1&isInstalled=true&pageSize=30&pageToken=token-30&query=Loc", newer, []rest.Option{v3}},
	} {
		client, sent := agency(t, c.service, append(c.opts, rest.WithDefault("companyId", "c1"))...)
		req := InstalledLocationsRequest{AppID: "a1", IsInstalled: &yes, Query: "Loc", PageSize: 30}
		n := 0
		for l, err := range client.InstalledLocations(t.Context(), req) {
			if err != nil {
				t.Fatal(err)
			}
			if l.ID != fmt.Sprint("l", n) || !l.IsInstalled || l.InstalledAt.Year() != 2024 || l.VersionID != "v" {
				t.Errorf("%s: item %d is %+v", c.path, n, l)
			}
			n++
		}
		second := (*sent)[1]
		if n != 45 || second.URL.Path != c.path || second.URL.Query().Encode() != c.second {
			t.Errorf("%s: %d items, second request %s", c.path, n, second.URL)
		}
		page, err := client.InstalledLocationsPage(t.Context(), req)
		if err != nil || page.Count != 45 || !page.InstallToFutureLocations || page.Next == "" || len(page.Locations) != 30 {
			t.Errorf("%s: page %+v, %v", c.path, page, err)
		}
	}
}

func TestInstalledLocationsNeverGoInACircleOrStopEarly(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		service func(*http.Request) (int, string)
		is      error
		opts    []rest.Option
	}{
		"skip is ignored": {func(*http.Request) (int, string) { return 200, `{"locations":[` + locations(0, 20) + `]}` }, rest.ErrRepeatedCursor, nil},
		"skip is ignored, and no item has an id": {func(*http.Request) (int, string) {
			return 200, `{"locations":[{"_id":{},"name":"one"},{"_id":"2"}]}`
		}, rest.ErrRepeatedCursor, nil},
		"the token is repeated": {func(*http.Request) (int, string) {
			return 200, `{"items":[],"pagination":{"hasNextPage":true,"nextPageToken":"t"}}`
		}, rest.ErrRepeatedCursor, []rest.Option{v3}},
		"no token": {func(*http.Request) (int, string) {
			return 200, `{"items":[` + location(1) + `],"pagination":{"hasNextPage":true}}`
		}, errNoPageToken, []rest.Option{v3}},
	} {
		client, sent := agency(t, c.service, c.opts...)
		var last error
		for _, err := range client.InstalledLocations(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a"}) {
			last = err
		}
		if !errors.Is(last, c.is) || len(*sent) > 2 {
			t.Errorf("%s: %d requests, error %v", name, len(*sent), last)
		}
	}
	client, sent := agency(t, dated)
	for _, err := range client.InstalledLocations(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a", Cursor: "token-20"}) {
		if !errors.Is(err, rest.ErrInvalidRequest) {
			t.Errorf("a cursor of the other version: %v", err)
		}
	}
	for _, err := range client.InstalledLocations(t.Context(), InstalledLocationsRequest{PageSize: -1}) {
		if bad, ok := errors.AsType[*rest.RequestError](err); !ok || len(bad.Problems) != 3 {
			t.Errorf("an empty request: %v", err)
		}
	}
	if len(*sent) != 0 {
		t.Errorf("%d requests", len(*sent))
	}
}

// The level that a stored token has is the one that its refresh asks for.
func TestRefreshAsksForTheStoredTokensLevel(t *testing.T) {
	leak.Check(t)
	i, config := start(t)
	old := ended
	old.UserType = Location
	if _, err := source(t, config, MemoryStore(old)).Token(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if got := url.Values(i.forms[0]).Get("user_type"); got != Location {
		t.Errorf("user_type is %q", got)
	}
}

func TestInvalidRequestsForInstalledLocationsAreNotSent(t *testing.T) {
	leak.Check(t)
	sent := lossy(func(r *http.Request) (*http.Response, error) {
		t.Errorf("sent %s", r.URL)
		return nil, errors.New("no")
	})
	for _, c := range []struct {
		version, fields string
		request         InstalledLocationsRequest
		op              *rest.Operation
	}{
		{"2021-07-28", "AppID PageSize Cursor", InstalledLocationsRequest{CompanyID: "c", PageSize: -1, Cursor: "x"}, OperationInstalledLocations},
		{"2021-07-28", "CompanyID", InstalledLocationsRequest{AppID: "a"}, OperationInstalledLocations},
		{"v3", "PageSize AppID", InstalledLocationsRequest{CompanyID: "c", PageSize: 101, Cursor: "x"}, OperationInstalledLocationsV3},
		{"v3", "PageSize CompanyID", InstalledLocationsRequest{AppID: "a", PageSize: -1}, OperationInstalledLocationsV3},
	} {
		client, err := NewClient(rest.WithToken("t"), rest.WithDefault("Version", c.version), rest.WithHTTPClient(&http.Client{Transport: sent}))
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.InstalledLocationsPage(t.Context(), c.request)
		bad, ok := errors.AsType[*rest.RequestError](err)
		if !ok || bad.Operation != c.op || rest.EffectOf(err) != rest.EffectNone {
			t.Errorf("%+v: %v", c.request, err)
			continue
		}
		var fields []string
		for _, p := range bad.Problems {
			fields = append(fields, p.Field)
		}
		if strings.Join(fields, " ") != c.fields {
			t.Errorf("%+v: %q, want %s", c.request, fields, c.fields)
		}
	}
	var none *Client
	if _, err := none.InstalledLocationsPage(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a"}); !errors.Is(err, rest.ErrInvalidRequest) {
		t.Error(err)
	}
}

// The service counts an item that cannot be read, and the client does not: the next page then begins with an item that came before.
func TestInstalledLocationsComeOnceWhereOneCannotBeRead(t *testing.T) {
	leak.Check(t)
	all := []string{location(1), `"not an object"`, location(2), location(3)}
	client, _ := agency(t, func(r *http.Request) (int, string) {
		skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
		return 200, `{"locations":[` + strings.Join(all[min(skip, 4):min(skip+3, 4)], ",") + `],"count":1e300}`
	})
	var ids []string
	for l, err := range client.InstalledLocations(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a"}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, l.ID)
	}
	if len(ids) != 3 || len(slices.Compact(ids)) != 3 {
		t.Errorf("the sub-accounts are %q", ids)
	}
	if page, err := client.InstalledLocationsPage(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a"}); err != nil || page.Count != 0 {
		t.Errorf("a count of 1e300 is read as %d, %v", page.Count, err)
	}
}

func TestInstalledLocationsCountWhatCannotBeRead(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		list string // an x cannot be read
		size int
		want string
		err  error
	}{
		{"xx1234567", 5, "1234567", nil},
		{"12xx345x6", 3, "123456", nil},
		{"12xx34", 2, "1234", nil},
		{"xx12", 2, "12", nil},
		{"12xx", 2, "12", nil},
		{"1xxxxxxxxx2", 1, "12", nil},
		{"1xxxxxxxxxx2", 1, "1", rest.ErrRepeatedCursor},
		{"xx", 0, "", rest.ErrRepeatedCursor}, // skip is ignored
		{"12-", 2, "12", errNotAList},
	} {
		client, sent := agency(t, func(r *http.Request) (int, string) {
			page := c.list
			if skip, _ := strconv.Atoi(r.URL.Query().Get("skip")); c.size > 0 {
				page = page[min(skip, len(page)):min(skip+c.size, len(page))]
			}
			if page == "-" {
				return 200, `{"locations":"none","count":3}`
			}
			items := []string{}
			for _, item := range page {
				if item == 'x' {
					items = append(items, `"no"`)
				} else {
					items = append(items, location(int(item-'0')))
				}
			}
			return 200, `{"locations":[` + strings.Join(items, ",") + `],"count":9}`
		})
		got := ""
		var failed error
		for l, err := range client.InstalledLocations(t.Context(), InstalledLocationsRequest{CompanyID: "c", AppID: "a"}) {
			if err != nil {
				failed = err
				continue
			}
			got += strings.TrimPrefix(l.ID, "l")
		}
		if got != c.want || !errors.Is(failed, c.err) || c.err == nil && failed != nil || len(*sent) > 15 {
			t.Errorf("%q: got %q after %d pages, want %q; %v", c.list, got, len(*sent), c.want, failed)
		}
	}
}
