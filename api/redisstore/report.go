package redisstore

import (
	"context"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

const (
	// awayPause is how long Redis is not tried again after it was unavailable.
	awayPause = time.Second
	// reportWait is how long a response waits for its report to Redis.
	reportWait = 100 * time.Millisecond
)

// report is the outcome of a request.
type report struct {
	place   *place
	outcome rest.Outcome
	at      time.Time
}

// settle reports the outcome of the request to Redis, now or when Redis is back. If it never is, the place becomes free after the lease.
func (p *place) settle(o rest.Outcome) {
	reported := make(chan struct{})
	go func() {
		defer close(reported)
		p.b.send(report{p, o, time.Now()})
	}()
	timer := time.NewTimer(reportWait)
	defer timer.Stop()
	select {
	case <-reported:
	case <-timer.C:
	}
}

func (b *budget) send(r report) {
	b.mu.Lock()
	away := time.Now().Before(b.away)
	if away {
		b.pending = append(b.pending, r)
	}
	b.mu.Unlock()
	if away {
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
		b.pending = append(b.pending, r)
		b.mu.Unlock()
		b.noteAway(err)
	}
}

// mayTry reports whether a call may use Redis. After Redis was unavailable, one call at a time checks whether it is back.
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
	b.away = now.Add(b.redis.timeout + awayPause)
	return true
}

func (b *budget) noteAway(err error) {
	b.mu.Lock()
	b.away = time.Now().Add(awayPause)
	b.mu.Unlock()
	if b.o.OnUnavailable != nil {
		b.o.OnUnavailable(err)
	}
}

// noteBack sends the reports that are pending since Redis was unavailable. A report that is older than the lease has no effect.
func (b *budget) noteBack() {
	b.mu.Lock()
	pending := b.pending
	b.away, b.pending = time.Time{}, nil
	b.mu.Unlock()
	if len(pending) == 0 {
		return
	}
	go func() {
		for _, r := range pending {
			if time.Since(r.at) < b.o.Lease {
				b.send(r)
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
