package operations

import (
	"context"
	"errors"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// gracePeriod is how long a request that changes something may continue after an interrupt: if it were cancelled, its
// outcome would be unknown.
const gracePeriod = 10 * time.Second

// withGracePeriod returns a context for a request that changes something. It ends gracePeriod after ctx.
func withGracePeriod(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(gracePeriod, cancel) })
	return longer, func() { stop(); cancel() }
}

// PerhapsDoneError is the error of a call that may have changed something, or certainly did but has no readable result.
type PerhapsDoneError struct{ Err error }

// Error returns the text of the wrapped error.
func (e *PerhapsDoneError) Error() string { return e.Err.Error() }

// Unwrap returns the wrapped error.
func (e *PerhapsDoneError) Unwrap() error { return e.Err }

// PerhapsDone reports whether an error wraps a *[PerhapsDoneError].
func PerhapsDone(err error) bool {
	_, perhaps := errors.AsType[*PerhapsDoneError](err)
	return perhaps
}

// markPerhapsDone wraps the error of a call that may have changed something in a *[PerhapsDoneError].
func markPerhapsDone(err error) error {
	if err == nil || api.EffectOf(err) == api.EffectNone {
		return err
	}
	return &PerhapsDoneError{err}
}
