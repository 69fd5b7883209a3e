package oauth

import (
	"context"
	"errors"
	"sync"
	"time"
)

// renewEarly is how long before its expiry a token is replaced.
const renewEarly = 5 * time.Minute

// failurePause is how long a token that is still valid is used after replacing it has failed, before another attempt.
const failurePause = 15 * time.Second

// renewal stores a token and refreshes it: one refresh at a time, however many callers wait for it.
type renewal struct {
	mu       sync.Mutex
	current  Token
	withheld bool      // current is not returned to callers
	running  *renewing // the refresh in progress
	failed   time.Time // when the last one failed
}

// renewing is one refresh that any number of callers wait for.
type renewing struct {
	done  chan struct{}
	token Token
	err   error
}

// token returns a token that is not about to expire, and is not the refused one. renew obtains another; it runs once at a
// time, and continues if the contexts of those who wait for it end.
func (r *renewal) token(ctx context.Context, refused string, renew func(ctx context.Context, refused string) (Token, error)) (Token, error) {
	for again := false; ; again = true {
		t, err := r.currentOrRenewed(ctx, refused, renew)
		if err != nil {
			return Token{}, err
		}
		// A refresh that was in progress for other callers may return the very token that is refused here.
		if refused == "" || t.AccessToken != refused || again {
			return t, nil
		}
	}
}

// currentOrRenewed returns the current token, or waits for the refresh in progress, which it starts if there is none.
func (r *renewal) currentOrRenewed(ctx context.Context, refused string, renew func(context.Context, string) (Token, error)) (Token, error) {
	r.mu.Lock()
	if !r.withheld && r.current.AccessToken != refused &&
		(r.current.fresh() || r.current.validFor(0) && time.Since(r.failed) < failurePause) {
		defer r.mu.Unlock()
		return r.current, nil
	}
	running := r.running
	if running == nil {
		running = &renewing{done: make(chan struct{}), err: errors.New("refresh: it ended its goroutine, in the store, in OnRefresh or in a hook")}
		r.running = running
		go r.run(context.WithoutCancel(ctx), running, refused, renew)
	}
	r.mu.Unlock()
	select {
	case <-running.done:
		return running.token, running.err
	case <-ctx.Done():
		return Token{}, ctx.Err()
	}
}

func (r *renewal) run(ctx context.Context, running *renewing, refused string, renew func(context.Context, string) (Token, error)) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	defer func() {
		r.mu.Lock()
		r.running = nil
		if running.err == nil {
			r.current = running.token
		}
		r.mu.Unlock()
		close(running.done)
	}()
	running.token, running.err = renew(ctx, refused)
}

// fresh reports whether the token need not be replaced yet: it is replaced renewEarly before its expiry, but no earlier than
// in the last tenth of its lifetime, so that a token with a lifetime of minutes is not replaced with every call.
func (t Token) fresh() bool {
	early := renewEarly
	if life := t.Expires.Sub(t.Issued); !t.Issued.IsZero() && life > 0 {
		early = min(early, life/10)
	}
	return t.validFor(early)
}

// validFor reports whether the token is valid for at least d more. A token without an expiry is.
func (t Token) validFor(d time.Duration) bool {
	return t.AccessToken != "" && (t.Expires.IsZero() || time.Until(t.Expires) > d)
}
