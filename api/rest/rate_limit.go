package rest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Budget grants requests, so that the client stays within the service's rate limit. All clients that use the same budget
// share it; it must be safe for concurrent use.
type Budget interface {
	// Take waits until one request may be sent, in order of arrival, and counts it. settle must be called once, when the
	// request is over. The error is the context's, a *[DailyLimitError] or a *[PausedError].
	Take(ctx context.Context, key string) (settle func(Outcome), err error)
}

// Outcome is the outcome of a granted request.
type Outcome struct {
	Answered   bool          // a response arrived; Rate is from its headers
	Unsent     bool          // the request certainly did not reach the service
	Refused    bool          // the response was a 429
	Rate       Rate          // the service's own count
	RetryAfter time.Duration // the wait that the service asks for, or 0
}

// DailyLimitError reports that a request was not sent because the daily limit has been reached. It is an [ErrDailyLimit] and
// an [ErrRateLimited].
type DailyLimitError struct {
	Reset time.Duration // time until the limit is reset, as reported by the service
}

// Error says when the limit is reset.
func (e *DailyLimitError) Error() string {
	return fmt.Sprintf("%v: not sent; there are new requests in %v", ErrDailyLimit, e.Reset.Round(time.Second))
}

// Is matches ErrDailyLimit and ErrRateLimited.
func (e *DailyLimitError) Is(target error) bool {
	return target == ErrDailyLimit || target == ErrRateLimited
}

// PausedError reports that a request was not sent because the service asked for a pause that is too long to wait. It is an
// [ErrRateLimited].
type PausedError struct {
	Left time.Duration // the rest of the pause
}

// MaxWait is the longest pause that a budget waits for. For a longer pause calls fail at once; after MaxWait a request tries
// again.
const MaxWait = time.Minute

// Error says when requests will be accepted again.
func (e *PausedError) Error() string {
	return fmt.Sprintf("%v: not sent; the service has asked for a pause, and %v of it are left", ErrRateLimited, e.Left.Round(time.Second))
}

// Is matches ErrRateLimited.
func (e *PausedError) Is(target error) bool { return target == ErrRateLimited }

// WithBudget uses b instead of the budget that all clients of this process share; nil means no limit.
func WithBudget(b Budget) Option {
	return func(c *config) error {
		if local, ok := b.(*LocalBudget); ok && (local == nil || local.queues == nil) {
			return errors.New("budget was not made with NewLocalBudget")
		}
		c.budget = b
		return nil
	}
}

// budgetParameters identify the budget of a request: the service counts requests per company, or per location.
var budgetParameters = []string{"companyId", "locationId"}

// budgetKey returns the key of the budget: the service, the token, and the company that the request is about.
func (c *Client) budgetKey(k *call) string {
	if k.identity != "" {
		return strings.TrimSuffix(c.budgetPrefix, c.conf.identity+" ") + k.identity
	}
	for _, name := range budgetParameters {
		value := k.req.value(name)
		if value == "" {
			value = c.conf.defaults[name]
		}
		if value != "" {
			return c.budgetPrefix + value
		}
	}
	return c.budgetPrefix
}

// limitRate waits for the budget, and reports the outcome to it.
func (c *Client) limitRate(next stage) stage {
	budget := c.conf.budget
	if budget == nil {
		return next
	}
	return func(k *call) (*answer, error) {
		before := time.Now()
		settle, err := budget.Take(k.ctx, c.budgetKey(k))
		if err != nil {
			return nil, notSent(fmt.Errorf("rate limit: %w", err))
		}
		if waited := time.Since(before); waited >= time.Millisecond {
			c.conf.hooks.Wait(k.ctx, k.req.op, waited)
		}
		outcome := Outcome{}
		defer func() { settle(outcome) }() // also when a hook or middleware panics
		a, err := next(k)
		outcome = outcomeOf(a, err)
		return a, err
	}
}

func outcomeOf(a *answer, err error) Outcome {
	if err == nil {
		return Outcome{Answered: true, Rate: ParseRate(a.header)}
	}
	if refused, ok := errors.AsType[*Error](err); ok {
		return Outcome{
			Answered:   true,
			Refused:    refused.Status == 429,
			Rate:       refused.Rate,
			RetryAfter: refused.RetryAfter,
		}
	}
	silent, ok := errors.AsType[*noAnswerError](err)
	return Outcome{Unsent: errors.Is(err, ErrInvalidRequest) || ok && silent.unsent}
}
