package rest

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"
)

// LocalBudget is a [Budget] within one process: an exact sliding window for each key. Requests are granted in order of
// arrival.
type LocalBudget struct {
	limit    int
	interval time.Duration
	share    float64

	mu     sync.Mutex
	queues map[string]*queue
	sweep  int // number of queues at which idle ones are removed
}

// BudgetOption configures a [LocalBudget].
type BudgetOption func(*LocalBudget)

// BudgetShare leaves a part of the service's limit to other programs that use the same budget, such as one with the same app
// and company: at 0.8, 20 of a limit of 100 in any interval are left to others, and 3 more are not used at all, as a margin.
// The default is 1: other programs are then left only what they are observed to use, for which they first have to get it.
// NewLocalBudget panics if the share is not above 0 and at most 1.
func BudgetShare(share float64) BudgetOption {
	return func(b *LocalBudget) { b.share = share }
}

// NewLocalBudget allows limit requests in any interval for each key, until the headers of a response say otherwise. A wrong
// response does not stop all calls for long: an interval in a header is limited to [MaxWait]; an exhausted daily limit, or a
// request for a longer pause, holds for MaxWait, after which a few requests try again. It panics if limit or interval is not
// positive.
func NewLocalBudget(limit int, interval time.Duration, opts ...BudgetOption) *LocalBudget {
	b := &LocalBudget{limit: limit, interval: interval, share: 1, queues: map[string]*queue{}, sweep: 64}
	for _, opt := range opts {
		opt(b)
	}
	if limit <= 0 || interval <= 0 || !(b.share > 0 && b.share <= 1) {
		panic(fmt.Sprintf("rest: a budget of %v of %d requests in %v is invalid", b.share, limit, interval))
	}
	return b
}

// sharedBudget has the documented limit of the service. All clients of this process share it.
var sharedBudget = NewLocalBudget(100, 10*time.Second)

// queue is the window of one key and the requests that wait for it.
type queue struct {
	window  *window
	waiting list.List // of *waiter
	timer   *time.Timer
}

type waiter struct {
	ready  chan struct{} // closed once number or err is set
	number uint64
	err    error
}

// Take implements [Budget].
func (b *LocalBudget) Take(ctx context.Context, key string) (func(Outcome), error) {
	if ctx.Err() != nil {
		return nil, ended(ctx, ctx.Err())
	}
	b.mu.Lock()
	q := b.queue(key)
	w := &waiter{ready: make(chan struct{})}
	place := q.waiting.PushBack(w)
	b.serve(q)
	b.mu.Unlock()

	select {
	case <-w.ready:
	case <-ctx.Done():
		b.mu.Lock()
		defer b.mu.Unlock()
		select {
		case <-w.ready: // granted at the same time: give it back
			if w.err == nil {
				q.window.settle(w.number, Outcome{Unsent: true}, time.Now())
			}
		default:
			q.waiting.Remove(place)
		}
		b.serve(q)
		return nil, fmt.Errorf("%w while waiting", ended(ctx, ctx.Err()))
	}
	if w.err != nil {
		return nil, w.err
	}
	var once sync.Once
	return func(o Outcome) {
		once.Do(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			q.window.settle(w.number, o, time.Now())
			b.serve(q)
		})
	}, nil
}

// serve grants free places in order of arrival, and sets a timer for the next free place.
func (b *LocalBudget) serve(q *queue) {
	if q.timer != nil {
		q.timer.Stop()
		q.timer = nil
	}
	for q.waiting.Len() > 0 {
		first := q.waiting.Front()
		w := first.Value.(*waiter)
		now := time.Now()
		if now.Before(q.window.spentFor) {
			w.err = &DailyLimitError{Reset: q.window.newDay.Sub(now)}
		} else if now.Before(q.window.restFor) {
			w.err = &PausedError{Left: q.window.resumes.Sub(now)}
		} else {
			number, when, ok := q.window.grant(now)
			if !ok {
				if !when.IsZero() {
					q.timer = time.AfterFunc(when.Sub(now), func() {
						b.mu.Lock()
						defer b.mu.Unlock()
						b.serve(q)
					})
				}
				return
			}
			w.number = number
		}
		q.waiting.Remove(first)
		close(w.ready)
	}
}

// queue returns the queue of a key. From time to time it removes those that have not been used for a while, so that the
// memory of a process that serves many companies does not grow with their number.
func (b *LocalBudget) queue(key string) *queue {
	if q, ok := b.queues[key]; ok {
		return q
	}
	if len(b.queues) >= b.sweep {
		now := time.Now()
		for k, q := range b.queues {
			if q.waiting.Len() == 0 && q.window.idle(now) {
				delete(b.queues, k)
			}
		}
		b.sweep = max(64, 2*len(b.queues))
	}
	q := &queue{window: newWindow(b.limit, b.interval, b.share)}
	b.queues[key] = q
	return q
}
