package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/oauth"
)

var (
	first  = oauth.Token{AccessToken: "access-0", RefreshToken: "refresh-0", UserType: oauth.Company, CompanyID: "c"}
	second = oauth.Token{AccessToken: "access-1", RefreshToken: "refresh-1", UserType: oauth.Company, Expires: time.Now().Add(time.Hour).UTC().Truncate(time.Second)}
)

func TestTokenIsSwappedOnlyAgainstTheOneItReplaces(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	one, other := Store(r.client(t), "app", StoreOptions{}), Store(r.client(t), "app", StoreOptions{})
	ctx := t.Context()
	if _, err := one.Load(ctx); !errors.Is(err, oauth.ErrNoToken) {
		t.Errorf("empty: %v", err)
	}
	if err := one.Swap(ctx, first, second); !errors.Is(err, oauth.ErrNoToken) {
		t.Errorf("swap in an empty store: %v", err)
	}
	if err := one.Swap(ctx, oauth.Token{}, first); err != nil {
		t.Fatal(err)
	}
	third := second
	third.AccessToken = "access-2"
	if err := other.Swap(ctx, second, third); !errors.Is(err, oauth.ErrChanged) {
		t.Errorf("swap of another: %v", err)
	}
	for range 2 { // the second one as a client does that has lost the answer
		if err := other.Swap(ctx, first, second); err != nil {
			t.Error(err)
		}
	}
	if got, err := one.Load(ctx); err != nil || got != second {
		t.Errorf("stored is another token, %v", err)
	}
	if _, err := Store(r.client(t), "another app", StoreOptions{}).Load(ctx); !errors.Is(err, oauth.ErrNoToken) {
		t.Errorf("another name: %v", err)
	}
	if err := one.Swap(ctx, oauth.Token{}, oauth.Token{}); err == nil {
		t.Error("an empty token is stored")
	}
}

func TestOneOfManySwapsWins(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	s := Store(r.client(t), "app", StoreOptions{})
	if err := s.Swap(t.Context(), oauth.Token{}, first); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	won := 0
	var wg sync.WaitGroup
	for i := range 16 {
		next := second
		next.AccessToken = fmt.Sprint("access-of-", i)
		wg.Go(func() {
			switch err := s.Swap(t.Context(), first, next); {
			case err == nil:
				mu.Lock()
				won++
				mu.Unlock()
			case !errors.Is(err, oauth.ErrChanged):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d have won", won)
	}
}

func TestUnreadableTokenIsAnError(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	s := Store(r.client(t), "app", StoreOptions{}).(*store)
	for _, text := range []string{"", "{", "{}", "null"} {
		r.client(t).HSet(t.Context(), s.key, "token", text)
		if _, err := s.Load(t.Context()); err == nil || errors.Is(err, oauth.ErrNoToken) || !strings.Contains(err.Error(), s.key) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLockKeepsOthersOutUntilItIsGivenBack(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	// Shorter than it is held: the holder keeps it.
	one := Store(r.client(t), "app", StoreOptions{Expiry: 200 * time.Millisecond})
	other := Store(r.client(t), "app", StoreOptions{Expiry: 200 * time.Millisecond})
	unlock, err := one.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := other.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("locked twice: %v", err)
	}
	unlock()
	unlock()
	unlock, err = other.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

func TestLockIsGivenBackWhenItsContextEnds(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	s := Store(r.client(t), "app", StoreOptions{Expiry: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := s.Lock(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	soon, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	unlock, err := s.Lock(soon)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

// A holder whose lock has expired must not touch the lock that another has got since.
func TestLateUnlockLeavesTheLockOfAnotherAlone(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	s := Store(r.client(t), "app", StoreOptions{Expiry: time.Hour}).(*store)
	unlock, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.client(t).Set(t.Context(), s.key+":lock", "another", 0)
	unlock()
	if got := r.client(t).Get(t.Context(), s.key+":lock").Val(); got != "another" {
		t.Errorf("the lock holds %q", got)
	}
}
