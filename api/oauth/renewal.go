package oauth

import (
	"context"
	"errors"
	"sync"
	"time"
)

// renewEarly is how long before its end a token is replaced.
const renewEarly = 5 * time.Minute

// failurePause is how long a token that still serves is used after replacing it has failed, before that is tried again.
const failurePause = 15 * time.Second

// renewal keeps a token and has it renewed: once at a time, however many callers wait for it.
type renewal struct {
	mu       sync.Mutex
	current  Token
	withheld bool      // current is not handed out
	running  *renewing // the renewal under way
	failed   time.Time // when the last one failed
}

// renewing is one renewal that any number of callers wait for.
type renewing struct {
	done  chan struct{}
	token Token
	err   error
}

// token returns a token that is not about to end, and is not the refused one. renew gets another; it runs once at a time, and
// goes on when the contexts of those who wait for it end.
func (r *renewal) token(ctx context.Context, refused string, renew func(ctx context.Context, refused string) (Token, error)) (Token, error) {
	for again := false; ; again = true {
		t, err := r.currentOrRenewed(ctx, refused, renew)
		if err != nil {
			return Token{}, err
		}
		// A renewal that was under way for others may end with the very token that is refused here.
		if refused == "" || t.AccessToken != refused || again {
			return t, nil
		}
	}
}

// currentOrRenewed returns the token at hand, or waits for the renewal under way, which it begins if there is none.
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

// fresh reports whether the token need not be replaced yet: it is replaced renewEarly before its end, but no earlier than
// in the last tenth of its life, so that one that lives for minutes is not replaced with every call.
func (t Token) fresh() bool {
	early := renewEarly
	if life := t.Expires.Sub(t.Issued); !t.Issued.IsZero() && life > 0 {
		early = min(early, life/10)
	}
	return t.validFor(early)
}

// validFor reports whether the token serves for d more. One that does not say when it ends does.
func (t Token) validFor(d time.Duration) bool {
	return t.AccessToken != "" && (t.Expires.IsZero() || time.Until(t.Expires) > d)
}
