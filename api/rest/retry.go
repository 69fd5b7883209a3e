package rest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Retry configures when and how often a call is repeated. Zero fields stand for the defaults.
type Retry struct {
	Attempts int           // maximum number of requests, including the first; the default is 4, and 1 means no repetition
	Backoff  time.Duration // maximum of the first pause, doubled each time; the default is 500 ms
	MaxPause time.Duration // maximum of a pause; the default is 30 s. If the service asks for more, the call fails at once
}

// WithRetry configures when and how often calls are repeated.
func WithRetry(r Retry) Option {
	return func(c *config) error {
		if r.Attempts < 0 || r.Backoff < 0 || r.MaxPause < 0 {
			return fmt.Errorf("retry %+v has a negative value", r)
		}
		c.retry = r.filled()
		return nil
	}
}

func (r Retry) filled() Retry {
	return Retry{cmp.Or(r.Attempts, 4), cmp.Or(r.Backoff, 500*time.Millisecond), cmp.Or(r.MaxPause, 30*time.Second)}
}

// retry repeats a failed attempt if that is safe, may help, and is possible within the time of the call.
func (c *Client) retry(next stage) stage {
	return func(k *call) (*answer, error) {
		for try := 1; ; try++ {
			a, err := next(k)
			if err == nil {
				return a, nil
			}
			k.effect = max(k.effect, EffectOf(err))
			if k.ctx.Err() != nil || try >= c.conf.retry.Attempts || !k.worthRepeating(err) {
				return nil, tried(k, err)
			}
			pause, ok := c.conf.retry.pause(try, err)
			if !ok || outlasts(k, pause) {
				return nil, tried(k, err)
			}
			c.conf.hooks.Retry(k.ctx, attemptOf(k, nil, err), pause)
			if stopped := sleep(k, pause); stopped != nil {
				return nil, fmt.Errorf("%w, in the pause before attempt %d; the one before: %w", stopped, try+1, err)
			}
		}
	}
}

// worthRepeating reports whether a repetition is safe and may help. A request that is not idempotent is repeated only if the
// service certainly did not process it: it said so (429, or on HTTP/2 a refused stream), or no connection was made.
func (k *call) worthRepeating(err error) bool {
	idempotent := k.idempotent()
	if refused, ok := errors.AsType[*Error](err); ok {
		switch {
		case refused.Is(ErrDailyLimit):
			return false
		case refused.Status == 429:
			return true
		case refused.Is(ErrServer):
			return idempotent
		default:
			return idempotent && refused.brokeOff
		}
	}
	silent, ok := errors.AsType[*noAnswerError](err)
	return ok && !silent.permanent && (idempotent || silent.unsent)
}

func (k *call) idempotent() bool {
	if k.conf.idempotent != nil {
		return *k.conf.idempotent
	}
	return k.req.op.Idempotent
}

// pause returns how long to wait before the next attempt: what the service asks for, otherwise full jitter, that is, any
// time up to a limit that doubles each time. ok is false if the service asks for more than is accepted.
func (r Retry) pause(try int, err error) (wait time.Duration, ok bool) {
	bound := r.MaxPause
	if shift := try - 1; shift < 30 && r.Backoff<<shift > 0 {
		bound = min(bound, r.Backoff<<shift)
	}
	jitter := time.Duration(rand.Float64() * float64(bound))
	refused, ok := errors.AsType[*Error](err)
	if !ok {
		return jitter, true
	}
	asked := refused.RetryAfter
	if asked == 0 && refused.Status == 429 {
		asked = refused.Rate.Interval
	}
	if asked == 0 {
		return jitter, true
	}
	if asked > r.MaxPause {
		return 0, false
	}
	// All clients that were refused together get the same time; they should not return together.
	return asked + min(jitter, asked/10), true
}

// outlasts reports whether the call's time ends before the pause does.
func outlasts(k *call, pause time.Duration) bool {
	deadline, ok := k.ctx.Deadline()
	return ok && time.Until(deadline) < pause
}

// sleep pauses, or returns the context's error as soon as the context ends.
func sleep(k *call, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-k.ctx.Done():
		return ended(k.ctx, k.ctx.Err())
	}
}

// tried adds how often the request was sent, unless the error says so itself.
func tried(k *call, err error) error {
	if _, says := err.(*Error); says || k.attempts < 2 {
		return err
	}
	return fmt.Errorf("after %d attempts: %w", k.attempts, err)
}
