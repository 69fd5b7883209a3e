package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// PushCompleted is the status of a push that the service holds for complete.
const PushCompleted = "completed"

// Wait says how [Client.WaitForPush] asks. Zero fields stand for the defaults.
type Wait struct {
	First time.Duration // pause after the first look, growing by half each time; 2 s unless set
	Most  time.Duration // bound of a pause; 30 s unless set

	// Done says whether a status is the last one. Unless set, only "completed" is, since no other final status is known;
	// a status that is not known never ends the waiting.
	Done func(PushStatus) bool

	// Progress is called after each look, with nil as long as the service does not know the push.
	Progress func(*PushStatus)
}

// WaitForPush asks for the latest push of a snapshot to a sub-account until it is done, and returns its last status.
//
// "Not found" means that the push has not been registered yet, so it goes on. Every other error ends it, after the
// repetitions of the call itself. The context bounds the waiting; its error then holds the last status in words. That a
// push is completed is the service's claim: an asset may still be missing.
//
// It waits for the latest push, whichever that is. Begun before a new push is registered, it finds the one before.
func (c *Client) WaitForPush(ctx context.Context, req LatestPushRequest, wait Wait, opts ...CallOption) (*PushStatus, error) {
	if ctx == nil {
		return nil, fmt.Errorf("wait for push: %w: the context is nil", ErrInvalidRequest)
	}
	wait = wait.filled()
	pause := wait.First
	last := "never registered"
	for {
		got, err := c.LatestPush(ctx, req, opts...)
		switch {
		case err == nil:
			last = strings.TrimSpace("last " + got.Data.Status)
			wait.Progress(&got.Data)
			if wait.Done(got.Data) {
				return &got.Data, nil
			}
		case notYet(err):
			wait.Progress(nil)
		case ctx.Err() != nil:
			return nil, fmt.Errorf("wait for push (%s): %w", last, err)
		default:
			return nil, fmt.Errorf("wait for push: %w", err)
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, fmt.Errorf("wait for push (%s): %w", last, ctx.Err())
		}
		pause = min(pause+pause/2, wait.Most)
	}
}

// notYet says that the service knows the path, but not the push.
func notYet(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == 404 && !errors.Is(err, rest.ErrNoRoute)
}

func (w Wait) filled() Wait {
	if w.First <= 0 {
		w.First = 2 * time.Second
	}
	if w.Most <= 0 {
		w.Most = 30 * time.Second
	}
	if w.Done == nil {
		w.Done = func(s PushStatus) bool { return strings.EqualFold(s.Status, PushCompleted) }
	}
	if w.Progress == nil {
		w.Progress = func(*PushStatus) {}
	}
	return w
}
