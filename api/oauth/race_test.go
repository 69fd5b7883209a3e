package oauth

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// revoking is a service that revokes each access token after a number of requests, and allows so many in a second.
type revoking struct {
	mu      sync.Mutex
	turn    int // of the tokens that serve
	served  int // with the present access token
	each    int
	limit   int
	recent  []time.Time
	refused int // 429
	revoked int // 401
}

func (r *revoking) RoundTrip(q *http.Request) (*http.Response, error) {
	time.Sleep(5 * time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	if q.URL.Path == "/oauth/token" {
		form, _ := io.ReadAll(q.Body)
		if !strings.Contains(string(form), fmt.Sprintf("refresh_token=refresh-%d&", r.turn)) {
			return says(q, 400, `{"error":"invalid_grant"}`), nil
		}
		r.turn++
		r.served = 0
		return says(q, 200, fmt.Sprintf(`{"access_token":"access-%d","refresh_token":"refresh-%d","expires_in":86399}`, r.turn, r.turn)), nil
	}
	now := time.Now()
	for len(r.recent) > 0 && now.Sub(r.recent[0]) >= time.Second {
		r.recent = r.recent[1:]
	}
	if len(r.recent) == r.limit {
		r.refused++
		return says(q, 429, ``), nil
	}
	r.recent = append(r.recent, now)
	if q.Header.Get("Authorization") != fmt.Sprintf("Bearer access-%d", r.turn) || r.served >= r.each {
		r.revoked++
		return says(q, 401, `{"message":"Invalid token: access token is invalid"}`), nil
	}
	r.served++
	return says(q, 200, `{}`), nil
}

func says(q *http.Request, status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: q}
}

// Clones, refreshes and the limiter together, for the race detector as much as for the counts.
func TestManyGoroutinesThroughClonesRefreshAndLimiter(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		const goroutines, calls, each = 64, 20, 400
		service := &revoking{each: each, limit: 100}
		transport := rest.WithHTTPClient(&http.Client{Transport: service})
		app := Config{ClientID: "app", ClientSecret: "s", Options: []rest.Option{transport}}
		refreshes := 0
		s := source(t, app, MemoryStore(Token{AccessToken: "access-0", RefreshToken: "refresh-0"}))
		s.OnRefresh = func(error) { refreshes++ }
		base, err := rest.New(rest.WithBaseURL("https://service.test"), rest.WithTokenSource(s), transport,
			rest.WithBudget(rest.NewLocalBudget(100, time.Second)))
		if err != nil {
			t.Fatal(err)
		}
		op := &rest.Operation{ID: "x", Name: "Thing", Method: "GET", Path: "/thing", Idempotent: true}
		var attempts, failed atomic.Int64
		var wg sync.WaitGroup
		begin := time.Now()
		for g := range goroutines {
			wg.Go(func() {
				for range calls {
					clone, err := base.With(rest.WithUserAgent(fmt.Sprint("clone/", g)),
						rest.WithHooks(rest.Hooks{AttemptStart: func(context.Context, rest.Attempt) { attempts.Add(1) }}))
					if err == nil {
						_, err = rest.Do[struct{}](t.Context(), clone, rest.NewRequest(op))
					}
					if err != nil {
						failed.Add(1)
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		t.Logf("%d calls in %v: %d attempts, %d refreshes, %d revoked, %d refused", goroutines*calls, time.Since(begin),
			attempts.Load(), refreshes, service.revoked, service.refused)
		if service.refused != 0 || failed.Load() != 0 {
			t.Errorf("%d calls failed, %d requests were refused", failed.Load(), service.refused)
		}
		if want := goroutines * calls / each; refreshes != want || service.turn != want {
			t.Errorf("%d refreshes, want %d", refreshes, want)
		}
		if n := int(attempts.Load()); n != goroutines*calls+service.revoked {
			t.Errorf("%d attempts", n)
		}
	})
}
