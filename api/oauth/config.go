package oauth

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// The default addresses of the service; a [Config] can set others.
const (
	DefaultAuthorizeURL = "https://marketplace.gohighlevel.com/v2/oauth/chooselocation"
	DefaultBaseURL      = endpoints.DefaultBaseURL
)

// Config describes an app. Printed, logged or encoded it shows only its id.
type Config struct {
	ClientID     string   // of the app
	ClientSecret string   // of the app; sent to the token endpoint only
	RedirectURL  string   // registered for the app
	Scopes       []string // to request
	UserType     string   // the default is Company

	AuthorizeAddress string        // the default is DefaultAuthorizeURL
	BaseURL          string        // the default is DefaultBaseURL
	Options          []rest.Option // for the requests to the token endpoint, such as another http.Client
}

// String returns the id of the app, without its secret.
func (c Config) String() string { return "oauth app " + c.ClientID }

// Format prints String for every verb.
func (c Config) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue returns String for package slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON returns String as JSON, since encoded values are often logged. It cannot be decoded again.
func (c Config) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }

// NewState returns a random string that cannot be guessed, for [Config.AuthorizeURL].
func NewState() string { return rand.Text() }

// AuthorizeURL returns the URL where a user grants access. The service returns state together with the code; a program
// that does not compare it can be tricked into using somebody else's code.
func (c Config) AuthorizeURL(state string) (string, error) {
	switch {
	case c.ClientID == "" || c.RedirectURL == "":
		return "", errors.New("authorize URL: ClientID and RedirectURL are needed")
	case state == "":
		return "", errors.New("authorize URL: state is empty; use NewState")
	}
	u, err := url.Parse(cmp.Or(c.AuthorizeAddress, DefaultAuthorizeURL))
	if err != nil {
		return "", fmt.Errorf("authorize URL: %w", err)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New("authorize URL: AuthorizeAddress is not an http or https address")
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
