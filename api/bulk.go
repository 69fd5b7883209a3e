package api

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Result is what became of one item of a [Bulk].
type Result[In, Out any] struct {
	Index int   // of the item
	In    In    // the item
	Out   *Out  // nil when Err is set
	Err   error // nil when it succeeded
}

// BulkError lists the items that failed. Get at it with errors.As; errors.Is looks into each item's error.
type BulkError struct {
	Items  int   // in all
	Failed []int // indices of those that failed, ascending
	errs   []error
}

// Error says how many failed, and how the first one did.
func (e *BulkError) Error() string {
	if len(e.Failed) == 0 || len(e.errs) == 0 {
		return fmt.Sprintf("%d of %d failed", len(e.Failed), e.Items)
	}
	return fmt.Sprintf("%d of %d failed; item %d: %v", len(e.Failed), e.Items, e.Failed[0], e.errs[0])
}

// Unwrap lists the errors of the items.
func (e *BulkError) Unwrap() []error { return e.errs }

// Bulking says how [Bulk] works. The zero value is ready to use.
type Bulking[In, Out any] struct {
	Workers int // items under way at once; 8 unless set

	// Done returns the earlier result of an item, so that a bulk that was interrupted goes on where it was. It is called
	// from one goroutine, before anything is sent.
	Done func(In) (*Out, bool)

	// Progress is called after each item that was worked on, from one goroutine at a time and in no particular order. A
	// program that keeps these results can resume from them.
	Progress func(Result[In, Out])

	// Stop says whether an error makes the rest useless. Unless set, those do that would meet every item alike: a refused
	// token, scope or version, the daily limit, and a pause that the service asks for and that is too long to wait.
	Stop func(error) bool
}

// Bulk calls fn for every item, several at once, and returns the results in the order of the items. A failure is kept
// with its item and the others go on; a *[BulkError] then lists the failures. The rate limit is the client's business:
// however many workers there are, they wait for their turn.
//
// After an error that would meet every item alike, or when ctx ends, no further item is begun; those not begun carry an
// [ErrNotBegun]. A panic of fn is the error of its item, a *[PanicError], and no further item is begun either: what has
// been made by then is not lost with it. So it is with a panic of Progress or Stop, which leaves the item's result as it
// is, and is returned beside the failures.
func Bulk[In, Out any](
	ctx context.Context, items []In, fn func(context.Context, In) (*Out, error), how Bulking[In, Out],
) ([]Result[In, Out], error) {
	if ctx == nil || fn == nil {
		return nil, fmt.Errorf("bulk: %w: context or function is nil", ErrInvalidRequest)
	}
	b := &bulk[In, Out]{how: how, fn: fn, results: make([]Result[In, Out], len(items))}
	if b.how.Workers <= 0 {
		b.how.Workers = 8
	}
	if b.how.Stop == nil {
		b.how.Stop = meetsAll
	}
	for i, in := range items {
		r := Result[In, Out]{Index: i, In: in}
		if how.Done != nil {
			if out, ok := how.Done(in); ok && out != nil {
				r.Out = out
			}
		}
		b.results[i] = r
	}
	var workers sync.WaitGroup
	for range min(b.how.Workers, len(items)) {
		workers.Go(func() { b.work(ctx) })
	}
	workers.Wait()
	b.take(ctx) // marks what is left when all workers have ended early
	if b.broken != nil {
		return b.results, errors.Join(fmt.Errorf("progress: %w", b.broken), b.failures())
	}
	return b.results, b.failures()
}

// ErrNotBegun marks an item of a [Bulk] that was left because of an earlier error, or because the context ended.
var ErrNotBegun = errors.New("not begun")

// PanicError says that a function given to [Bulk] panicked, or ended its goroutine.
type PanicError struct {
	Value any    // of the panic; nil when the goroutine was ended without one
	Stack []byte // of the panic
}

// Error says what it panicked with, without the stack.
func (e *PanicError) Error() string {
	if e.Value == nil {
		return "the function ended its goroutine"
	}
	return fmt.Sprintf("the function panicked: %v", e.Value)
}

// Unwrap is the value of the panic where that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// meetsAll says that an error is not about the item, but about the token, the version, the day or a long pause.
func meetsAll(err error) bool {
	if _, paused := errors.AsType[*rest.PausedError](err); paused {
		return true
	}
	return errors.Is(err, ErrUnauthorized) && !errors.Is(err, ErrLocationAccess) || errors.Is(err, ErrMissingScope) ||
		errors.Is(err, ErrDailyLimit) || errors.Is(err, ErrBadVersion) || errors.Is(err, ErrTokenType)
}

type bulk[In, Out any] struct {
	how     Bulking[In, Out]
	fn      func(context.Context, In) (*Out, error)
	results []Result[In, Out]

	mu      sync.Mutex // guards what is below
	next    int
	stopped error
	broken  error // a panic of Progress or Stop

	progress sync.Mutex // held while Progress runs
}

func (b *bulk[In, Out]) work(ctx context.Context) {
	for {
		i, ok := b.take(ctx)
		if !ok {
			return
		}
		b.one(ctx, &b.results[i]) // its own from here on
	}
}

// one works on one item. It comes to its end also when fn does not return.
func (b *bulk[In, Out]) one(ctx context.Context, r *Result[In, Out]) {
	returned := false
	defer func() {
		if !returned {
			r.Out, r.Err = nil, &PanicError{recover(), debug.Stack()}
		}
		b.note(r)
	}()
	r.Out, r.Err = b.fn(ctx, r.In)
	returned = true
}

// note settles what became of an item. It comes to its end also when Progress or Stop does not return.
func (b *bulk[In, Out]) note(r *Result[In, Out]) {
	returned := false
	defer func() {
		if !returned {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.broken = &PanicError{recover(), debug.Stack()}
			b.stopped = b.broken
		}
	}()
	b.judge(r)
	if b.how.Progress != nil {
		b.progress.Lock()
		defer b.progress.Unlock()
		b.how.Progress(*r)
	}
	returned = true
}

// judge says whether the other items are of use after this one.
func (b *bulk[In, Out]) judge(r *Result[In, Out]) {
	if r.Err == nil && r.Out == nil {
		r.Err = errors.New("the function returned neither a result nor an error")
	}
	if r.Err != nil {
		r.Out = nil
		if _, panicked := errors.AsType[*PanicError](r.Err); panicked || b.how.Stop(r.Err) {
			b.mu.Lock()
			b.stopped = r.Err
			b.mu.Unlock()
		}
	}
}

// take hands out the next item that is to be worked on, and marks those that are left.
func (b *bulk[In, Out]) take(ctx context.Context) (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ; b.next < len(b.results); b.next++ {
		r := &b.results[b.next]
		switch {
		case r.Out != nil: // done before
		case b.stopped != nil:
			r.Err = fmt.Errorf("%w after: %w", ErrNotBegun, b.stopped)
		case ctx.Err() != nil:
			r.Err = fmt.Errorf("%w: %w", ErrNotBegun, context.Cause(ctx))
		default:
			b.next++
			return b.next - 1, true
		}
	}
	return 0, false
}

func (b *bulk[In, Out]) failures() error {
	e := &BulkError{Items: len(b.results)}
	for i := range b.results {
		if err := b.results[i].Err; err != nil {
			e.Failed = append(e.Failed, i)
			e.errs = append(e.errs, err)
		}
	}
	if len(e.Failed) == 0 {
		return nil
	}
	return e
}
