package redisstore

import (
	"context"
	"errors"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// hang stops the server until the test says otherwise, or ends.
func (s *server) hang(t *testing.T) (goOn func()) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Skip("cannot stop a process here:", err)
	}
	return func() { _ = s.cmd.Process.Signal(syscall.SIGCONT) }
}

func TestScriptsAreLoadedAgainAfterAFlush(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b, s := Budget(r.client(t), BudgetOptions{}), Store(r.client(t), "app", StoreOptions{})
	forget := func() { r.client(t).ScriptFlush(t.Context()) }
	for range 3 {
		settle := take(t, b, "k")
		forget()
		settle(answered)
		forget()
		if err := s.Swap(t.Context(), oauth.Token{}, first); err != nil {
			t.Fatal(err)
		}
		unlock, err := s.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		forget()
		unlock()
	}
	if n := r.client(t).ZCard(t.Context(), b.(*budget).keys("k")[4]).Val(); n != 3 {
		t.Errorf("%d places are held", n)
	}
}

// The first answer that comes after that tells what was forgotten.
func TestServerWithoutDataIsCorrectedByTheNextAnswer(t *testing.T) {
	leak.Check(t)
	r := emptyRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 100, Interval: time.Hour})
	settle := take(t, b, "k")
	r.client(t).FlushAll(t.Context())
	settle(rest.Outcome{Answered: true, Rate: rest.Rate{Limit: 100, Remaining: 0, HasRemaining: true}})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := b.Take(ctx, "k"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("sent although nothing is left: %v", err)
	}
}

// An answer is there; its caller does not wait for a server that hangs.
func hangingServerDoesNotDelayAnAnswer(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{})
	settle := take(t, b, "k")
	defer r.hang(t)()
	begin := time.Now()
	settle(answered)
	if took := time.Since(begin); took > time.Second {
		t.Errorf("held for %v", took)
	}
}

// What became of a request is told once the server is back, else its place would be taken for the whole lease.
func outcomeIsReportedWhenTheServerIsBack(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{Limit: 1, Interval: 50 * time.Millisecond, Timeout: 200 * time.Millisecond})
	settle := take(t, b, "k")
	goOn := r.hang(t)
	if _, err := b.Take(t.Context(), "k"); !errors.Is(err, ErrUnavailable) {
		t.Error(err)
	}
	settle(answered)
	goOn()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if _, err := b.Take(ctx, "k"); err != nil {
		t.Errorf("the place is lost: %v", err)
	}
}

// One call finds out whether a server that hung is back; the others go on with what there is.
func onlyOneCallAtATimeTriesAServerThatIsAway(t *testing.T) {
	r := startRedis(t)
	b := Budget(r.client(t), BudgetOptions{Timeout: 500 * time.Millisecond, Fallback: rest.NewLocalBudget(1000, time.Hour)})
	defer r.hang(t)()
	take(t, b, "k")(answered)
	time.Sleep(awayPause + 50*time.Millisecond)
	var mu sync.Mutex
	slow := 0
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			begin := time.Now()
			if _, err := b.Take(t.Context(), "k"); err != nil {
				t.Error(err)
			}
			if time.Since(begin) > 400*time.Millisecond {
				mu.Lock()
				slow++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if slow != 1 {
		t.Errorf("%d of 20 calls waited for a server that hangs", slow)
	}
}

func TestRefusalOfTheServerIsAnErrorWithoutSecrets(t *testing.T) {
	leak.Check(t)
	r := startRedis(t)
	admin := r.client(t)
	t.Run("a replica", func(t *testing.T) {
		refused(t, r, admin, []any{"replicaof", "127.0.0.1", "1"}, []any{"replicaof", "no", "one"}, "READONLY")
	})
	t.Run("full", func(t *testing.T) {
		refused(t, r, admin, []any{"config", "set", "maxmemory", "1"}, []any{"config", "set", "maxmemory", "0"}, "OOM")
	})
	t.Run("wrong password", func(t *testing.T) {
		refused(t, r, admin, []any{"config", "set", "requirepass", "right-secret"}, nil, "WRONGPASS")
	})
}

func refused(t *testing.T, r *server, admin *redis.Client, before, after []any, word string) {
	if err := admin.Do(t.Context(), before...).Err(); err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: r.socket, Password: map[bool]string{true: "wrong-secret"}[word == "WRONGPASS"]})
	defer func() { _ = client.Close() }()
	b, s := Budget(client, BudgetOptions{}), Store(client, "app", StoreOptions{})
	_, taking := b.Take(t.Context(), "pit-secret company")
	_, locking := s.Lock(t.Context())
	swapping := s.Swap(t.Context(), oauth.Token{}, oauth.Token{AccessToken: "access-secret", RefreshToken: "refresh-secret"})
	for did, err := range map[string]error{"take": taking, "lock": locking, "swap": swapping} {
		if did == "take" && word == "OOM" && err == nil {
			continue // Redis lets a script go on that has deleted something before it writes
		}
		if !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: error is %v", did, err)
		}
	}
	if after != nil {
		if err := admin.Do(t.Context(), after...).Err(); err != nil {
			t.Fatal(err)
		}
		take(t, b, "pit-secret company")
	}
}
