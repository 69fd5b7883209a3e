package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// refusalPause is how long a refresh token that the service has refused is not sent again. It is sent again after that,
// since refusals have been known to be mistaken.
const refusalPause = 2 * time.Minute

// Source is a [rest.TokenSource] that refreshes the token in a [Store]. It is safe for concurrent use.
type Source struct {
	config Config
	store  Store

	// OnRefresh is called after each refresh that was tried, with its error or nil. Set it before the first use.
	OnRefresh func(error)

	renewal          // has the stored token; its mutex guards the fields below
	pending  *Token  // received from the service, but could not be stored; it is stored before anything else
	replaces Token   // the token that pending replaces
	refused  refusal // the last refresh token that the service refused
}

// refusal is a refresh token that the service has refused.
type refusal struct {
	refreshToken string
	at           time.Time
	err          error
}

// Source returns a source for the token in store. Its calls fail with [ErrNoToken] while the store is empty.
func (c Config) Source(store Store) (*Source, error) {
	switch {
	case c.ClientID == "" || c.ClientSecret == "":
		return nil, errors.New("token source: ClientID and ClientSecret are needed")
	case store == nil:
		return nil, errors.New("token source: the store is nil")
	}
	return &Source{config: c, store: store}, nil
}

// Identity identifies the app, whose requests the service counts.
func (s *Source) Identity() string { return "app " + s.config.ClientID }

// String returns the id of the app, without a secret.
func (s *Source) String() string {
	if s == nil {
		return "no token source"
	}
	return "token source of " + s.config.String()
}

// Format prints String for every verb.
func (s *Source) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue returns String for package slog.
func (s *Source) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON returns String as JSON, since encoded values are often logged.
func (s *Source) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// Token returns an access token that is not about to expire, and is not the refused one. All callers share one refresh,
// which continues if their contexts end, because by then the service has used up the old refresh token.
func (s *Source) Token(ctx context.Context, refused string) (rest.Token, error) {
	t, err := s.token(ctx, refused, s.renew)
	return t.wire(), err
}

// Info returns what is known about the token that the next call would send: its level, scopes and expiry. An expired token
// is refreshed first.
func (s *Source) Info(ctx context.Context) (rest.TokenInfo, error) {
	t, err := s.Token(ctx, "")
	return t.Info(), err
}

// renew returns the stored token, if it has been refreshed elsewhere, or refreshes it. It runs once at a time.
func (s *Source) renew(ctx context.Context, refused string) (Token, error) {
	unlock, err := s.store.Lock(ctx)
	if err != nil {
		return s.withoutStore(refused, s.storeError(err))
	}
	defer unlock()
	if err := s.storePending(ctx); err != nil {
		return Token{}, err
	}
	stored, err := s.store.Load(ctx)
	if err != nil {
		return s.withoutStore(refused, s.storeError(err))
	}
	if stored.fresh() && stored.AccessToken != refused {
		return stored, nil
	}
	next, err := s.refresh(ctx, stored)
	if err != nil {
		s.mu.Lock()
		s.failed = time.Now()
		s.mu.Unlock()
	}
	if s.OnRefresh != nil {
		s.OnRefresh(err)
	}
	switch {
	case err == nil:
		return next, nil
	case errors.Is(err, ErrAuthorizeAgain):
		// The lock of a slow process can expire. Then another process was first, and has stored its result.
		if other, loading := s.store.Load(ctx); loading == nil && !other.equal(stored) && other.validFor(0) && other.AccessToken != refused {
			return other, nil
		}
	}
	if stored.validFor(0) && stored.AccessToken != refused && s.pending == nil {
		return stored, nil // it is still valid, and the next call tries again
	}
	return Token{}, err
}

// withoutStore returns the current token while the store is unavailable, if it is still valid.
func (s *Source) withoutStore(refused string, err error) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending == nil && s.current.validFor(0) && s.current.AccessToken != refused {
		s.failed = time.Now()
		return s.current, nil
	}
	return Token{}, err
}

// refresh sends a request to the service, and stores the new token.
func (s *Source) refresh(ctx context.Context, stored Token) (Token, error) {
	if stored.RefreshToken == "" {
		return Token{}, fmt.Errorf("refresh: the stored token cannot be refreshed: %w", ErrAuthorizeAgain)
	}
	if stored.RefreshToken == s.refused.refreshToken && time.Since(s.refused.at) < refusalPause {
		return Token{}, s.refused.err
	}
	next, err := s.config.refresh(ctx, stored)
	if err != nil {
		if errors.Is(err, ErrAuthorizeAgain) {
			s.refused = refusal{stored.RefreshToken, time.Now(), err}
		}
		return Token{}, err
	}
	s.mu.Lock()
	s.pending, s.replaces, s.withheld = next, stored, true
	s.mu.Unlock()
	if err := s.storePending(ctx); err != nil {
		return Token{}, err
	}
	current, err := s.store.Load(ctx)
	if err != nil {
		return Token{}, s.storeError(err, *next, stored)
	}
	return current, nil
}

// storePending stores a token received from the service. The token is not used until it is stored.
func (s *Source) storePending(ctx context.Context) error {
	s.mu.Lock()
	next, replaces := s.pending, s.replaces
	s.mu.Unlock()
	if next == nil {
		return nil
	}
	err := s.store.Swap(ctx, replaces, *next)
	if err != nil && !errors.Is(err, ErrChanged) { // changed: another process has stored a newer one
		return s.storeError(fmt.Errorf("the new token is not handed out before it is stored: %w", err), *next, replaces)
	}
	s.mu.Lock()
	s.pending, s.withheld = nil, false
	s.mu.Unlock()
	return nil
}

// namedSecret matches a token after its name, as in JSON, in a URL or in a printed struct.
var namedSecret = regexp.MustCompile(`(?i)(?:access|refresh)[ _-]?token\\*["']?\s*(?:=>|:=|[:=]|%3[ad])\s*\\*["']?([^\s"',;&}\\]+)`)

// storeError marks an error as one of the store, and removes tokens from it: those that are known here, and any text after
// the name of a token.
func (s *Source) storeError(err error, involved ...Token) error {
	s.mu.Lock()
	involved = append(involved, s.current, s.replaces)
	s.mu.Unlock()
	secrets := []string{s.config.ClientSecret}
	for _, t := range involved {
		secrets = append(secrets, t.AccessToken, t.RefreshToken)
	}
	for _, named := range namedSecret.FindAllStringSubmatch(err.Error(), -1) {
		secrets = append(secrets, named[1])
	}
	lost := rest.RedactError(fmt.Errorf("refresh: %w", err), secrets...)
	if errors.Is(err, ErrNoToken) {
		return lost
	}
	return &temporaryError{lost} // the store may be available again soon
}

var _ rest.TokenSource = (*Source)(nil)
