package sandbox

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// The app of the sandbox, unless [WithApp] sets another.
const (
	ClientID     = "sandbox-app"
	ClientSecret = "sandbox-secret"
)

// App is an OAuth app.
type App struct {
	ClientID     string // of the app
	ClientSecret string // of the app
	RedirectURL  string // the only one that is accepted; any if empty
}

// WithApp sets the app, instead of [ClientID].
func WithApp(app App) Option { return func(s *Sandbox) { s.app = app } }

// WithTokenLife sets how long access tokens are valid. The default is 24 hours, as for those of the service.
func WithTokenLife(d time.Duration) Option {
	return func(s *Sandbox) { s.tokenLife = max(time.Second, d) }
}

// Prefixes of codes and tokens.
const (
	codePrefix    = "sandbox-code-"
	accessPrefix  = "sandbox-access-"
	refreshPrefix = "sandbox-refresh-"
)

const (
	refreshGrace = 30 * time.Second     // for which a used refresh token gets the same response again
	codeLife     = 10 * time.Minute     // the maximum that RFC 6749 recommends; that of the service is not known
	refreshLife  = 365 * 24 * time.Hour // of an unused refresh token
)

// grant is a code or a pair of tokens that was issued.
type grant struct {
	ID string `json:"id"` // the end of its code or its tokens
	Access
	Code   bool      `json:"code,omitzero"`  // it is a code that has not been used yet
	Issued time.Time `json:"issued"`         // according to this machine's clock
	Spent  time.Time `json:"spent,omitzero"` // when its refresh token was first used
	Next   string    `json:"next,omitzero"`  // the grant that it was used for
	Lone   bool      `json:"lone,omitzero"`  // it has no refresh token
}

// grantOf returns the grant of a token with that prefix, or nil.
func (s *Sandbox) grantOf(prefix, token string) *grant {
	id, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return nil
	}
	g := s.grants.get(id)
	if g == nil || g.Code != (prefix == codePrefix) || g.Lone && prefix == refreshPrefix {
		return nil
	}
	return g
}

// Authorize grants access to the app, as a person does on the service's page, and returns the code to exchange for a token. A code can
// be used once.
func (s *Sandbox) Authorize(a Access) (code string) {
	s.change(func() { code = s.authorize(a) })
	return code
}

func (s *Sandbox) authorize(a Access) (code string) {
	if a.UserType == "" {
		a.UserType = Company
	}
	if a.CompanyID == "" {
		a.CompanyID = CompanyID
	}
	return codePrefix + s.grant(grant{Access: a, Code: true, Issued: time.Now()}).ID
}

// Pause makes a sub-account or an agency inactive, so that its tokens are not refreshed, or active again.
func (s *Sandbox) Pause(id string, paused bool) {
	s.change(func() {
		if paused {
			s.paused.put(id)
		} else {
			s.paused.remove(id)
		}
	})
}

var opAuthorize = rest.Operation{ID: "choose-location", Name: "ChooseLocation", Method: "GET", Path: "/v2/oauth/chooselocation", Statuses: []int{302, 400}}

// chooseLocation is the page where a person grants access. It redirects the browser at once, with a code; with a locationId in the
// query, which the service's page asks for, the access is for that sub-account.
func (s *Sandbox) chooseLocation(v *visit) *answer {
	q := v.query
	back, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("response_type") != "code":
		return refuse(http.StatusBadRequest, "response_type must be code")
	case q.Get("client_id") != s.app.ClientID:
		return refuse(http.StatusBadRequest, "client_id is not the app's")
	case err != nil || back.Host == "" || back.Scheme != "http" && back.Scheme != "https":
		return refuse(http.StatusBadRequest, "redirect_uri must be an address")
	case s.app.RedirectURL != "" && q.Get("redirect_uri") != s.app.RedirectURL:
		return refuse(http.StatusBadRequest, "redirect_uri is not the app's")
	}
	access := Access{Scopes: strings.Fields(q.Get("scope"))}
	if id := q.Get("locationId"); id != "" {
		location := s.locations.get(id)
		if location == nil {
			return refuse(http.StatusBadRequest, "Location not found")
		}
		access.UserType, access.LocationID, access.CompanyID = SubAccount, id, location.CompanyID
	}
	to := back.Query()
	to.Set("code", s.authorize(access))
	if state := q.Get("state"); state != "" {
		to.Set("state", state)
	}
	back.RawQuery = to.Encode()
	a := &answer{status: http.StatusFound}
	a.set("Location", back.String())
	return a
}

// token exchanges a code or a refresh token for a pair of tokens. That a wrong secret is answered with 401, and that an access token
// stays valid after a refresh, are guesses.
func (s *Sandbox) token(v *visit) *answer {
	form, err := v.form()
	if err != nil {
		return refuse(http.StatusBadRequest, "Bad Request")
	}
	f := tokenForm{form, v}
	grantType, userType := f.get("grant_type"), f.get("user_type")
	given := map[string]string{"authorization_code": "code", "refresh_token": "refresh_token"}[grantType]
	switch missing := f.missing("client_id", "client_secret"); {
	case missing != nil:
		return missing
	case f.get("client_id") != s.app.ClientID || f.get("client_secret") != s.app.ClientSecret:
		return refuse(http.StatusUnauthorized, "Invalid client: client credentials are invalid")
	}
	if missing := f.missing("grant_type"); missing != nil {
		return missing
	}
	switch {
	case given == "":
		return f.invalid("grant_type")
	case userType != "" && userType != Company && userType != SubAccount:
		return f.invalid("user_type")
	}
	if missing := f.missing(given); missing != nil {
		return missing
	}
	if given == "code" {
		return s.exchangeCode(v, f.get(given))
	}
	return s.refresh(v, f.get(given))
}

