package redisstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/highlevel-go/snapshots/api/rest"
)

// BudgetOptions configures [Budget]. Zero fields have the defaults.
type BudgetOptions struct {
	Limit    int           // requests in any interval, until a response reports another limit; the default is 100
	Interval time.Duration // the default is 10 s

	// Share is the part of the limit that all users of this budget may use together; the rest is left to other programs.
	// The default is 1. See [rest.BudgetShare].
	Share float64

	Prefix  string        // of the keys in Redis; the default is "highlevel:"
	Timeout time.Duration // for one command, including connecting; the default is 2 s

	// Lease is how long a request counts if its process crashed before the response; the default is 1 minute.
	Lease time.Duration

	// Fallback is used while Redis is unavailable; without one, calls fail with [ErrUnavailable]. Each machine has its own, so
	// give it the share of one machine: rest.NewLocalBudget(25, 10*time.Second) on each of four.
	Fallback rest.Budget

	// OnUnavailable is called each time that Redis turns out to be unavailable, from any goroutine.
	OnUnavailable func(error)
}

// Budget returns a budget that is shared by all programs that use the same Redis.
func Budget(client redis.UniversalClient, o BudgetOptions) rest.Budget {
	o.Limit = cmp.Or(max(o.Limit, 0), 100)
	o.Interval = cmp.Or(max(o.Interval, 0), 10*time.Second)
	o.Lease = cmp.Or(max(o.Lease, 0), time.Minute)
	o.Prefix = cmp.Or(o.Prefix, defaultPrefix)
	if !(o.Share > 0 && o.Share < 1) {
		o.Share = 1
	}
	return &budget{redis: link{client, cmp.Or(max(o.Timeout, 0), defaultTimeout)}, o: o}
}

type budget struct {
	redis link
	o     BudgetOptions

	mu      sync.Mutex
	away    time.Time // until then, Redis is not tried again; zero while it is available
	pending []report  // reports that could not be sent to Redis
}

//go:embed budget.lua
var budgetSource string

var budgetScript = redis.NewScript(budgetSource)

// Take implements [rest.Budget].
func (b *budget) Take(ctx context.Context, key string) (func(rest.Outcome), error) {
	if b.o.Fallback != nil && !b.mayTry() {
		return b.o.Fallback.Take(ctx, key)
	}
	p := &place{b: b, keys: b.keys(key), ticket: rand.Text()}
	err := p.wait(ctx)
	switch {
	case err == nil:
		var once sync.Once
		return func(o rest.Outcome) { once.Do(func() { p.settle(o) }) }, nil
	case errors.Is(err, ErrUnavailable) && ctx.Err() == nil:
		b.noteAway(err)
		if b.o.Fallback != nil {
			return b.o.Fallback.Take(ctx, key)
		}
	}
	return nil, err
}

// keys returns the keys of one budget. The hash tag in braces keeps them on one node of a cluster. It is a hash of the key,
// which contains a token and a company.
func (b *budget) keys(key string) []string {
	sum := sha256.Sum256([]byte(key))
	name := b.o.Prefix + "budget:{" + hex.EncodeToString(sum[:16]) + "}:"
	return []string{name + "state", name + "queue", name + "alive", name + "flight", name + "held", name + "sent"}
}

// place is the place of one request in the budget, from waiting until the request is over.
type place struct {
	b      *budget
	keys   []string
	ticket string
	sent   int64 // when the request was granted, in microseconds by the server's clock
}

// wait returns when the request may be sent.
func (p *place) wait(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return ended(ctx)
		}
		r, err := ask(ctx, p.b.redis, p.take, func(verdict) { p.leave() })
		if err != nil {
			return err
		}
		p.b.noteBack()
		switch r.word {
		case "go":
			p.sent = r.micros
			return nil
		case "day":
			return &rest.DailyLimitError{Reset: r.wait()}
		case "pause":
			return &rest.PausedError{Left: r.wait()}
		}
		timer := time.NewTimer(r.wait())
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			go p.leave()
			return ended(ctx)
		}
	}
}

// verdict is the reply of the script: "go" and its time, or "day", "pause" or "wait" and a duration.
type verdict struct {
	word   string
	micros int64
}

func (v verdict) wait() time.Duration { return time.Duration(v.micros) * time.Microsecond }

func (p *place) take(ctx context.Context) (verdict, error) {
	reply, err := p.run(ctx, "take").Slice()
	if err != nil {
		return verdict{}, err
	}
	if len(reply) == 2 {
		word, isText := reply[0].(string)
		micros, isNumber := reply[1].(int64)
		if isText && isNumber {
			return verdict{word, micros}, nil
		}
	}
	return verdict{}, fmt.Errorf("the script answered %v", reply)
}

func (p *place) run(ctx context.Context, verb string, more ...any) *redis.Cmd {
	o := p.b.o
	args := append([]any{verb, p.ticket, o.Limit, o.Interval.Microseconds(), o.Lease.Microseconds(), o.Share}, more...)
	return budgetScript.Run(ctx, p.b.redis.client, p.keys, args...)
}

// leave gives up a place, or the wait for one.
func (p *place) leave() {
	_, _ = ask(context.Background(), p.b.redis, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.run(ctx, "leave").Err()
	}, nil) // otherwise the ticket expires
}
