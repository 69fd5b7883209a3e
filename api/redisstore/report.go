package redisstore

import (
	"context"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

const (
	// pardon is how long Redis is left alone after it was found to be away.
	pardon = time.Second
	// courtesy is how long the answer to a call is held back for telling Redis of it.
	courtesy = 100 * time.Millisecond
)

// report is what became of a request.
type report struct {
	place   *place
	outcome rest.Outcome
	at      time.Time
}

// settle tells Redis what became of the request: at once, or when Redis is back. Else the place comes free with its lease.
func (p *place) settle(o rest.Outcome) {
	told := make(chan struct{})
	go func() {
		defer close(told)
		p.b.tell(report{p, o, time.Now()})
	}()
	timer := time.NewTimer(courtesy)
	defer timer.Stop()
	select {
	case <-told:
	case <-timer.C:
	}
}

func (b *budget) tell(r report) {
	b.mu.Lock()
	resting := time.Now().Before(b.away)
	if resting {
		b.owed = append(b.owed, r)
	}
	b.mu.Unlock()
	if resting {
		return
	}
	o, since := r.outcome, time.Since(r.at)
	remaining := -1
	if o.Rate.HasRemaining {
		remaining = o.Rate.Remaining
	}
	var pause, daily time.Duration
	if o.RetryAfter > 0 {
		pause = max(o.RetryAfter-since, time.Microsecond)
	}
	if o.Rate.HasDaily && o.Rate.DailyRemaining == 0 {
		daily = max(o.Rate.DailyReset-since, 0)
	}
	_, err := ask(context.Background(), b.redis, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.place.run(ctx, "settle", r.place.sent, bit(o.Answered), bit(o.Unsent), bit(o.Refused), o.Rate.Limit,
			o.Rate.Interval.Microseconds(), remaining, pause.Microseconds(), daily.Microseconds()).Err()
	}, nil)
	if err != nil {
		b.mu.Lock()
		b.owed = append(b.owed, r)
		b.mu.Unlock()
		b.noteAway(err)
	}
}

// mayTry says whether a call may ask Redis. After Redis was away one call at a time finds out whether it is back.
func (b *budget) mayTry() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.away.IsZero() {
		return true
	}
	if now.Before(b.away) {
		return false
	}
	b.away = now.Add(b.redis.timeout + pardon)
	return true
}

func (b *budget) noteAway(err error) {
	b.mu.Lock()
	b.away = time.Now().Add(pardon)
	b.mu.Unlock()
	if b.o.OnUnavailable != nil {
		b.o.OnUnavailable(err)
	}
}

// noteBack tells Redis, which has answered, what it is owed. What is older than a lease is of no use any more.
func (b *budget) noteBack() {
	b.mu.Lock()
	owed := b.owed
	b.away, b.owed = time.Time{}, nil
	b.mu.Unlock()
	if len(owed) == 0 {
		return
	}
	go func() {
		for _, r := range owed {
			if time.Since(r.at) < b.o.Lease {
				b.tell(r)
			}
		}
	}()
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
