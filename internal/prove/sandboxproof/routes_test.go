package sandboxproof_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// route is an operation of the sandbox.
type route struct {
	method, path string
	types        []string // of tokens
	scoped       bool     // it needs a scope
	open         bool     // it needs no token
	has          bool     // both versions have it
}

func (r route) key() string { return r.method + " " + r.path }

// token is one that the route accepts, by the name of its kind.
func (r route) kind() string {
	if r.open || slices.Contains(r.types, rest.AgencyToken) {
		return "agency"
	}
	return "sub"
}

func (r route) token() string {
	if r.kind() == "agency" {
		return sandbox.Token
	}
	return "sub"
}

// parts are what a request is made of.
type parts struct {
	path, token, version, media string
	query                       url.Values
	body                        string
}

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
	one    = "/locations/sandbox-location-1"
)

// bodies are good bodies, by route.
var bodies = map[string]string{
	"POST /snapshots/share/link":                    `{"snapshot_id":"sandbox-snapshot-own","share_type":"link"}`,
	"POST /locations/":                              `{"companyId":"sandbox-company","name":"New","country":"DE","snapshotId":"sandbox-snapshot-own","prospectInfo":{"firstName":"A","lastName":"B","email":"a@b.test"},"settings":{"allowDuplicateContact":true},"social":{"yelp":"y"}}`,
	"PUT /locations/{locationId}":                   `{"companyId":"sandbox-company","city":"Berlin","snapshot":{"id":"sandbox-snapshot-imported","override":true}}`,
	"POST /locations/{locationId}/tags":             `{"name":"vip"}`,
	"PUT /locations/{locationId}/tags/{tagId}":      `{"name":"gold"}`,
	"POST /locations/{locationId}/customFields":     `{"name":"Size","dataType":"NUMERICAL","position":1,"placeholder":"p","isMultipleFile":true,"maxNumberOfFiles":2,"acceptedFormat":[".pdf"],"textBoxListOptions":[{"label":"a"}],"model":"opportunity"}`,
	"PUT /locations/{locationId}/customFields/{id}": `{"name":"Shoe size"}`,
	"POST /locations/{locationId}/customValues":     `{"name":"Owner","value":"A"}`,
	"PUT /locations/{locationId}/customValues/{id}": `{"name":"Owner","value":"B"}`,
	"POST /oauth/token":                             "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=authorization_code&code=",
	"POST /oauth/locationToken":                     "companyId=sandbox-company&locationId=sandbox-location-1",
	"POST /oauth/location-token":                    "companyId=sandbox-company&locationId=sandbox-location-1",
}

// queries are good queries, by route.
var queries = map[string]string{
	"GET /snapshots/":                                                   "companyId=sandbox-company",
	"POST /snapshots/share/link":                                        "companyId=sandbox-company",
	"GET /snapshots/snapshot-status/{snapshotId}":                       "companyId=sandbox-company&from=2020-01-01&to=2040-01-01&limit=2&lastDoc=",
	"GET /snapshots/snapshot-status/{snapshotId}/location/{locationId}": "companyId=sandbox-company",
	"GET /oauth/installedLocations":                                     "companyId=sandbox-company&appId=a&skip=1&limit=1",
	"GET /oauth/installed-locations":                                    "companyId=sandbox-company&appId=a&pageSize=1&pageToken=1",
	"GET /locations/search":                                             "companyId=sandbox-company&skip=0&limit=2&order=desc",
	"DELETE /locations/{locationId}":                                    "deleteTwilioAccount=false",
	"GET /locations/{locationId}/customFields":                          "model=contact",
}

