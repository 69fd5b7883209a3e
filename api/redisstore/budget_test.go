package redisstore

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

func take(t *testing.T, b rest.Budget, key string) func(rest.Outcome) {
	t.Helper()
	settle, err := b.Take(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return settle
}

var answered = rest.Outcome{Answered: true}

func TestWindowSlidesOverAllWhoShareIt(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		o := BudgetOptions{Limit: 3, Interval: 10 * time.Second}
		one, other := Budget(s.client(t), o), Budget(s.client(t), o)
		begin := time.Now()
		for _, b := range []rest.Budget{one, other, one} {
			take(t, b, "k")(answered)
		}
		if took := time.Since(begin); took > 100*time.Millisecond {
			t.Errorf("the first three took %v", took)
		}
		take(t, other, "k")(answered)
		if took := time.Since(begin); took < 10*time.Second || took > 10*time.Second+200*time.Millisecond {
			t.Errorf("the fourth came after %v", took)
		}
		begin = time.Now()
		take(t, one, "another company")(answered)
		if took := time.Since(begin); took > 100*time.Millisecond {
			t.Errorf("another key waited %v", took)
		}
	})
}

func TestWindowIsMeasuredByTheClockOfTheServer(t *testing.T) {
	leak.Check(t)
	b := Budget(emptyRedis(t).client(t), BudgetOptions{Limit: 1, Interval: 50 * time.Millisecond})
	begin := time.Now()
	take(t, b, "k")(answered)
	take(t, b, "k")(answered)
	if took := time.Since(begin); took < 50*time.Millisecond {
		t.Errorf("the second came after %v", took)
	}
}

func TestPlaceIsHeldUntilAnIntervalAfterTheAnswer(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		b := Budget(s.client(t), BudgetOptions{Limit: 1, Interval: 2 * time.Second})
		settle := take(t, b, "k")
		time.AfterFunc(3*time.Second, func() { settle(answered) })
		begin := time.Now()
		take(t, b, "k")
		if took := time.Since(begin); took < 5*time.Second || took > 5500*time.Millisecond {
			t.Errorf("the place came free after %v", took)
		}
	})
}

func TestServedInOrderOfArrivalOverAllWhoShare(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		o := BudgetOptions{Limit: 1, Interval: time.Second}
		budgets := []rest.Budget{Budget(s.client(t), o), Budget(s.client(t), o)}
		hold := take(t, budgets[0], "k")
		var mu sync.Mutex
		var order []int
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				settle, err := budgets[i%2].Take(t.Context(), "k")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				settle(answered)
			})
			time.Sleep(2 * s.latency) // until it stands in the queue
		}
		hold(answered)
		wg.Wait()
		if !slices.IsSorted(order) || len(order) != 12 {
			t.Errorf("served in the order %v", order)
		}
	})
}

func TestWaitEndsAtOnceWithTheContextAndLeavesNothing(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 1, Interval: time.Hour})
	take(t, b, "k")
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(50*time.Millisecond, func() { cancel(cause) })
	begin := time.Now()
	_, err := b.Take(ctx, "k")
	if !errors.Is(err, context.Canceled) || !errors.Is(err, cause) || time.Since(begin) > time.Second {
		t.Errorf("after %v: %v", time.Since(begin), err)
	}
	redis, keys := r.client(t), b.(*budget).keys("k")
	for range 200 {
		if redis.ZCard(t.Context(), keys[1]).Val()+redis.ZCard(t.Context(), keys[2]).Val() == 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("the one who gave up still stands in the queue")
}

func TestUnsentRequestGivesItsPlaceBackAndSettlingTwiceDoesNothing(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 1, Interval: time.Hour})
	for range 5 {
		settle := take(t, b, "k")
		settle(rest.Outcome{Unsent: true})
		settle(answered)
	}
}

func TestDeadProcessHoldsItsPlacesForTheLeaseOnly(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		b := Budget(s.client(t), BudgetOptions{Limit: 1, Lease: 30 * time.Second})
		take(t, b, "k") // and never settled
		begin := time.Now()
		take(t, b, "k")
		if took := time.Since(begin); took < 29*time.Second || took > 32*time.Second {
			t.Errorf("came free after %v", took)
		}
	})
}

func TestDeadWaiterDoesNotHoldUpTheQueue(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		b := Budget(s.client(t), BudgetOptions{Limit: 1, Interval: 100 * time.Millisecond}).(*budget)
		take(t, b, "k")(answered)
		dead := &place{b: b, keys: b.keys("k"), ticket: "dead"}
		if v, err := dead.take(t.Context()); err != nil || v.word != "wait" {
			t.Fatal(v, err)
		}
		begin := time.Now()
		take(t, b, "k")
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("waited %v for a dead one", took)
		}
	})
}

func TestAnswersCorrectTheBudget(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 100, Interval: 10 * time.Second})
	said := rest.Outcome{Answered: true, Rate: rest.Rate{Limit: 2, Remaining: 1, HasRemaining: true, Interval: 300 * time.Millisecond}}
	take(t, b, "limit")(said)
	said.Rate.Remaining = 0
	take(t, b, "limit")(said)
	state, err := r.client(t).HGetAll(t.Context(), b.(*budget).keys("limit")[0]).Result()
	if err != nil || state["limit"] != "2" || state["interval"] != "300000" {
		t.Errorf("state is %v, %v", state, err)
	}
	// 60 of 100 are spent, and one of them is ours: the others hold 59.
	take(t, b, "others")(rest.Outcome{Answered: true, Rate: rest.Rate{Limit: 100, Remaining: 40, HasRemaining: true}})
	if state, err = r.client(t).HGetAll(t.Context(), b.(*budget).keys("others")[0]).Result(); err != nil || state["foreign"] != "59" {
		t.Errorf("state is %v, %v", state, err)
	}
}

