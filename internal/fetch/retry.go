package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// A busy server gets the time it asks for, within reason.
const (
	maxTries    = 4
	longestWait = 2 * time.Minute
)

// BusyError means that a server asks for fewer requests. No further page should be requested now.
type BusyError struct {
	URL    string
	Status int
	// After is how long the server asks to wait; negative if it does not say.
	After time.Duration
}

func (e *BusyError) Error() string {
	text := fmt.Sprintf("%s: the server answers %d %s", e.URL, e.Status, http.StatusText(e.Status))
	if e.After >= 0 {
		return text + fmt.Sprintf(" and asks to wait %v; run again then", e.After)
	}
	return text + " again and again; run again later"
}

// mustStop returns the error if no further request may be sent: the context ended, or the server asks for fewer. It is nil
// for any other error.
func mustStop(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if busy := (*BusyError)(nil); errors.As(err, &busy) {
		return err
	}
	return nil
}

// getRetrying sends a request, and repeats it after a pause while the server is busy.
func (s *Site) getRetrying(ctx context.Context, u *url.URL, known Validator, limit int64) (*reply, error) {
	for try := 1; ; try++ {
		reply, err := s.exchange(ctx, u, known, limit)
		if err != nil || reply.busy == 0 {
			return reply, err
		}
		busy := &BusyError{URL: u.String(), Status: reply.busy, After: reply.after}
		switch {
		case reply.after > longestWait:
			return nil, busy
		case try == maxTries && reply.busy == http.StatusTooManyRequests:
			return nil, busy
		case try == maxTries: // one broken page must not hold up the others
			return nil, fmt.Errorf("%s: the server answered %d %s %d times", u, reply.busy, http.StatusText(reply.busy), try)
		}
		wait := reply.after
		if wait < 0 {
			wait = max(time.Second, s.options.Delay) << try
		}
		if err := s.pause(ctx, wait); err != nil {
			return nil, err
		}
	}
}
