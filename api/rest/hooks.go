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
		c.hooks = append(c.hooks[:len(c.hooks):len(c.hooks)], h)
		return nil
	}
}

// hookList calls all hooks of a kind, in the order in which they were given.
type hookList []Hooks

func (l hookList) attemptStart(k *call, a Attempt) {
	for _, h := range l {
		if h.AttemptStart != nil {
			h.AttemptStart(k.ctx, a)
		}
	}
}

func (l hookList) attemptEnd(k *call, a Attempt) {
	for _, h := range l {
		if h.AttemptEnd != nil {
			h.AttemptEnd(k.ctx, a)
		}
	}
}

func (l hookList) retry(k *call, err error, pause time.Duration) {
	if len(l) == 0 {
		return
	}
	a := attemptOf(k, nil, err)
	for _, h := range l {
		if h.Retry != nil {
			h.Retry(k.ctx, a, pause)
		}
	}
}

func (l hookList) wait(k *call, d time.Duration) {
	for _, h := range l {
		if h.Wait != nil {
			h.Wait(k.ctx, k.req.op, d)
		}
	}
}

func (l hookList) mismatches(k *call, m []Mismatch) {
	for _, h := range l {
		if h.Mismatches != nil {
			h.Mismatches(k.ctx, k.req.op, m)
		}
	}
}

func (l hookList) refresh(k *call, err error) {
	for _, h := range l {
		if h.Refresh != nil {
			h.Refresh(k.ctx, k.req.op, err)
		}
	}
}
