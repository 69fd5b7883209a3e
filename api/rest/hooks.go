package rest

import (
	"context"
	"time"
)

// Hooks are functions that a client calls while it works; nil ones are not called. They run in the goroutine of the call, so
// they should be fast, and must be safe for concurrent use if calls are concurrent. Their arguments never contain the token.
type Hooks struct {
	AttemptStart func(ctx context.Context, a Attempt)                      // before a request is sent
	AttemptEnd   func(ctx context.Context, a Attempt)                      // after its response, or its failure
	Retry        func(ctx context.Context, a Attempt, pause time.Duration) // before the pause that precedes another attempt
	Wait         func(ctx context.Context, op *Operation, d time.Duration) // after waiting for the budget
	Refresh      func(ctx context.Context, op *Operation, err error)       // after a refused token was, or was not, replaced
	Mismatches   func(ctx context.Context, op *Operation, m []Mismatch)    // after values of a response did not fit their types
}

// Attempt is one request on the wire. What is known only afterwards is zero in AttemptStart.
type Attempt struct {
	Operation *Operation    // the operation
	Number    int           // of the request in the call, from 1
	Status    int           // HTTP status; 0 if there was no response
	Rate      Rate          // the rate limit at that time
	Duration  time.Duration // up to the last byte of the response
	Err       error         // why it failed; nil for a success
}

// WithHooks adds h to the hooks that were set before.
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
