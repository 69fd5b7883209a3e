package rest

import (
	"context"
	"time"
)

// Hooks are functions that a client calls while it works; those left nil are not called. They run in the goroutine of the
// call, so they should be quick, and are safe for concurrent use where calls are concurrent. Nothing they are given holds
// the token.
type Hooks struct {
	AttemptStart func(ctx context.Context, a Attempt)                      // before a request is sent
	AttemptEnd   func(ctx context.Context, a Attempt)                      // after its answer, or its failure
	Retry        func(ctx context.Context, a Attempt, pause time.Duration) // before the pause that another attempt follows
	Wait         func(ctx context.Context, op *Operation, d time.Duration) // after having waited for the budget
	Refresh      func(ctx context.Context, op *Operation, err error)       // after a refused token was, or was not, replaced
	Mismatches   func(ctx context.Context, op *Operation, m []Mismatch)    // after values of an answer did not fit their types
}

// Attempt is one request on the wire. What is known only afterwards is zero in AttemptStart.
type Attempt struct {
	Operation *Operation    // what was called
	Number    int           // of the call's requests, from 1
	Status    int           // HTTP status; 0 when no answer came
	Rate      Rate          // the budget of requests at that moment
	Duration  time.Duration // up to the last byte of the answer
	Err       error         // why it failed; nil for a success
}

// WithHooks calls h in addition to hooks that were given before.
func WithHooks(h Hooks) Option {
	return func(c *config) error {
		c.hooks, c.hooked = c.hooks.and(h), true
		return nil
	}
}

// and returns hooks that call those of h and then those of more. None of them is nil.
func (h Hooks) and(more Hooks) Hooks {
	return Hooks{
		AttemptStart: both2(h.AttemptStart, more.AttemptStart),
		AttemptEnd:   both2(h.AttemptEnd, more.AttemptEnd),
		Retry:        both3(h.Retry, more.Retry),
		Wait:         both3(h.Wait, more.Wait),
		Refresh:      both3(h.Refresh, more.Refresh),
		Mismatches:   both3(h.Mismatches, more.Mismatches),
	}
}

func both2[A, B any](f, g func(A, B)) func(A, B) {
	return func(a A, b B) {
		if f != nil {
			f(a, b)
		}
		if g != nil {
			g(a, b)
		}
	}
}

func both3[A, B, C any](f, g func(A, B, C)) func(A, B, C) {
	return func(a A, b B, c C) {
		if f != nil {
			f(a, b, c)
		}
		if g != nil {
			g(a, b, c)
		}
	}
}
