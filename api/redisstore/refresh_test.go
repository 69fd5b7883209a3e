package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
)

// issuer is a token endpoint as the service has it: a refresh token serves once, but for 30 seconds its answer is repeated.
type issuer struct {
	hang chan struct{} // while open, answers do not leave
	seen chan struct{} // told of each refresh, after the token was rotated

	mu     sync.Mutex
	turn   int
	spent  map[string]time.Time
	issued map[string]int // what a refresh token was traded for
	asked  int
}

func startIssuer(t *testing.T) (*issuer, string) {
	i := &issuer{hang: make(chan struct{}), seen: make(chan struct{}, 100), spent: map[string]time.Time{}, issued: map[string]int{}}
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	return i, server.URL
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given := r.PostFormValue("refresh_token")
	turn, ok := i.trade(given)
	i.seen <- struct{}{}
	select {
	case <-i.hang:
	case <-r.Context().Done():
		return
	}
	if !ok {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"access_token": fmt.Sprint("access-", turn), "refresh_token": fmt.Sprint("refresh-", turn), "expires_in": 86399, "userType": "Company",
	})
}

func (i *issuer) trade(given string) (int, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.asked++
	if at, again := i.spent[given]; again {
		return i.issued[given], time.Since(at) < 30*time.Second
	}
	if given != fmt.Sprint("refresh-", i.turn) {
		return 0, false
	}
	i.turn++
	i.spent[given], i.issued[given] = time.Now(), i.turn
	return i.turn, true
}

func init() {
	roles["refresh"] = refresh
}

// refresh asks for a token, and says which one it got.
func refresh(ctx context.Context, args []string) error {
	shared := dial(args[0])
	defer func() { _ = shared.Close() }()
	s := Store(shared, "app", StoreOptions{Expiry: time.Second})
	if args[2] == "stop before storing" {
		s = stopping{s}
	}
	source, err := oauth.Config{ClientID: "app", ClientSecret: "s", BaseURL: args[1]}.Source(s)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	t, err := source.Token(ctx, "")
	if err != nil {
		return err
	}
	fmt.Println(t.Value)
	return nil
}

// stopping never comes to store what it got.
type stopping struct{ oauth.Store }

func (s stopping) Swap(context.Context, oauth.Token, oauth.Token) error {
	fmt.Println("about to store")
	select {}
}

func storeEnded(t *testing.T, r *server) oauth.Store {
	t.Helper()
	s := Store(r.client(t), "app", StoreOptions{Expiry: time.Second})
	ended := first
	ended.Expires = time.Now().Add(-time.Hour)
	if err := s.Swap(t.Context(), oauth.Token{}, ended); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestProcessesThatRefreshTogetherRefreshOnce(t *testing.T) {
	leak.Check(t)
	r := startRedis(t)
	i, url := startIssuer(t)
	close(i.hang)
	storeEnded(t, r)
	children := make([]*child, 4)
	for n := range children {
		children[n] = startChild(t, "refresh", r.socket, url, "")
	}
	for _, c := range children {
		c.expect(t, "ready")
		c.expect(t, "access-1")
	}
	if i.asked != 1 {
		t.Errorf("%d refreshes", i.asked)
	}
}

// The service has taken the old refresh token, and the process that was to get the new one is gone.
func processKilledWhileItRefreshesLosesNoToken(t *testing.T) {
	for name, kill := range map[string]func(*testing.T, *issuer, *child){
		"before the answer": func(t *testing.T, i *issuer, c *child) {
			<-i.seen
			c.kill()
			close(i.hang)
		},
		"between the answer and storing it": func(t *testing.T, i *issuer, c *child) {
			close(i.hang)
			c.expect(t, "about to store")
			c.kill()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := startRedis(t)
			i, url := startIssuer(t)
			s := storeEnded(t, r)
			c := startChild(t, "refresh", r.socket, url, "stop before storing")
			c.expect(t, "ready")
			kill(t, i, c)
			begin := time.Now()
			source, err := oauth.Config{ClientID: "app", ClientSecret: "s", BaseURL: url,
				Options: []rest.Option{rest.WithRetry(rest.Retry{Attempts: 1})}}.Source(s)
			if err != nil {
				t.Fatal(err)
			}
			got, err := source.Token(t.Context(), "")
			if err != nil || got.Value != "access-1" {
				t.Fatalf("the token is lost: %v", err)
			}
			if took := time.Since(begin); took > 10*time.Second {
				t.Errorf("the lock of the dead process held for %v", took)
			}
			if kept, err := s.Load(t.Context()); err != nil || kept.RefreshToken != "refresh-1" {
				t.Errorf("another token is stored, %v", err)
			}
		})
	}
}
