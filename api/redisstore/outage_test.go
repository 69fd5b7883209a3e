package redisstore

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// Outages take real time, so the tests of them run at the same time, each with a server of its own.
func TestOutages(t *testing.T) {
	leak.Check(t)
	for name, test := range map[string]func(*testing.T){
		"stoppedServerIsAnErrorAndNothingIsSent":    stoppedServerIsAnErrorAndNothingIsSent,
		"stoppedServerLeadsToTheFallback":           stoppedServerLeadsToTheFallback,
		"fallbackKeepsItsOwnLimit":                  fallbackKeepsItsOwnLimit,
		"hangingServerDelaysNobodyBeyondTheTimeout": hangingServerDelaysNobodyBeyondTheTimeout,
		"placeThatNobodyWaitsForIsGivenBack":        placeThatNobodyWaitsForIsGivenBack,
		"hangingServerDoesNotDelayAnAnswer":         hangingServerDoesNotDelayAnAnswer,
		"outcomeIsReportedWhenTheServerIsBack":      outcomeIsReportedWhenTheServerIsBack,
		"onlyOneCallAtATimeTriesAServerThatIsAway":  onlyOneCallAtATimeTriesAServerThatIsAway,
		"processKilledWhileItRefreshesLosesNoToken": processKilledWhileItRefreshesLosesNoToken,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}

func stoppedServerIsAnErrorAndNothingIsSent(t *testing.T) {
	r := startRedis(t)
	service := sandbox.New()
	client, err := service.Client(api.WithBudget(Budget(r.client(t), BudgetOptions{})))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Fatal(err)
	}
	r.kill()
	_, err = client.Snapshots(t.Context(), api.SnapshotsRequest{})
	if !errors.Is(err, ErrUnavailable) || len(service.Requests()) != 1 {
		t.Errorf("%d sent, error %v", len(service.Requests()), err)
	}
	t.Log(err)
}

func stoppedServerLeadsToTheFallback(t *testing.T) {
	r := startRedis(t)
	var told atomic.Int64
	service := sandbox.New()
	client, err := service.Client(api.WithBudget(Budget(r.client(t), BudgetOptions{
		Fallback:      rest.NewLocalBudget(5, 10*time.Second),
		OnUnavailable: func(error) { told.Add(1) },
	})))
	if err != nil {
		t.Fatal(err)
	}
	call := func(ctx context.Context) error {
		_, err := client.Snapshots(ctx, api.SnapshotsRequest{})
		return err
	}
	if err := call(t.Context()); err != nil || told.Load() != 0 {
		t.Fatal(told.Load(), err)
	}
	r.kill()
	for range 4 {
		if err := call(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if told.Load() != 1 {
		t.Errorf("told %d times within a second", told.Load())
	}
}

func fallbackKeepsItsOwnLimit(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{Fallback: rest.NewLocalBudget(2, time.Hour)})
	r.kill()
	take(t, b, "k")(answered)
	take(t, b, "k")(answered)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := b.Take(ctx, "k"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
}

// A server that hangs holds nobody beyond the context, and nobody beyond the timeout.
func hangingServerDelaysNobodyBeyondTheTimeout(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{Timeout: 300 * time.Millisecond})
	take(t, b, "k")(answered)
	defer r.hang(t)()
	begin := time.Now()
	_, err := b.Take(t.Context(), "k")
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 2*time.Second {
		t.Errorf("after %v: %v", time.Since(begin), err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begin = time.Now()
	if _, err = b.Take(ctx, "k"); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 250*time.Millisecond {
		t.Errorf("after %v: %v", time.Since(begin), err)
	}
	s := Store(r.client(t), "app", StoreOptions{Timeout: 300 * time.Millisecond})
	if _, err := s.Load(t.Context()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("load: %v", err)
	}
	if _, err := s.Lock(t.Context()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("lock: %v", err)
	}
	if err := s.Swap(t.Context(), oauth.Token{}, oauth.Token{AccessToken: "a"}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("swap: %v", err)
	}
}

// What was begun while Redis hung must not hold its place once Redis is back.
func placeThatNobodyWaitsForIsGivenBack(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 1, Interval: time.Hour})
	goOn := r.hang(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := b.Take(ctx, "k"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
	goOn()
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := b.Take(ctx, "k"); err != nil {
		t.Errorf("the place is lost: %v", err)
	}
}
