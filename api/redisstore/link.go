package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrUnavailable is the error of a command that Redis did not execute. It wraps the cause.
var ErrUnavailable = errors.New("redis is unavailable")

// link runs commands on Redis, each with a time limit.
type link struct {
	client  redis.UniversalClient
	timeout time.Duration // for one command
}

// ask runs a command. It returns as soon as ctx ends, and after the timeout at the latest; the client alone does not, since
// it may be connecting or reading. If the command succeeds after that, late is called with its result.
func ask[T any](ctx context.Context, l link, run func(context.Context) (T, error), late func(T)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.timeout)
	go func() {
		defer cancel()
		v, err := run(bounded)
		done <- result{v, err}
	}()
	timer := time.NewTimer(l.timeout)
	defer timer.Stop()
	var none T
	var err error
	select {
	case r := <-done:
		switch {
		case r.err == nil || errors.Is(r.err, redis.Nil):
			return r.value, r.err
		case !errors.Is(r.err, context.DeadlineExceeded): // this is not the caller's deadline
			return none, fmt.Errorf("%w: %w", ErrUnavailable, r.err)
		}
		return none, l.noAnswer()
	case <-ctx.Done():
		err = ended(ctx)
	case <-timer.C:
		err = l.noAnswer()
	}
	if late != nil {
		go func() {
			if r := <-done; r.err == nil {
				late(r.value)
			}
		}()
	}
	return none, err
}

func (l link) noAnswer() error {
	return fmt.Errorf("%w: no answer within %v", ErrUnavailable, l.timeout)
}

// ended returns the error of a context that has ended, with its cause.
func ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ctx.Err()) {
		return fmt.Errorf("%w while waiting", cause)
	}
	return fmt.Errorf("%w while waiting: %w", ctx.Err(), cause)
}

// The defaults that both options share.
const (
	defaultPrefix  = "highlevel:"
	defaultTimeout = 2 * time.Second
)
