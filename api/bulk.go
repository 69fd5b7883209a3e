package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"sync"
	"unicode/utf8"
)

// Result is the outcome of one item of a [Bulk].
type Result[In, Out any] struct {
	Index int   // of the item
	In    In    // the item
	Out   *Out  // nil when Err is set
	Err   error // nil when it succeeded; see EffectOf
}

// Bulking configures a [Bulk]. The zero value is ready to use.
type Bulking[In, Out any] struct {
	Workers int // the number of items in progress at once; the default is 8

	// Journal records the outcome of each item, so that an interrupted bulk can continue where it stopped. An item that was
	// done is not done again; its result is read from the journal. An item that may have been done is not done again either,
	// and fails with an *[EarlierError]; [Journal.Unsettled] lists these. Out must survive being encoded as JSON and decoded
	// again.
	Journal *Journal

	// Key returns the key of an item in the journal. It must be unique, and the same in each run. It is required with a
	// journal, unless the items are strings or integers, which are then their own keys.
	Key func(In) string

	// Done returns an earlier result of an item that is stored elsewhere than in a journal; the item is then skipped. It is
	// called from one goroutine, before anything is sent.
	Done func(In) (*Out, bool)

	// Progress is called after each item, from one goroutine at a time and in no particular order. If it returns an error,
	// no further item is begun.
	Progress func(Result[In, Out]) error

	// Stop reports whether an error makes it useless to begin further items. The default is [DefaultStop].
	Stop func(error) bool
}

// Bulk calls fn for every item, several at once, and returns the results in the order of the items. If an item fails, its
// error is stored in its result and the other items continue; a *[BulkError] then lists the failures. The client enforces
// the rate limit, however many workers there are.
//
// A new share link of a snapshot can invalidate an earlier one, so of several links of one type for one snapshot only the
// last may work. To share with many partners, create one link that lists all of them; use Bulk for links of different
// snapshots.
//
// After an error for which Stop returns true, or when ctx ends, no further item is begun; those not begun fail with
// [ErrNotBegun]. A panic of fn is the error of its item, a *[PanicError], and no further item is begun either, so that the
// results so far are not lost. The same applies to an error or a panic of Progress, a panic of Stop, and an error of the
// journal; these do not change the result of the item, and are returned together with the failures.
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
		b.how.Stop = DefaultStop
	}
	for i, in := range items {
		b.results[i] = Result[In, Out]{Index: i, In: in}
		if how.Done != nil {
			if out, ok := how.Done(in); ok && out != nil {
				b.results[i].Out = out
			}
		}
	}
	if how.Journal != nil {
		if err := b.readJournal(); err != nil {
			return nil, fmt.Errorf("bulk: %w", err)
		}
	}
	var workers sync.WaitGroup
	for range min(b.how.Workers, len(items)) {
		workers.Go(func() { b.work(ctx) })
	}
	workers.Wait()
	b.take(ctx) // marks the remaining items if all workers have ended early
	if b.broken != nil {
		return b.results, errors.Join(b.broken, b.failures())
	}
	return b.results, b.failures()
}

type bulk[In, Out any] struct {
	how     Bulking[In, Out]
	fn      func(context.Context, In) (*Out, error)
	results []Result[In, Out]
	keys    []string // of the items in the journal; nil without one

	mu      sync.Mutex // guards the fields below
	next    int
	stopped error
	broken  error // of Progress, Stop or the journal

	progress sync.Mutex // held while Progress runs
}

// readJournal sets the results of the items that are in the journal.
func (b *bulk[In, Out]) readJournal() error {
	b.keys = make([]string, len(b.results))
	first := make(map[string]int, len(b.results))
	for i := range b.results {
		r := &b.results[i]
		key, err := b.key(r.In)
		if err != nil {
			return fmt.Errorf("%w: item %d: %w", ErrInvalidRequest, i, err)
		}
		if earlier, twice := first[key]; twice {
			return fmt.Errorf("%w: items %d and %d have the same key in the journal, %s", ErrInvalidRequest, earlier, i, key)
		}
		first[key], b.keys[i] = i, key
		if entry, known := b.how.Journal.entry(key); known && r.Out == nil {
			r.Out, r.Err = earlierResult[Out](entry)
		}
	}
	return nil
}

func (b *bulk[In, Out]) key(in In) (key string, err error) {
	v := reflect.ValueOf(in)
	switch {
	case b.how.Key != nil:
		key = b.how.Key(in)
	case v.Kind() == reflect.String:
		key = v.String()
	case v.CanInt() || v.CanUint():
		key = fmt.Sprint(v)
	default:
		return "", fmt.Errorf("a journal needs a Key for items of type %T", in)
	}
	return key, checkKey(key)
}

