// Package oauth gets, keeps and renews the tokens of a HighLevel marketplace app.
//
//	config := oauth.Config{ClientID: id, ClientSecret: secret, RedirectURL: "https://app.example/callback", Scopes: scopes}
//	address, err := config.AuthorizeURL(state)      // send the user there
//	token, err := config.Exchange(ctx, code)        // with the code that comes back
//	store := oauth.FileStore("token.json")
//	err = store.Swap(ctx, oauth.Token{}, *token)
//
//	source, err := config.Source(store)
//	client, err := api.New(api.WithTokenSource(source))
//
// A refresh token serves once: the service answers with the next one. A [Source] therefore refreshes once at a time, in
// this process and, through the [Store], among all that share it; and it hands a new access token out only when the new
// refresh token is stored. Calls of a program need to know nothing of it.
package oauth

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Where the service is, unless a [Config] says otherwise.
const (
	DefaultAuthorizeURL = "https://marketplace.gohighlevel.com/v2/oauth/chooselocation"
	DefaultBaseURL      = "https://services.leadconnectorhq.com"
)

// The levels of a token, as the service names them.
const (
	Company  = "Company"  // an agency
	Location = "Location" // a sub-account
)

// ErrAuthorizeAgain says that the grant is used up or was revoked: only a person can give a new one.
var ErrAuthorizeAgain = errors.New("authorize again")

// Config describes an app. It prints its id only.
type Config struct {
	ClientID     string   // of the app
	ClientSecret string   // of the app; sent to the token endpoint only
	RedirectURL  string   // registered for the app
	Scopes       []string // to ask for
	UserType     string   // Company unless set

	AuthorizeAddress string        // DefaultAuthorizeURL unless set
	BaseURL          string        // DefaultBaseURL unless set
	Options          []rest.Option // for the requests to the token endpoint, such as another http.Client
}

// Format shows no secret under any verb.
func (c Config) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "oauth app %s", c.ClientID) }

// LogValue shows no secret to package slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }

// NewState is a text that nobody can guess, for [Config.AuthorizeURL].
func NewState() string { return rand.Text() }

// AuthorizeURL is where a person grants access. state comes back with the code; a program that does not compare it can be
// given the code of somebody else.
func (c Config) AuthorizeURL(state string) (string, error) {
	switch {
	case c.ClientID == "" || c.RedirectURL == "":
		return "", errors.New("authorize URL: ClientID and RedirectURL are needed")
	case state == "":
		return "", errors.New("authorize URL: state is empty; use NewState")
	}
	u, err := url.Parse(or(c.AuthorizeAddress, DefaultAuthorizeURL))
	if err != nil {
		return "", fmt.Errorf("authorize URL: %w", err)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New("authorize URL: AuthorizeAddress is no address of the web")
	}
	q := u.Query()
	q.Set("response_type", "code")
	q.Set("redirect_uri", c.RedirectURL)
	q.Set("client_id", c.ClientID)
	q.Set("scope", strings.Join(c.Scopes, " "))
	q.Set("state", state)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Exchange trades the code of a granted access for the first token. The code serves once, so the request is not repeated
// when its outcome is unknown.
func (c Config) Exchange(ctx context.Context, code string) (*Token, error) {
	if code == "" {
		return nil, errors.New("exchange: the code is empty")
	}
	return c.ask(ctx, &exchange, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {c.RedirectURL},
	})
}

// refresh trades a refresh token for the next token. Repeated within 30 seconds it gets the same answer, so a lost one
// may be asked for again.
func (c Config) refresh(ctx context.Context, refreshToken string) (*Token, error) {
	ctx, cancel := context.WithTimeout(ctx, 25*time.Second)
	defer cancel()
	return c.ask(ctx, &refresh, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {refreshToken},
	})
}

var (
	exchange = rest.Operation{ID: "exchange-code", Name: "ExchangeCode", Method: "POST", Path: "/oauth/token"}
	refresh  = rest.Operation{ID: "refresh-token", Name: "RefreshToken", Method: "POST", Path: "/oauth/token", Idempotent: true}
)

// ask sends a form to the token endpoint.
func (c Config) ask(ctx context.Context, op *rest.Operation, form url.Values) (*Token, error) {
	if c.ClientID == "" || c.ClientSecret == "" {
		return nil, fmt.Errorf("%s: ClientID and ClientSecret are needed", op)
	}
	form.Set("client_id", c.ClientID)
	form.Set("client_secret", c.ClientSecret)
	form.Set("user_type", or(c.UserType, Company))
	engine, err := rest.New(append([]rest.Option{
		rest.WithBaseURL(or(c.BaseURL, DefaultBaseURL)), rest.WithBudget(nil), rest.WithTimeout(10 * time.Second),
		rest.WithRetry(rest.Retry{Attempts: 3, MaxPause: 10 * time.Second}),
	}, c.Options...)...)
	if err != nil {
		return nil, err
	}
	r := rest.NewRequest(op)
	r.SetForm(form)
	asked := time.Now()
	token, err := rest.Do[Token](ctx, engine, r)
	if err != nil {
		return nil, refusal(err, form)
	}
	token.begin(asked)
	if token.AccessToken == "" {
		return nil, fmt.Errorf("%s: the answer holds no access token", op)
	}
	return token, nil
}

// refusal blanks what the service may repeat of the form, and says when only a person can help.
func refusal(err error, form url.Values) error {
	var refused *rest.Error
	if !errors.As(err, &refused) {
		return err
	}
	for _, name := range []string{"client_secret", "code", "refresh_token"} {
		if secret := form.Get(name); secret != "" {
			refused.Redact(secret)
		}
	}
	if usedUp(refused) {
		return fmt.Errorf("%w: %w", ErrAuthorizeAgain, err)
	}
	return err
}

// usedUp says that the service does not take the grant any more. What a gateway answers in its place is no such verdict,
// and neither is what it says about the app or the form of the request: a new grant would mend none of these.
func usedUp(refused *rest.Error) bool {
	switch {
	case refused.Status != http.StatusBadRequest && refused.Status != http.StatusUnauthorized:
		return false
	case !bytes.HasPrefix(bytes.TrimSpace(refused.Body), []byte("{")), refused.Is(rest.ErrBadVersion), refused.Is(rest.ErrBlocked):
		return false
	}
	switch refused.Code { // RFC 6749, section 5.2
	case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "invalid_scope":
		return false
	}
	return true
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