// tokenForm is the form of a request to the token endpoint. Either spelling of the names is accepted in both versions.
type tokenForm struct {
	url.Values
	*visit
}

func (f tokenForm) get(name string) string {
	if f.Has(name) {
		return f.Values.Get(name)
	}
	return f.Values.Get(camelCase(name))
}

// missing returns a refusal if the form lacks one of the fields.
func (f tokenForm) missing(names ...string) *answer {
	for _, name := range names {
		if f.get(name) == "" {
			return refuse(http.StatusBadRequest, "Missing parameter: "+f.spell(name))
		}
	}
	return nil
}

func (f tokenForm) invalid(name string) *answer {
	return refuse(http.StatusBadRequest, "Invalid parameter: "+f.spell(name))
}

// spell returns the name of a field in the spelling of the request's version.
func (v *visit) spell(name string) string {
	if v.Header.Get("Version") == api.VersionV3 {
		return camelCase(name)
	}
	return name
}

// camelCase spells a name such as access_token as accessToken.
func camelCase(name string) string {
	first, rest, _ := strings.Cut(name, "_")
	for word := range strings.SplitSeq(rest, "_") {
		if word != "" {
			first += strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return first
}

func (s *Sandbox) exchangeCode(v *visit, code string) *answer {
	g := s.grantOf(codePrefix, code)
	if g == nil || g.stale(time.Now()) {
		return refuse(http.StatusBadRequest, "Invalid grant: authorization code is invalid")
	}
	if s.isPaused(g.Access) {
		return refuse(http.StatusBadRequest, "Location is not active")
	}
	access := g.Access
	s.grants.remove(g.ID)
	return answerWith(v, s.issue(access))
}

func (s *Sandbox) refresh(v *visit, token string) *answer {
	g := s.grantOf(refreshPrefix, token)
	now := time.Now()
	switch {
	case g == nil, g.Spent.IsZero() && now.Sub(g.Issued) > refreshLife, !g.Spent.IsZero() && now.Sub(g.Spent) >= refreshGrace:
		return refuse(http.StatusBadRequest, "Invalid grant: refresh token is invalid")
	case s.isPaused(g.Access):
		return refuse(http.StatusBadRequest, "Location is not active")
	case !g.Spent.IsZero():
		if next := s.grants.get(g.Next); next != nil {
			return answerWith(v, next)
		}
		return refuse(http.StatusBadRequest, "Invalid grant: refresh token is invalid") // the clock was set back
	}
	next := s.issue(g.Access)
	g.Spent, g.Next = now, next.ID
	s.grants.touch(g)
	return answerWith(v, next)
}

func (s *Sandbox) isPaused(a Access) bool {
	return s.paused.get(a.CompanyID) != nil || a.LocationID != "" && s.paused.get(a.LocationID) != nil
}

// issue issues a pair of tokens.
func (s *Sandbox) issue(a Access) *grant {
	now := time.Now()
	a.Expires = now.Add(s.tokenLife)
	return s.grant(grant{Access: a, Issued: now})
}

// grant adds a code or a pair of tokens. Each time that their number has doubled, those that can no longer be used are removed.
func (s *Sandbox) grant(g grant) *grant {
	if s.grants.len() >= s.mostGrants {
		s.grants.removeAll(func(old *grant) bool { return old.useless(g.Issued) })
		s.mostGrants = max(100, 2*s.grants.len())
	}
	g.ID = s.newID("grant")
	return s.grants.put(g)
}

func (g *grant) useless(now time.Time) bool {
	if g.Code {
		return g.stale(now)
	}
	return g.Expires.Before(now) && (g.Lone || !g.Spent.IsZero() && now.Sub(g.Spent) >= refreshGrace)
}

// stale reports whether a code is too old to be used.
func (g *grant) stale(now time.Time) bool { return now.Sub(g.Issued) > codeLife }

// answerWith responds with a pair of tokens.
func answerWith(v *visit, g *grant) *answer {
	fields := g.view(v)
	fields["userType"], fields["companyId"] = g.UserType, g.CompanyID
	return asJSON(http.StatusOK, fields)
}

// view returns the fields of every response with tokens.
func (g *grant) view(v *visit) map[string]any {
	fields := map[string]any{
		v.spell("access_token"): accessPrefix + g.ID, v.spell("token_type"): "Bearer", v.spell("expires_in"): int(time.Until(g.Expires).Seconds()),
		"scope": strings.Join(g.Scopes, " "), "userId": "sandbox-user",
	}
	if !g.Lone {
		fields[v.spell("refresh_token")] = refreshPrefix + g.ID
	}
	if g.LocationID != "" {
		fields["locationId"] = g.LocationID
	}
	return fields
}

// form reads a body that is a form, or a JSON object of strings.
func (v *visit) form() (url.Values, error) {
	kind, _, _ := mime.ParseMediaType(v.Header.Get("Content-Type"))
	switch kind {
	case "application/x-www-form-urlencoded":
		return url.ParseQuery(string(v.body))
	case "application/json":
		var fields map[string]string
		err := json.Unmarshal(v.body, &fields)
		form := url.Values{}
		for name, value := range fields {
			form.Set(name, value)
		}
		return form, err
	}
	return nil, errors.New("neither a form nor JSON")
}
