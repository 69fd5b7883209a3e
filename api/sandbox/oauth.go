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

// The app that the sandbox knows, unless [WithApp] names another one.
const (
	ClientID     = "sandbox-app"
	ClientSecret = "sandbox-secret"
)

// App is an OAuth app.
type App struct {
	ClientID     string // of the app
	ClientSecret string // of the app
	RedirectURL  string // the only one that is accepted; empty for any
}

// WithApp makes the sandbox know an app instead of [ClientID].
func WithApp(app App) Option { return func(s *Sandbox) { s.app = app } }

// WithTokenLife says how long the access tokens that are handed out serve; 24 hours, as the service's, unless set.
func WithTokenLife(d time.Duration) Option {
	return func(s *Sandbox) { s.tokenLife = max(time.Second, d) }
}

// What codes and tokens begin with.
const (
	codePrefix    = "sandbox-code-"
	accessPrefix  = "sandbox-access-"
	refreshPrefix = "sandbox-refresh-"
)

const (
	refreshGrace = 30 * time.Second     // in which a spent refresh token gets the same answer again
	refreshLife  = 365 * 24 * time.Hour // of a refresh token that nobody uses
)

// grant is a code, or a pair of tokens that was handed out.
type grant struct {
	ID string `json:"id"` // what its code or its tokens end with
	Access
	Code   bool      `json:"code,omitzero"`  // it is a code that has not been traded yet
	Issued time.Time `json:"issued"`         // by this machine's clock
	Spent  time.Time `json:"spent,omitzero"` // when its refresh token was first used
	Next   string    `json:"next,omitzero"`  // the grant that it was used for
	Lone   bool      `json:"lone,omitzero"`  // it has no refresh token
}

// grantOf finds the grant of a token with that prefix.
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

// Authorize grants an app what a person would on the service's page, and returns the code to trade for a token. It serves once.
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
	return codePrefix + s.grants.put(grant{ID: s.newID("grant"), Access: a, Code: true, Issued: time.Now()}).ID
}

// Pause makes a sub-account or an agency inactive, so that its tokens are not renewed, or active again.
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

// chooseLocation stands for the page where a person grants access: it sends the browser back with a code at once. The query's
// locationId, which the page would ask for, makes it the access of that sub-account.
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

// token trades a code or a refresh token for a pair of tokens. That a wrong secret is answered with 401, and that a token
// which was replaced serves until its end, are guesses.
func (s *Sandbox) token(v *visit) *answer {
	form, err := v.form()
	if err != nil {
		return refuse(http.StatusBadRequest, "Bad Request")
	}
	// The names have been spelled in two ways.
	field := func(snake, camel string) string {
		if form.Has(snake) {
			return form.Get(snake)
		}
		return form.Get(camel)
	}
	if field("client_id", "clientId") != s.app.ClientID || field("client_secret", "clientSecret") != s.app.ClientSecret {
		return refuse(http.StatusUnauthorized, "Invalid client: client credentials are invalid")
	}
	switch grantType := field("grant_type", "grantType"); grantType {
	case "authorization_code":
		return s.tradeCode(v, form.Get("code"))
	case "refresh_token":
		return s.tradeRefresh(v, field("refresh_token", "refreshToken"))
	default:
		return invalid(v.route.op, "grant_type must be one of the following values: authorization_code, refresh_token")
	}
}

func (s *Sandbox) tradeCode(v *visit, code string) *answer {
	g := s.grantOf(codePrefix, code)
	if g == nil {
		return refuse(http.StatusBadRequest, "Invalid grant: authorization code is invalid")
	}
	if s.isPaused(g.Access) {
		return refuse(http.StatusBadRequest, "Location is not active")
	}
	access := g.Access
	s.grants.remove(g.ID)
	return handOut(v, s.issue(access))
}

func (s *Sandbox) tradeRefresh(v *visit, token string) *answer {
	g := s.grantOf(refreshPrefix, token)
	now := time.Now()
	switch {
	case g == nil, g.Spent.IsZero() && now.Sub(g.Issued) > refreshLife, !g.Spent.IsZero() && now.Sub(g.Spent) >= refreshGrace:
		return refuse(http.StatusBadRequest, "Invalid grant: refresh token is invalid")
	case s.isPaused(g.Access):
		return refuse(http.StatusBadRequest, "Location is not active")
	case !g.Spent.IsZero():
		return handOut(v, s.grants.get(g.Next))
	}
	next := s.issue(g.Access)
	g.Spent, g.Next = now, next.ID
	s.grants.touch(g)
	return handOut(v, next)
}

func (s *Sandbox) isPaused(a Access) bool {
	return s.paused.get(a.CompanyID) != nil || a.LocationID != "" && s.paused.get(a.LocationID) != nil
}

// issue makes a pair of tokens, and drops those that serve for nothing any more.
func (s *Sandbox) issue(a Access) *grant {
	now := time.Now()
	var useless []string
	for g := range s.grants.all() {
		if g.Expires.Before(now) && (g.Lone || !g.Spent.IsZero() && now.Sub(g.Spent) >= refreshGrace) {
			useless = append(useless, g.ID)
		}
	}
	for _, id := range useless {
		s.grants.remove(id)
	}
	a.Expires = now.Add(s.tokenLife)
	return s.grants.put(grant{ID: s.newID("grant"), Access: a, Issued: now})
}

// handOut answers with a pair of tokens.
func handOut(v *visit, g *grant) *answer {
	fields := g.view(v)
	fields["userType"], fields["companyId"] = g.UserType, g.CompanyID
	return asJSON(http.StatusOK, fields)
}

// view is what every answer with tokens has. Version v3 documents other spellings of the names.
func (g *grant) view(v *visit) map[string]any {
	fields := map[string]any{
		"access_token": accessPrefix + g.ID, "token_type": "Bearer", "expires_in": int(time.Until(g.Expires).Seconds()),
		"scope": strings.Join(g.Scopes, " "), "userId": "sandbox-user",
	}
	if !g.Lone {
		fields["refresh_token"] = refreshPrefix + g.ID
	}
	if g.LocationID != "" {
		fields["locationId"] = g.LocationID
	}
	if v.Header.Get("Version") == api.VersionV3 {
		for old, name := range map[string]string{"access_token": "accessToken", "refresh_token": "refreshToken", "token_type": "tokenType", "expires_in": "expiresIn"} {
			if value, ok := fields[old]; ok {
				delete(fields, old)
				fields[name] = value
			}
		}
	}
	return fields
}

// form reads a body that is a form, or a JSON object with texts.
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
