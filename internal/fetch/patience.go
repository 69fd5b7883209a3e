package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A server that is asked too much gets the time it wants, within reason.
const (
	maxTries    = 4
	longestWait = 2 * time.Minute
)

// BusyError means that a server wants to be left alone. No further page should be asked for now.
type BusyError struct {
	URL    string
	Status int
	// After is how long the server asks to wait; negative where it does not say.
	After time.Duration
}

func (e *BusyError) Error() string {
	text := fmt.Sprintf("%s: the server answers %d %s", e.URL, e.Status, http.StatusText(e.Status))
	if e.After >= 0 {
		return text + fmt.Sprintf(" and asks to wait %v; run again then", e.After)
	}
	return text + " again and again; run again later"
}

func isBusy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// getPatiently makes a request, again after a while where the server is busy.
func (s *Site) getPatiently(ctx context.Context, u *url.URL, known Validator, limit int64) (*reply, error) {
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

// pause waits, unless it is told to stop.
func (s *Site) pause(ctx context.Context, wait time.Duration) error {
	if err := ctx.Err(); err != nil || wait <= 0 {
		return err
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// retryAfter reads the header of that name: seconds or a date. Negative means that it says nothing.
func retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return -1
}
