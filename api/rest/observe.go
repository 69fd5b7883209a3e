package rest

import (
	"errors"
	"time"
)

// observe numbers the attempts, calls the hooks, and sets the response of [CallResponse].
func (c *Client) observe(next stage) stage {
	return func(k *call) (*answer, error) {
		k.attempts++
		if !c.conf.hooked && len(k.conf.responses) == 0 {
			return next(k)
		}
		c.conf.hooks.AttemptStart(k.ctx, Attempt{Operation: k.req.op, Number: k.attempts})
		begin := time.Now()
		a, err := next(k)
		seen := attemptOf(k, a, err)
		seen.Duration = time.Since(begin)
		c.conf.hooks.AttemptEnd(k.ctx, seen)
		if len(k.conf.responses) > 0 && seen.Status != 0 {
			r := Response{Status: seen.Status, Rate: seen.Rate, Attempts: seen.Number, Duration: seen.Duration}
			if refused, ok := errors.AsType[*Error](err); ok {
				r.Header = refused.Header
			} else {
				r.Header = redactHeader(a.header, k.token)
			}
			for _, to := range k.conf.responses {
				*to = r
			}
		}
		return a, err
	}
}

func attemptOf(k *call, a *answer, err error) Attempt {
	seen := Attempt{Operation: k.req.op, Number: k.attempts, Err: err}
	if a != nil {
		seen.Status, seen.Rate = a.status, ParseRate(a.header)
	} else if refused, ok := errors.AsType[*Error](err); ok {
		seen.Status, seen.Rate = refused.Status, refused.Rate
	}
	return seen
}