// good is a request that succeeds, for which a sandbox is made ready.
func (r route) good(t *testing.T, s *sandbox.Sandbox, version string) parts {
	t.Helper()
	query, err := url.ParseQuery(queries[r.key()])
	if err != nil {
		t.Fatal(err)
	}
	p := parts{version: version, token: r.token(), query: query, body: bodies[r.key()], media: asJSON}
	p.path = strings.NewReplacer("{locationId}", "sandbox-location-1", "{snapshotId}", sandbox.Snapshot1).Replace(r.path)
	switch {
	case strings.HasPrefix(r.path, "/oauth/") && p.body != "":
		p.media = asForm
	case p.body == "":
		p.media = ""
	}
	if r.path == "/oauth/token" {
		p.body += s.Authorize(sandbox.Access{})
	}
	if before, _, ok := strings.Cut(p.path, "{"); ok { // the id of an item, which is made first
		list := strings.TrimSuffix(before, "/")
		make := route{method: "POST", path: strings.Replace(list, "sandbox-location-1", "{locationId}", 1), types: r.types}
		resp, err := s.RoundTrip(request(t, make, version, make.good(t, s, version)))
		if err != nil {
			t.Fatal(err)
		}
		made, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(made), `"id":"`)
		id, _, _ := strings.Cut(after, `"`)
		p.path = before + id
	}
	return p
}

