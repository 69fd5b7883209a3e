package rest

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// polite makes two requests per second, evenly or at random, and returns how many of how many were refused.
func polite(ctx context.Context, m *meter, even bool) (refused, of int) {
	const pause = time.Second / 2
	for ctx.Err() == nil {
		if _, ok := m.spend(); !ok {
			refused++
		}
		of++
		if even {
			time.Sleep(pause)
		} else {
			time.Sleep(pause/2 + rand.N(pause))
		}
	}
	return refused, of
}

// Another program that uses two requests per second, of a hundred in ten seconds, gets them if a fifth is left to others.
func TestShareLeavesAPoliteNeighbourItsRequests(t *testing.T) {
	leak.Check(t)
	latencies := map[string]func() (time.Duration, time.Duration){
		"no delay":      uniformLatency(0, 0),
		"20 to 60 ms":   uniformLatency(10*time.Millisecond, 30*time.Millisecond),
		"uneven to 600": uniformLatency(0, 300*time.Millisecond),
	}
	for name, latency := range latencies {
		for _, sliding := range []bool{false, true} {
			for _, even := range []bool{false, true} {
				if !full && (sliding == even || name != "20 to 60 ms") {
					continue
				}
				t.Run(fmt.Sprintf("%s/sliding=%v/even=%v", name, sliding, even), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						time.Sleep(rand.N(10 * time.Second)) // somewhere in the service's window
						m := &meter{sliding: sliding, limit: 100, interval: 10 * time.Second, latency: latency}
						ctx, stop := context.WithCancel(t.Context())
						var neighbour sync.WaitGroup
						refused, of := 0, 0
						neighbour.Go(func() { refused, of = polite(ctx, m, even) })
						took := spendAll(t, 3000, 16, meteredClient(t, m, NewLocalBudget(100, 10*time.Second, BudgetShare(0.8))))
						stop()
						neighbour.Wait()
						t.Logf("took %v; refused: %d of ours, %d of the neighbour's %d (%.1f %%)", took, m.refused, refused, of, 100*float64(refused)/float64(of))
						if refused*50 >= of {
							t.Errorf("the neighbour was refused %d of %d requests, want less than 2 %%", refused, of)
						}
						if m.refused > 30 {
							t.Errorf("%d of 3000 were refused, want at most 1 %%", m.refused)
						}
						// 80 of 100 are ours at most: 3,000 take 370 s and more.
						if took > 480*time.Second {
							t.Errorf("took %v: the client starves", took)
						}
					})
				})
			}
		}
	}
}

func TestBudgetShareOutOfRangePanics(t *testing.T) {
	leak.Check(t)
	for _, share := range []float64{0, -1, 1.01, math.NaN(), math.Inf(1)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a share of %v is accepted", share)
				}
			}()
			NewLocalBudget(100, time.Second, BudgetShare(share))
		}()
	}
	for limit, want := range map[int]int{1: 1, 3: 1, 10: 7, 100: 77} {
		if got := newWindow(limit, time.Second, 0.8).own(); got != want {
			t.Errorf("0.8 of %d is %d, want %d", limit, got, want)
		}
	}
	if got := newWindow(100, time.Second, 1).own(); got != 100 {
		t.Errorf("all of 100 is %d", got)
	}
}

// One response with a wrong limit or interval must not stop all calls for hours.
func TestOneWrongAnswerDoesNotStopTheCalls(t *testing.T) {
	leak.Check(t)
	for name, wrong := range map[string]Rate{
		"an interval of an hour":        {Interval: time.Hour},
		"an hour, and nothing left":     {Interval: time.Hour, HasRemaining: true},
		"one request in an hour":        {Interval: time.Hour, Limit: 1},
		"one request, and none is left": {Interval: time.Hour, Limit: 1, HasRemaining: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := NewLocalBudget(100, 10*time.Second)
				begin := time.Now()
				var calls sync.WaitGroup
				for n := range 100 {
					calls.Go(func() {
						settle, err := b.Take(t.Context(), "k")
						if err != nil {
							t.Error(err)
							return
						}
						time.Sleep(50 * time.Millisecond)
						rate := Rate{Limit: 100, Interval: 10 * time.Second}
						if n == 0 {
							rate = wrong
						}
						settle(Outcome{Answered: true, Rate: rate})
					})
					synctest.Wait()
				}
				calls.Wait()
				// The correct responses to the other requests in flight correct it; without any, it is MaxWait.
				if took := time.Since(begin); took > 2*10*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}
