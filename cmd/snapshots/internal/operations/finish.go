package operations

import (
	"context"
	"errors"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// gracePeriod is how long a request that changes something may go on after an interrupt: if it were cancelled, its outcome would
// not be known.
const gracePeriod = 10 * time.Second

// withGracePeriod returns a context for a request that changes something. It ends gracePeriod after ctx.
func withGracePeriod(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(gracePeriod, cancel) })
	return longer, func() { stop(); cancel() }
}

// PerhapsDoneError is the error of a call that has perhaps changed something, or surely has and gave no result that can be read.
type PerhapsDoneError struct{ Err error }

// Error is that of the call.
func (e *PerhapsDoneError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the call.
func (e *PerhapsDoneError) Unwrap() error { return e.Err }

// PerhapsDone reports whether an error has a *[PerhapsDoneError] in it.
func PerhapsDone(err error) bool {
	_, perhaps := errors.AsType[*PerhapsDoneError](err)
	return perhaps
}

// markPerhapsDone marks the error of a call that changes something, if it may have done so.
func markPerhapsDone(err error) error {
	if err == nil || api.EffectOf(err) == api.EffectNone {
		return err
	}
	return &PerhapsDoneError{err}
}
