package tokens

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/highlevel-go/snapshots/api/oauth"
)

// Callback listens at the redirect URL of an app, on this machine, for the code of a grant.
type Callback struct {
	state  string
	path   string
	server *http.Server
	done   chan callbackResult
}

type callbackResult struct {
	code string
	err  error
}

// CheckRedirect rejects what cannot be the redirect URL of an app.
func CheckRedirect(redirect string) error {
	u, err := url.Parse(redirect)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return fmt.Errorf("the redirect URL %q is not an address with http or https", redirect)
	case u.Port() == "0":
		return fmt.Errorf("the redirect URL %q has an invalid port", redirect)
	}
	return nil
}

// IsLoopback reports whether a redirect URL leads to this machine, so that [Listen] can be used.
func IsLoopback(redirect string) bool {
	u, err := url.Parse(redirect)
	if err != nil || u.Scheme != "http" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// Listen listens at a redirect URL for which IsLoopback is true. Requests without the state are refused.
func Listen(redirect, state string) (*Callback, error) {
	u, err := url.Parse(redirect)
	if err != nil || !IsLoopback(redirect) {
		return nil, fmt.Errorf("the redirect URL %s does not lead to this machine", redirect)
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return nil, fmt.Errorf("wait at the redirect URL: %w", err)
	}
	c := &Callback{state: state, path: u.EscapedPath(), done: make(chan callbackResult, 1)}
	if c.path == "" {
		c.path = "/"
	}
	c.server = &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = c.server.Serve(listener) }() // Close ends it
	return c, nil
}

// ServeHTTP receives the code in the request of the browser that the service redirected.
func (c *Callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet || r.URL.EscapedPath() != c.path {
		http.NotFound(w, r)
		return
	}
	code, err := CodeOf(r.URL.Query(), c.state)
	if errors.Is(err, errState) { // the request of somebody else; the right one may still come
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "Access was not granted. You can close this page.\n")
	} else {
		_, _ = io.WriteString(w, "Access is granted. You can close this page and go back to the terminal.\n")
	}
	select {
	case c.done <- callbackResult{code, err}:
	default: // one has come before
	}
}

// Wait waits for the code and returns it.
func (c *Callback) Wait(ctx context.Context) (string, error) {
	select {
	case r := <-c.done:
		return r.code, r.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// Close stops listening, after the page in the browser was written.
func (c *Callback) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if c.server.Shutdown(ctx) != nil {
		_ = c.server.Close()
	}
}

var errState = errors.New("the state is not that of this login, so the code may be somebody else's; nothing was done with it")

// CodeOf returns the code in the query of a redirect. The state must be that of the login.
func CodeOf(query url.Values, state string) (string, error) {
	switch {
	case query.Get("state") != state:
		return "", errState
	case query.Get("error") != "":
		return "", fmt.Errorf("access was not granted: %.200q", query.Get("error")+" "+query.Get("error_description"))
	case query.Get("code") == "":
		return "", errors.New("the service sent no code")
	}
	return query.Get("code"), nil
}

// ErrExchange is the error of a code for which the service issues no token.
var ErrExchange = errors.New("the service gives the app no token")

// LogIn exchanges a code for the first token of an app, and stores both for a profile. It returns the token.
func LogIn(ctx context.Context, p SecretStore, profile, dir string, app oauth.Config, code string) (*oauth.Token, error) {
	token, err := app.Exchange(ctx, code)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExchange, err)
	}
	if err := OAuthStore(p, profile, dir).Swap(ctx, oauth.Token{}, *token); err != nil {
		return nil, fmt.Errorf("%w: profile %s in %s: %w", ErrStore, profile, p, err)
	}
	return token, Save(p, profile, Credential{ClientID: app.ClientID, ClientSecret: app.ClientSecret, Company: token.CompanyID})
}
