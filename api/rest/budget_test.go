package rest

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestBudgetServesInOrderOfArrival(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(1, time.Second)
		var mu sync.Mutex
		var order []int
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				settle, err := b.Take(t.Context(), "k")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				settle(Outcome{Answered: true})
			})
			synctest.Wait() // until it is in the queue
		}
		wg.Wait()
		for i, n := range order {
			if i != n {
				t.Fatalf("served in the order %v", order)
			}
		}
	})
}

func TestBudgetWaitEndsAtOnceWithTheContext(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(1, time.Hour)
		if _, err := b.Take(t.Context(), "k"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		_, err := b.Take(ctx, "k")
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
		if waited := time.Since(begin); waited != time.Second {
			t.Errorf("waited %v", waited)
		}
		if n := b.queues["k"].waiting.Len(); n != 0 {
			t.Errorf("%d still stand in the queue", n)
		}
	})
}

// A place that is granted at the very time its waiter gives up must not be lost.
func TestBudgetLosesNoPlaceToWaitersWhoGiveUp(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(4, time.Second)
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%7)*(time.Second+margin)/2)
				defer cancel()
				if settle, err := b.Take(ctx, "k"); err == nil {
					settle(Outcome{Answered: true})
				}
			})
		}
		wg.Wait()
		time.Sleep(2 * time.Second)
		if q := b.queues["k"]; !q.window.idle(time.Now()) || q.window.inFlight != 0 {
			t.Errorf("%d in flight after all is over", q.window.inFlight)
		}
		for range 4 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
			if _, err := b.Take(ctx, "k"); err != nil {
				t.Errorf("a place is lost: %v", err)
			}
			cancel()
		}
	})
}

func TestBudgetOfTheDayAnswersAtOnceWithTheTimeLeft(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		settle, err := b.Take(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Answered: true, Rate: Rate{HasDaily: true, DailyReset: 3 * time.Hour}})
		time.Sleep(MaxWait / 2)
		_, err = b.Take(t.Context(), "k")
		var spent *DailyLimitError
		if !errors.As(err, &spent) || spent.Reset != 3*time.Hour-MaxWait/2 {
			t.Fatalf("error is %v, want a DailyLimitError with three hours, less half a minute", err)
		}
		if !errors.Is(err, ErrDailyLimit) || !errors.Is(err, ErrRateLimited) {
			t.Errorf("%v is not among the sentinels", err)
		}
		if _, err := b.Take(t.Context(), "another company"); err != nil {
			t.Errorf("another key is refused as well: %v", err)
		}
		time.Sleep(3 * time.Hour)
		if _, err := b.Take(t.Context(), "k"); err != nil {
			t.Errorf("refused on the next day: %v", err)
		}
	})
}

// One response that wrongly reports an exhausted daily limit, or a pause of two days, costs a minute. One that
// is right is confirmed by a few requests per minute.
func TestOneWrongAnswerStopsCallsForAMinuteOnly(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		answer Outcome
		err    error
	}{
		"the day": {Outcome{Answered: true, Rate: Rate{HasDaily: true, DailyReset: 48 * time.Hour}}, ErrDailyLimit},
		"a pause": {Outcome{Answered: true, Refused: true, RetryAfter: 48 * time.Hour}, ErrRateLimited},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := NewLocalBudget(100, 10*time.Second)
				settle, err := b.Take(t.Context(), "k")
				if err != nil {
					t.Fatal(err)
				}
				settle(c.answer)
				for minute := range 5 {
					if _, err := b.Take(t.Context(), "k"); !errors.Is(err, c.err) || !strings.Contains(err.Error(), "48h0m0s") {
						t.Fatalf("minute %d: %v", minute, err)
					}
					time.Sleep(MaxWait)
					var out []func(Outcome)
					for range 50 {
						ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
						if settle, err := b.Take(ctx, "k"); err == nil {
							out = append(out, settle)
						}
						cancel()
					}
					if len(out) == 0 || len(out) > scouts {
						t.Errorf("minute %d: %d requests ask whether it is so", minute, len(out))
					}
					for _, settle := range out {
						settle(c.answer)
					}
				}
				time.Sleep(MaxWait)
				for n := range 50 {
					settle, err := b.Take(t.Context(), "k")
					if err != nil {
						t.Fatalf("request %d: %v", n, err)
					}
					settle(Outcome{Answered: true, Rate: Rate{HasDaily: true, DailyRemaining: 1000, DailyReset: 48 * time.Hour}})
				}
			})
		})
	}
}