func checkKey(key string) error {
	switch {
	case key == "":
		return errors.New("its key in the journal is empty")
	case !utf8.ValidString(key): // it would be another key when it is read again, and the item would be done twice
		return fmt.Errorf("its key in the journal, %q, is not valid UTF-8", key)
	}
	return nil
}

// encodeResult returns a result as JSON for the journal. A result that would be decoded as the zero value is an error.
func encodeResult[Out any](out *Out) (json.RawMessage, error) {
	raw, err := json.Marshal(out)
	if err == nil {
		var back Out
		if err = json.Unmarshal(raw, &back); err == nil && reflect.ValueOf(&back).Elem().IsZero() && !reflect.ValueOf(out).Elem().IsZero() {
			err = fmt.Errorf("%s is read back as nothing", raw)
		}
	}
	if err != nil {
		return nil, &lostResultError{fmt.Errorf("the result cannot be kept in the journal: %w", err)}
	}
	return raw, nil
}

// decodeResult reads a result from the journal. JSON of another type, which is decoded as the zero value, is an error.
func decodeResult[Out any](raw json.RawMessage) (*Out, error) {
	out := new(Out)
	if err := json.Unmarshal(raw, out); err != nil {
		return nil, err
	}
	if reflect.ValueOf(out).Elem().IsZero() {
		if zero, err := json.Marshal(out); err != nil || string(zero) != string(raw) {
			return nil, fmt.Errorf("%.200s holds nothing of a %T", raw, *out)
		}
	}
	return out, nil
}

// earlierResult returns neither a result nor an error for an item that certainly was not done.
func earlierResult[Out any](entry JournalEntry) (*Out, error) {
	switch entry.State {
	case JournalNotDone:
		return nil, nil
	case JournalDone:
		out, err := decodeResult[Out](entry.Result)
		if err != nil {
			entry.State, entry.Error = JournalUnreadable, "the result in the journal cannot be read: "+err.Error()
			return nil, &EarlierError{entry}
		}
		return out, nil
	default:
		return nil, &EarlierError{entry}
	}
}

func (b *bulk[In, Out]) work(ctx context.Context) {
	for {
		i, ok := b.take(ctx)
		if !ok {
			return
		}
		b.one(ctx, &b.results[i]) // only this worker uses it from here on
	}
}

// one processes one item. It records the outcome even if fn panics or ends its goroutine.
func (b *bulk[In, Out]) one(ctx context.Context, r *Result[In, Out]) {
	if b.keys != nil {
		if err := b.how.Journal.begin(b.keys[r.Index]); err != nil {
			r.Err = &notBegunError{": ", err}
			b.breakOff(err)
			return
		}
	}
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

// note records the outcome of an item, even if Progress or Stop panics or ends its goroutine.
func (b *bulk[In, Out]) note(r *Result[In, Out]) {
	if r.Err == nil && r.Out == nil {
		r.Err = errors.New("the function returned neither a result nor an error")
	}
	if r.Err != nil {
		r.Out = nil
	}
	if b.keys != nil {
		b.writeDown(r)
	}
	returned := false
	defer func() {
		if !returned {
			b.breakOff(fmt.Errorf("progress: %w", &PanicError{recover(), debug.Stack()}))
		}
	}()
	if r.Err != nil {
		if _, panicked := errors.AsType[*PanicError](r.Err); panicked || b.how.Stop(r.Err) {
			b.stop(r.Err)
		}
	}
	if b.how.Progress != nil {
		b.progress.Lock()
		defer b.progress.Unlock()
		if err := b.how.Progress(*r); err != nil {
			b.breakOff(fmt.Errorf("progress: %w", err))
		}
	}
	returned = true
}

// writeDown writes the outcome of an item to the journal. If that fails, no further item is begun.
func (b *bulk[In, Out]) writeDown(r *Result[In, Out]) {
	key, failed := b.keys[r.Index], r.Err
	var raw json.RawMessage
	var lost error
	if failed == nil {
		raw, lost = encodeResult(r.Out)
		failed = lost
	}
	if err := b.how.Journal.end(key, raw, failed); err != nil || lost != nil {
		b.breakOff(errors.Join(lost, err))
	}
}

// stop prevents further items from being begun.
func (b *bulk[In, Out]) stop(why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = why
}

// breakOff stops, and makes Bulk return the reason in addition to the failures. Only the first reason is used.
func (b *bulk[In, Out]) breakOff(why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = why
	if b.broken == nil {
		b.broken = why
	}
}

// take returns the next item to work on. Items that are not begun get an error.
func (b *bulk[In, Out]) take(ctx context.Context) (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ; b.next < len(b.results); b.next++ {
		r := &b.results[b.next]
		switch {
		case r.Out != nil || r.Err != nil: // settled before
		case b.stopped != nil:
			r.Err = &notBegunError{" after: ", b.stopped}
		case ctx.Err() != nil:
			r.Err = &notBegunError{": ", context.Cause(ctx)}
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
