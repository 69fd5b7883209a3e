package api

import (
	"context"
	"errors"
	"fmt"

	"github.com/highlevel-go/snapshots/api/rest"
)

// BulkError lists the items that failed. Use errors.As to get it; errors.Is examines the error of each item.
type BulkError struct {
	Items  int   // in all
	Failed []int // indices of those that failed, ascending
	errs   []error
}

// Error returns the number of failures, and the first one.
func (e *BulkError) Error() string {
	if len(e.Failed) == 0 || len(e.errs) == 0 {
		return fmt.Sprintf("%d of %d failed", len(e.Failed), e.Items)
	}
	return fmt.Sprintf("%d of %d failed; item %d: %v", len(e.Failed), e.Items, e.Failed[0], e.errs[0])
}

// Unwrap returns the errors of the items.
func (e *BulkError) Unwrap() []error { return e.errs }

// Effect returns the most that may have happened to any of the failed items.
func (e *BulkError) Effect() Effect {
	effect := EffectNone
	for _, err := range e.errs {
		effect = max(effect, EffectOf(err))
	}
	return effect
}

// ErrNotBegun is the error of an item of a [Bulk] that was not begun because of an earlier error, or because the context ended.
var ErrNotBegun = errors.New("not begun")

// notBegunError is an ErrNotBegun with its reason. The effect of the reason is not that of the item.
type notBegunError struct {
	join string
	why  error
}

func (e *notBegunError) Error() string   { return ErrNotBegun.Error() + e.join + e.why.Error() }
func (e *notBegunError) Unwrap() []error { return []error{ErrNotBegun, e.why} }
func (e *notBegunError) Effect() Effect  { return EffectNone }

// lostResultError reports that an item was done, but its result cannot be stored.
type lostResultError struct{ error }

func (e *lostResultError) Unwrap() error  { return e.error }
func (e *lostResultError) Effect() Effect { return EffectDone }

// PanicError is the error of a function given to [Bulk] that panicked, or ended its goroutine.
type PanicError struct {
	Value any    // of the panic; nil if the goroutine exited without one
	Stack []byte // of the panic
}

// Error returns the value of the panic as text, without the stack.
func (e *PanicError) Error() string {
	if e.Value == nil {
		return "the function ended its goroutine"
	}
	return fmt.Sprintf("the function panicked: %v", e.Value)
}

// Unwrap returns the value of the panic if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Effect returns [EffectUnknown].
func (e *PanicError) Effect() Effect { return EffectUnknown }

// DefaultStop reports whether an error would occur for every item of a [Bulk]: a refused token, scope or version, a token
// source without a token, the daily limit, or a pause requested by the service that is too long to wait. If only the token of
// one sub-account is missing, for example because it has not installed the app, the others continue. A Stop function can call
// DefaultStop and add to it.
func DefaultStop(err error) bool {
	if one, ok := errors.AsType[*rest.LocationTokenError](err); ok {
		return DefaultStop(one.Err)
	}
	if _, paused := errors.AsType[*rest.PausedError](err); paused {
		return true
	}
	if errors.Is(err, ErrTokenSource) {
		return !errors.Is(err, context.DeadlineExceeded) // it may be the deadline of this call only
	}
	return errors.Is(err, ErrUnauthorized) && !errors.Is(err, ErrLocationAccess) || errors.Is(err, ErrMissingScope) ||
		errors.Is(err, ErrDailyLimit) || errors.Is(err, ErrBadVersion) || errors.Is(err, ErrTokenType)
}