// request makes a request of its parts.
func request(t *testing.T, r route, version string, p parts) *http.Request {
	t.Helper()
	target := "https://services.leadconnectorhq.com" + p.path
	if len(p.query) > 0 {
		target += "?" + p.query.Encode()
	}
	req, err := http.NewRequest(r.method, target, strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Authorization": p.token, "Version": p.version, "Content-Type": p.media} {
		if name == "Authorization" && value != "" {
			value = "Bearer " + value
		}
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	return req
}

// requests lists requests of a route by what is wrong with them, each made for a sandbox of its own. Those that begin with "good" succeed,
// those with "perhaps" may.
func (r route) requests(t *testing.T, version string) map[string]func(*sandbox.Sandbox) *http.Request {
	t.Helper()
	all := map[string]func(*sandbox.Sandbox) *http.Request{}
	add := func(why string, change func(*sandbox.Sandbox, *parts)) {
		all[why] = func(s *sandbox.Sandbox) *http.Request {
			p := r.good(t, s, version)
			change(s, &p)
			return request(t, r, version, p)
		}
	}
	add("good", func(*sandbox.Sandbox, *parts) {})
	if !r.open {
		for _, token := range []string{"", "unknown", "pit-unknown", "ended", "none", "other"} {
			why := "token " + token
			if r.path == "/locations/search" && token == "other" || !r.scoped && token == "none" {
				why = "perhaps " + why // it lists what the token reaches, or needs no scope
			}
			add(why, func(_ *sandbox.Sandbox, p *parts) {
				if p.token = token; token == "ended" || token == "none" || token == "other" {
					p.token = r.kind() + "-" + token
				}
			})
		}
		if len(r.types) == 1 {
			add("token of another level", func(_ *sandbox.Sandbox, p *parts) {
				p.token = map[string]string{"agency": "sub", "sub": "agency-own"}[r.kind()]
			})
		}
		add("perhaps a private integration token", func(_ *sandbox.Sandbox, p *parts) { p.token = "pit-none" })
		add("no version", func(_ *sandbox.Sandbox, p *parts) { p.version = "" })
		add("unknown version", func(_ *sandbox.Sandbox, p *parts) { p.version = "2020-01-01" })
		if !r.has {
			add("version without it", func(_ *sandbox.Sandbox, p *parts) {
				p.version = map[string]string{"v3": "2021-07-28", "2021-07-28": "v3"}[version]
			})
		}
	}
	for name := range r.goodQuery() {
		for _, value := range []string{"", "x", "-1", "100000"} {
			add("perhaps query "+name+"="+value, func(_ *sandbox.Sandbox, p *parts) { p.query.Set(name, value) })
		}
		add("perhaps no query "+name, func(_ *sandbox.Sandbox, p *parts) { p.query.Del(name) })
	}
	if strings.Contains(r.path, "{") {
		add("an id that is not there", func(_ *sandbox.Sandbox, p *parts) {
			p.path = strings.Replace(r.path, "{locationId}", "sandbox-location-1", 1)
			p.path = p.path[:max(strings.LastIndex(p.path, "/"), strings.Index(p.path, "{")-1)] + "/none"
			if before, after, ok := strings.Cut(r.path, "{snapshotId}"); ok {
				p.path = before + "none" + strings.Replace(after, "{locationId}", "none", 1)
			}
			if p.token == "sub" {
				p.token = "sub-any"
			}
			if strings.HasSuffix(r.path, "s") && strings.HasPrefix(r.path, one[:11]) { // a list of a sub-account
				p.path = strings.Replace(r.path, "{locationId}", "none", 1)
			}
		})
	}
	r.badBodies(add)
	if strings.HasPrefix(r.path, "/oauth/") && r.method == "POST" {
		add("a paused agency", func(s *sandbox.Sandbox, _ *parts) { s.Pause(sandbox.CompanyID, true) })
	}
	if r.path == "/oauth/token" {
		for why, form := range map[string]string{
			"wrong secret": "client_id=sandbox-app&client_secret=wrong&grant_type=authorization_code&code=x", "code": "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=authorization_code&code=x",
			"refresh token": "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=refresh_token&refresh_token=x", "grant type": "client_id=sandbox-app&client_secret=sandbox-secret&grant_type=x",
		} {
			add("form: "+why, func(_ *sandbox.Sandbox, p *parts) { p.body = form })
		}
		add("good in JSON", func(_ *sandbox.Sandbox, p *parts) {
			fields, _ := url.ParseQuery(p.body)
			text, _ := json.Marshal(map[string]string{"clientId": fields.Get("client_id"), "clientSecret": fields.Get("client_secret"), "grantType": fields.Get("grant_type"), "code": fields.Get("code")})
			p.media, p.body = asJSON, string(text)
		})
	}
	return all
}

func (r route) goodQuery() url.Values {
	query, _ := url.ParseQuery(queries[r.key()])
	return query
}

// badBodies adds requests with other bodies than the good one.
func (r route) badBodies(add func(string, func(*sandbox.Sandbox, *parts))) {
	good := bodies[r.key()]
	if good == "" {
		return
	}
	for _, body := range []string{"", "{}", "[]", "null", "{", "7", "\xff", "a=b&c", "%zz", strings.Repeat("x", 2<<20)} {
		add("body "+body[:min(9, len(body))], func(_ *sandbox.Sandbox, p *parts) { p.body = body })
	}
	for _, media := range []string{"", "text/plain", "image/png; x", "multipart/form-data"} {
		add("media type "+media, func(_ *sandbox.Sandbox, p *parts) { p.media = media })
	}
	if !strings.HasPrefix(good, "{") {
		fields, _ := url.ParseQuery(good)
		for name := range fields {
			for _, value := range []string{"", "none"} {
				add("field "+name+"="+value, func(_ *sandbox.Sandbox, p *parts) {
					form, _ := url.ParseQuery(p.body)
					form.Set(name, value)
					p.body = form.Encode()
				})
			}
		}
		return
	}
	var fields map[string]any
	_ = json.Unmarshal([]byte(good), &fields)
	for name := range fields {
		for _, value := range []any{nil, 7, true, "", "none", []any{1}, map[string]any{"id": 7}, map[string]any{}} {
			text, _ := json.Marshal(value)
			add("perhaps field "+name+"="+string(text), func(_ *sandbox.Sandbox, p *parts) {
				var body map[string]any
				_ = json.Unmarshal([]byte(p.body), &body)
				body[name] = value
				changed, _ := json.Marshal(body)
				p.body = string(changed)
			})
		}
	}
}

// judgeForm judges an answer by the document of the snapshots, where none of its own is about it.
func judgeForm(t *testing.T, r route, resp *http.Response, snapshots *judge.Judge) {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := func() *http.Response {
		again := *resp
		again.Body = io.NopCloser(strings.NewReader(string(body)))
		return &again
	}
	list := route{method: "GET", path: "/snapshots/"}
	asked := request(t, list, "v3", parts{path: "/snapshots/", token: "x", version: "v3", query: url.Values{"companyId": {"c"}}})
	if v := snapshots.Response(asked, answer()); !v.OK() {
		t.Errorf("%s: %v", r.key(), v.Err())
	}
}