func TestRefusalPausesAllWhoShare(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		one, other := Budget(s.client(t), BudgetOptions{}), Budget(s.client(t), BudgetOptions{})
		take(t, one, "k")(rest.Outcome{Answered: true, Refused: true, RetryAfter: 3 * time.Second})
		begin := time.Now()
		take(t, other, "k")
		if took := time.Since(begin); took < 3*time.Second-2*s.latency || took > 14*time.Second {
			t.Errorf("sent %v after a refusal", took)
		}
	})
}

func TestBudgetOfTheDayAnswersAtOnceWithTheTimeLeft(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	one, other := Budget(r.client(t), BudgetOptions{}), Budget(r.client(t), BudgetOptions{})
	take(t, one, "k")(rest.Outcome{Answered: true, Rate: rest.Rate{HasDaily: true, DailyReset: 3 * time.Hour}})
	_, err := other.Take(t.Context(), "k")
	var spent *rest.DailyLimitError
	if !errors.As(err, &spent) || spent.Reset > 3*time.Hour || spent.Reset < 3*time.Hour-time.Minute || !errors.Is(err, rest.ErrDailyLimit) {
		t.Errorf("error is %v", err)
	}
	// One wrong answer must not stop all calls until then: after a minute, a few requests ask again.
	state, err := r.client(t).HGetAll(t.Context(), one.(*budget).keys("k")[0]).Result()
	until, _ := strconv.ParseInt(state["spent"], 10, 64)
	if left := time.Until(time.UnixMicro(until)); err != nil || left > rest.MaxWait || left < rest.MaxWait-10*time.Second {
		t.Errorf("refused for %v more, %v", left, err)
	}
}

func TestPauseThatIsTooLongToWaitIsAnErrorAtOnce(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	one, other := Budget(r.client(t), BudgetOptions{}), Budget(r.client(t), BudgetOptions{})
	take(t, one, "k")(rest.Outcome{Answered: true, Refused: true, RetryAfter: time.Hour})
	_, err := other.Take(t.Context(), "k")
	var paused *rest.PausedError
	if !errors.As(err, &paused) || paused.Left > time.Hour || paused.Left < time.Hour-time.Minute || !errors.Is(err, rest.ErrRateLimited) {
		t.Errorf("error is %v", err)
	}
	until, err := r.client(t).HGet(t.Context(), one.(*budget).keys("k")[0], "restFor").Int64()
	if left := time.Until(time.UnixMicro(until)); err != nil || left > rest.MaxWait || left < rest.MaxWait-10*time.Second {
		t.Errorf("refused for %v more, %v", left, err)
	}
}

// A client repeats a command whose answer was lost, so each of them must do nothing the second time.
func TestRepeatedCommandsCountOnce(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 2, Interval: time.Hour}).(*budget)
	p := &place{b: b, keys: b.keys("k"), ticket: "t"}
	for range 3 {
		if v, err := p.take(t.Context()); err != nil || v.word != "go" {
			t.Fatal(v, err)
		}
	}
	p.settle(answered)
	p.settle(answered)
	p.settle(rest.Outcome{Unsent: true})
	if n := r.client(t).ZCard(t.Context(), p.keys[4]).Val(); n != 1 {
		t.Errorf("%d places are held", n)
	}
	take(t, b, "k")
}

func TestRedisHoldsNeitherTokenNorCompany(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Prefix: "mine:"})
	take(t, b, "services.test pit-secret company-secret")(answered)
	keys, err := r.client(t).Keys(t.Context(), "*").Result()
	if err != nil || len(keys) == 0 {
		t.Fatal(keys, err)
	}
	for _, key := range keys {
		if strings.Contains(key, "secret") || !strings.HasPrefix(key, "mine:budget:{") {
			t.Errorf("there is a key %s", key)
		}
		if left := r.client(t).PTTL(t.Context(), key).Val(); left <= 0 {
			t.Errorf("%s is kept for ever", key)
		}
	}
}

func TestManyTakeAtOnceAndNeverMoreThanTheLimit(t *testing.T) {
	leak.Check(t)
	simulate(t, emptyRedis(t), func(t *testing.T, s *simulation) {
		const limit, interval = 20, 10 * time.Second
		o := BudgetOptions{Limit: limit, Interval: interval}
		budgets := []rest.Budget{Budget(s.client(t), o), Budget(s.client(t), o), Budget(s.client(t), o)}
		var mu sync.Mutex
		var sent []time.Time
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				settle, err := budgets[i%3].Take(t.Context(), "k")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				sent = append(sent, time.Now())
				mu.Unlock()
				settle(answered)
			})
		}
		wg.Wait()
		for i := limit; i < len(sent); i++ {
			if between := sent[i].Sub(sent[i-limit]); between < interval {
				t.Errorf("%d requests within %v", limit+1, between)
			}
		}
		if took, least := sent[len(sent)-1].Sub(sent[0]), 4*interval; took > least*102/100 {
			t.Errorf("took %v, and %v is the least", took, least)
		}
	})
}
