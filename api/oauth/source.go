package oauth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// patience is how long a token that still serves is used after replacing it has failed, before that is tried again.
const patience = 15 * time.Second

// Source is a [rest.TokenSource] that renews what is in a [Store]. It is safe for concurrent use.
type Source struct {
	config Config
	store  Store

	// OnRefresh is called after each refresh that was tried, with its error or nil. Set it before the first use.
	OnRefresh func(error)

	mu      sync.Mutex
	current Token     // as stored
	unsaved *Token    // came from the service, but could not be stored; it is stored before anything else
	before  Token     // what unsaved replaces
	flight  *flight   // the refresh under way
	failed  time.Time // when the last one failed
	dead    string    // a refresh token that the service will not take again
	deadErr error
}

// flight is one refresh that any number of callers wait for.
type flight struct {
	done  chan struct{}
	token Token
	err   error
}

// Source makes a source of the token in store.
func (c Config) Source(store Store) (*Source, error) {
	switch {
	case c.ClientID == "" || c.ClientSecret == "":
		return nil, errors.New("token source: ClientID and ClientSecret are needed")
	case store == nil:
		return nil, errors.New("token source: no store")
	}
	return &Source{config: c, store: store}, nil
}

// Identity names the app, which the service counts requests for.
func (s *Source) Identity() string { return "app " + s.config.ClientID }

// Format shows no secret under any verb.
func (s *Source) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "token source of %v", s.config) }

// Token returns an access token that is not about to end, and is not the refused one. Any number of callers share one
// refresh, which goes on when their contexts end: the service has spent the old refresh token by then.
func (s *Source) Token(ctx context.Context, refused string) (rest.Token, error) {
	for again := false; ; again = true {
		t, err := s.join(ctx, refused)
		// A refresh that was under way for others may end with the very token that is refused here.
		if err != nil || refused == "" || t.AccessToken != refused || again {
			return rest.Token{Value: t.AccessToken, Type: t.level()}, err
		}
	}
}

// join returns the token at hand, or waits for the refresh under way, which it begins if there is none.
func (s *Source) join(ctx context.Context, refused string) (Token, error) {
	s.mu.Lock()
	if s.unsaved == nil && s.current.AccessToken != refused &&
		(s.current.fresh() || s.current.left(0) && time.Since(s.failed) < patience) {
		defer s.mu.Unlock()
		return s.current, nil
	}
	fl := s.flight
	if fl == nil {
		fl = &flight{done: make(chan struct{})}
		s.flight = fl
		go s.fly(context.WithoutCancel(ctx), fl, refused)
	}
	s.mu.Unlock()
	select {
	case <-fl.done:
		return fl.token, fl.err
	case <-ctx.Done():
		return Token{}, ctx.Err()
	}
}

func (s *Source) fly(ctx context.Context, fl *flight, refused string) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	fl.token, fl.err = s.renew(ctx, refused)
	s.mu.Lock()
	s.flight = nil
	if fl.err == nil {
		s.current = fl.token
	}
	s.mu.Unlock()
	close(fl.done)
}

// renew returns the stored token, when somebody else has renewed it, or refreshes it. It runs once at a time.
func (s *Source) renew(ctx context.Context, refused string) (Token, error) {
	unlock, err := s.store.Lock(ctx)
	if err != nil {
		return s.makeDo(refused, fmt.Errorf("refresh: %w", err))
	}
	defer unlock()
	if err := s.saveLate(ctx); err != nil {
		return Token{}, err
	}
	stored, err := s.store.Load(ctx)
	if err != nil {
		return s.makeDo(refused, fmt.Errorf("refresh: %w", err))
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
		// A lock can expire under a slow holder. Then somebody else was first, and has stored what came of it.
		if other, loading := s.store.Load(ctx); loading == nil && !other.same(stored) && other.left(0) && other.AccessToken != refused {
			return other, nil
		}
	}
	if stored.left(0) && stored.AccessToken != refused && s.unsaved == nil {
		return stored, nil // it serves a little longer, and the next call tries again
	}
	return Token{}, err
}

// makeDo returns the token at hand while the store is away, if it still serves.
func (s *Source) makeDo(refused string, err error) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unsaved == nil && s.current.left(0) && s.current.AccessToken != refused {
		s.failed = time.Now()
		return s.current, nil
	}
	return Token{}, err
}

// refresh asks the service, and stores what it answers.
func (s *Source) refresh(ctx context.Context, stored Token) (Token, error) {
	if stored.RefreshToken == "" {
		return Token{}, fmt.Errorf("refresh: the stored token cannot be refreshed: %w", ErrAuthorizeAgain)
	}
	if stored.RefreshToken == s.dead {
		return Token{}, s.deadErr
	}
	next, err := s.config.refresh(ctx, stored.RefreshToken)
	if err != nil {
		if errors.Is(err, ErrAuthorizeAgain) {
			s.dead, s.deadErr = stored.RefreshToken, err
		}
		return Token{}, err
	}
	if next.RefreshToken == "" {
		next.RefreshToken = stored.RefreshToken // the service kept it
	}
	s.mu.Lock()
	s.unsaved, s.before = next, stored
	s.mu.Unlock()
	if err := s.saveLate(ctx); err != nil {
		return Token{}, err
	}
	return s.store.Load(ctx)
}

// saveLate stores what came from the service. Until that has worked, the token is not handed out, and kept.
func (s *Source) saveLate(ctx context.Context) error {
	s.mu.Lock()
	next, before := s.unsaved, s.before
	s.mu.Unlock()
	if next == nil {
		return nil
	}
	err := s.store.Swap(ctx, before, *next)
	if err != nil && !errors.Is(err, ErrChanged) { // changed: somebody else has a newer one
		return fmt.Errorf("refresh: the new token is not handed out before it is stored: %w", err)
	}
	s.mu.Lock()
	s.unsaved = nil
	s.mu.Unlock()
	return nil
}

var _ rest.TokenSource = (*Source)(nil)
