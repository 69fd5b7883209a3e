package api

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// PushCompleted is the status of a push that the service reports as complete.
const PushCompleted = "completed"

// Errors that end [Client.WaitForPush], for errors.Is.
var (
	ErrPushFailed   = errors.New("the push has failed")           // its status reports a failure
	ErrPushTimedOut = errors.New("the push was not done in time") // the Limit of Wait has passed, not the deadline of the context
)

// Wait configures [Client.WaitForPush]. Zero fields stand for the defaults.
type Wait struct {
	First time.Duration // the first pause between polls, growing by half each time; the default is 2 s
	Most  time.Duration // the maximum pause; the default is 30 s
	Limit time.Duration // the maximum total time; the default is 1 hour, and a negative value is unlimited

	// Done reports whether a push with this status has ended successfully. By default only "completed" has, since no other
	// such status is known.
	Done func(PushStatus) bool

	// Failed reports whether a push with this status has failed; it is called after Done. The default is [PushFailed]. A
	// status that neither accepts does not end the waiting.
	Failed func(PushStatus) bool

	// Progress is called after each response of the service, with nil while the service does not know the push.
	Progress func(*PushStatus)
}

// WaitError is the error of [Client.WaitForPush]. Use errors.As to get it; errors.Is examines its cause.
type WaitError struct {
	Status *PushStatus // the last status received; nil if the service never knew the push
	Looks  int         // the number of polls
	Err    error       // what ended the waiting
}

// Error says what ended the waiting, and the last status.
func (e *WaitError) Error() string {
	last := "never registered"
	if e.Status != nil {
		last = "last status " + fmt.Sprintf("%q", e.Status.Status)
	}
	return fmt.Sprintf("wait for push (%s): %v", last, e.Err)
}

// Unwrap returns what ended the waiting.
func (e *WaitError) Unwrap() error { return e.Err }

// WaitForPush polls the latest push of a snapshot to a sub-account until it has ended, and returns its last status.
//
// A 404 means that the push has not been registered yet, so the polling continues; a mistyped id looks the same, and ends
// with the Limit. Errors that may be temporary do not end it either: no response, a 5xx, a response that cannot be read, an
// exceeded rate limit, a token that its source expects to get later. A status of failure ends it with [ErrPushFailed], the
// Limit of wait with [ErrPushTimedOut], the context with its own error, and any other error at once. The error is a
// *[WaitError] with the last status. "completed" is what the service reports: an asset may still be missing.
//
// It waits for the latest push, whichever that is. If it is called before a new push is registered, it finds the previous
// one.
func (c *Client) WaitForPush(ctx context.Context, req LatestPushRequest, wait Wait, opts ...CallOption) (*PushStatus, error) {
	e := &WaitError{}
	if ctx == nil {
		e.Err = fmt.Errorf("%w: the context is nil", ErrInvalidRequest)
		return nil, e
	}
	wait = wait.filled()
	if wait.Limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, wait.Limit, fmt.Errorf("%w (%v)", ErrPushTimedOut, wait.Limit))
		defer cancel()
	}
	for pause := wait.First; ; pause = min(pause+pause/2, wait.Most) {
		e.Looks++
		got, err := c.LatestPush(ctx, req, opts...)
		switch {
		case err == nil:
			e.Status = &got.Data
			wait.Progress(&got.Data)
			if wait.Done(got.Data) {
				return &got.Data, nil
			}
			if wait.Failed(got.Data) {
				e.Err = ErrPushFailed
				return nil, e
			}
		case ctx.Err() != nil:
			e.Err = ended(ctx, err)
			return nil, e
		case notYet(err):
			wait.Progress(nil)
		case !mayPass(err):
			e.Err = err
			return nil, e
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			e.Err = ended(ctx, err)
			return nil, e
		}
	}
}

// ended returns why a context ended, with the error of the last poll, if there was one.
func ended(ctx context.Context, last error) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != err {
		err = fmt.Errorf("%w: %w", cause, err)
	}
	if last != nil && !errors.Is(last, ctx.Err()) {
		err = fmt.Errorf("%w; the last look: %w", err, last)
	}
	return err
}

// notYet reports whether the service knows the path, but not the push.
func notYet(err error) bool {
	return errors.Is(err, ErrNotFound) && !errors.Is(err, rest.ErrNoRoute) && !errors.Is(err, ErrTokenSource)
}

// mayPass reports whether polling again later may help.
func mayPass(err error) bool {
	if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted || errors.Is(err, ErrTooLarge) {
		return false
	}
	if refused, ok := errors.AsType[*Error](err); ok && refused.Status == http.StatusRequestTimeout {
		return true
	}
	if errors.Is(err, ErrTokenSource) && isTemporary(err) {
		return true
	}
	return errors.Is(err, ErrNoAnswer) || errors.Is(err, ErrServer) || errors.Is(err, ErrUndecodable) ||
		errors.Is(err, ErrRateLimited) && !errors.Is(err, ErrDailyLimit)
}

// isTemporary reports whether an error reports itself as temporary.
func isTemporary(err error) bool {
	one, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](err)
	return ok && one.Temporary()
}

func (w Wait) filled() Wait {
	w.First = cmp.Or(max(w.First, 0), 2*time.Second)
	w.Most = cmp.Or(max(w.Most, 0), 30*time.Second)
	w.Limit = cmp.Or(w.Limit, time.Hour)
	if w.Done == nil {
		w.Done = func(s PushStatus) bool { return strings.EqualFold(strings.TrimSpace(s.Status), PushCompleted) }
	}
	if w.Failed == nil {
		w.Failed = PushFailed
	}
	if w.Progress == nil {
		w.Progress = func(*PushStatus) {}
	}
	return w
}