// A pause of an hour must not block a program silently; one of seconds is waited for.
func TestBudgetRefusesAtOnceWhenThePauseIsTooLong(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		settle, err := b.Take(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Answered: true, Refused: true, RetryAfter: time.Hour})
		begin := time.Now()
		_, err = b.Take(t.Context(), "k")
		var paused *PausedError
		if !errors.As(err, &paused) || paused.Left != time.Hour || !errors.Is(err, ErrRateLimited) || errors.Is(err, ErrDailyLimit) || time.Since(begin) > 0 {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
		time.Sleep(MaxWait / 2)
		if _, err = b.Take(t.Context(), "k"); !errors.As(err, &paused) || paused.Left != time.Hour-MaxWait/2 {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		settle, err := b.Take(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Answered: true, Refused: true, RetryAfter: MaxWait})
		begin := time.Now()
		if _, err := b.Take(t.Context(), "k"); err != nil || time.Since(begin) != MaxWait {
			t.Errorf("a pause of %v: %v after %v", MaxWait, err, time.Since(begin))
		}
	})
}

func TestBudgetGivesBackWhatWasNeverSent(t *testing.T) {
	leak.Check(t)
	b := NewLocalBudget(1, time.Hour)
	for range 5 {
		settle, err := b.Take(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Unsent: true})
		settle(Outcome{Unsent: true}) // a second time does nothing
	}
}

func TestBudgetDoesNotGrowWithCompaniesOfThePast(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, time.Second)
		for i := range 1000 {
			settle, err := b.Take(t.Context(), "company "+strconv.Itoa(i))
			if err != nil {
				t.Fatal(err)
			}
			settle(Outcome{Answered: true})
			time.Sleep(100 * time.Millisecond)
		}
		if len(b.queues) > 200 {
			t.Errorf("%d queues are kept", len(b.queues))
		}
	})
}

func TestBudgetLearnsTheLimitFromTheAnswer(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		settle, err := b.Take(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Answered: true, Rate: Rate{Limit: 2, Remaining: 1, HasRemaining: true, Interval: time.Minute}})
		if settle, err = b.Take(t.Context(), "k"); err != nil {
			t.Fatal(err)
		}
		settle(Outcome{Answered: true, Rate: Rate{Limit: 2, Remaining: 0, HasRemaining: true, Interval: time.Minute}})
		begin := time.Now()
		if _, err := b.Take(t.Context(), "k"); err != nil {
			t.Fatal(err)
		}
		// The first place was taken with the old interval.
		if waited := time.Since(begin); waited < 10*time.Second {
			t.Errorf("the third request came %v after two of two", waited)
		}
	})
}

// Requests that hang must not block those after them for longer than an interval.
func TestBudgetIsNotHeldUpByRequestsThatHang(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(100, 10*time.Second)
		for range scouts { // nothing is known yet, so no more may be sent before a response
			if _, err := b.Take(t.Context(), "k"); err != nil {
				t.Fatal(err)
			}
		}
		begin := time.Now()
		for range 80 {
			settle, err := b.Take(t.Context(), "k")
			if err != nil {
				t.Fatal(err)
			}
			settle(Outcome{Answered: true, Rate: Rate{Limit: 100, Remaining: 40, HasRemaining: true}})
		}
		if waited := time.Since(begin); waited > 40*time.Second {
			t.Errorf("80 requests waited %v for %d that hang", waited, scouts)
		}
	})
}

func TestNilAndZeroBudgetsAreRefused(t *testing.T) {
	leak.Check(t)
	for name, b := range map[string]*LocalBudget{"nil": nil, "zero": {}} {
		if _, err := New(WithBaseURL("https://service.test"), WithToken("tok"), WithBudget(b)); err == nil {
			t.Errorf("a %s budget is accepted", name)
		}
	}
	if _, err := New(WithBaseURL("https://service.test"), WithToken("tok"), WithBudget(nil)); err != nil {
		t.Errorf("no budget: %v", err)
	}
}
