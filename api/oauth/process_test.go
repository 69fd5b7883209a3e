package oauth

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// A second process is this test binary once more, with a role.
func TestMain(m *testing.M) {
	role := os.Getenv("OAUTH_TEST_ROLE")
	if role == "" {
		os.Exit(m.Run())
	}
	if err := refreshInAProcess(role, os.Args[1], os.Args[2]); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

func refreshInAProcess(role, path, url string) error {
	store := FileStore(path)
	if role == "stop before storing" {
		store = stopping{store}
	}
	s, err := Config{ClientID: "app", ClientSecret: "client-secret", BaseURL: url}.Source(store)
	if err != nil {
		return err
	}
	t, err := s.Token(context.Background(), "")
	if err == nil {
		fmt.Println(t.Value)
	}
	return err
}

// stopping never comes to store what it got.
type stopping struct{ Store }

func (stopping) Swap(context.Context, Token, Token) error {
	fmt.Println("about to store")
	select {}
}

type process struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startProcess(t *testing.T, role string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), "OAUTH_TEST_ROLE="+role)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewScanner(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func (p *process) expect(t *testing.T, line string) {
	t.Helper()
	if !p.out.Scan() || p.out.Text() != line {
		t.Fatalf("the process wrote %q, want %q", p.out.Text(), line)
	}
}

// repeating is a token endpoint as the service has it: a refresh token serves once, but for 30 seconds its answer is
// repeated.
type repeating struct {
	accepted chan struct{} // receives when a refresh token was accepted
	leave    chan struct{} // answers leave once it is closed

	mu     sync.Mutex
	turn   int
	spent  map[string]int
	traded int // requests
}

func startRepeating(t *testing.T) (*repeating, string) {
	t.Helper()
	r := &repeating{accepted: make(chan struct{}, 100), leave: make(chan struct{}), spent: map[string]int{}}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return r, server.URL
}

func (r *repeating) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	given := q.PostFormValue("refresh_token")
	r.mu.Lock()
	r.traded++
	turn, again := r.spent[given]
	if !again {
		if given != fmt.Sprint("refresh-secret-", r.turn) {
			r.mu.Unlock()
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		r.turn++
		turn = r.turn
		r.spent[given] = turn
	}
	r.mu.Unlock()
	r.accepted <- struct{}{}
	select {
	case <-r.leave:
	case <-q.Context().Done():
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprint("access-secret-", turn),
		"refresh_token": fmt.Sprint("refresh-secret-", turn), "expires_in": 86399, "userType": "Company"})
}

func endedFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token.json")
	if err := FileStore(path).Swap(t.Context(), Token{}, ended); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTwoRealProcessesRefreshOnceThroughTheFile(t *testing.T) {
	leak.Check(t)
	r, url := startRepeating(t)
	path := endedFile(t)
	var all []*process
	for range 3 {
		all = append(all, startProcess(t, "refresh", path, url))
	}
	<-r.accepted // one asks, and the others wait for the lock
	close(r.leave)
	for _, p := range all {
		p.expect(t, "access-secret-1")
	}
	if r.traded != 1 {
		t.Errorf("%d refreshes", r.traded)
	}
}

// The service has accepted the old refresh token, and the process that was to store the next one is gone.
func TestKilledProcessLosesNoToken(t *testing.T) {
	leak.Check(t)
	for name, kill := range map[string]func(*testing.T, *repeating, *process){
		"before the answer": func(_ *testing.T, r *repeating, p *process) {
			<-r.accepted
			p.kill()
			close(r.leave)
		},
		"between the answer and storing it": func(t *testing.T, r *repeating, p *process) {
			close(r.leave)
			p.expect(t, "about to store")
			p.kill()
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, url := startRepeating(t)
			path := endedFile(t)
			kill(t, r, startProcess(t, "stop before storing", path, url))
			begin := time.Now()
			got, err := source(t, Config{ClientID: "app", ClientSecret: "client-secret", BaseURL: url}, FileStore(path)).Token(t.Context(), "")
			if err != nil || got.Value != "access-secret-1" {
				t.Fatalf("the token is lost: %v", err)
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("the dead process held the lock for %v", took)
			}
			if kept, err := FileStore(path).Load(t.Context()); err != nil || kept.RefreshToken != "refresh-secret-1" {
				t.Errorf("another token is stored, %v", err)
			}
		})
	}
}

// expiring is a store whose lock keeps nobody out, as one that has expired.
type expiring struct{ Store }

func (expiring) Lock(context.Context) (func(), error) { return func() {}, nil }

func TestSlowHolderOfAnExpiredLockTakesWhatAnotherHasStored(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	shared := expiring{MemoryStore(ended)}
	i.good = "refresh-secret-1" // another has spent the old one …
	i.delay = 20 * time.Millisecond
	slow := source(t, c, shared)
	time.AfterFunc(5*time.Millisecond, func() { // … and stores what it got while the slow one is under way
		next := ended
		next.AccessToken, next.RefreshToken, next.Expires = "access-secret-1", "refresh-secret-1", time.Now().Add(time.Hour)
		if err := shared.Swap(context.Background(), ended, next); err != nil {
			t.Error(err)
		}
	})
	if got, err := slow.Token(t.Context(), "access-secret-0"); err != nil || got.Value != "access-secret-1" {
		t.Errorf("error %v", err)
	}
}

// away is a store that cannot be reached for a while.
type away struct {
	Store
	gone bool
}

func (a *away) Lock(ctx context.Context) (func(), error) {
	if a.gone {
		return nil, errors.New("store is away")
	}
	return a.Store.Lock(ctx)
}

func TestTokenAtHandServesWhileTheStoreIsAway(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.status = 503
	near := ended
	near.Expires = time.Now().Add(time.Minute) // so close to its end that the store is asked each time
	store := &away{Store: MemoryStore(near)}
	s := source(t, c, store)
	for _, gone := range []bool{false, true} {
		store.gone, s.failed = gone, time.Time{}
		if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-0" {
			t.Errorf("store away: %v, error %v", gone, err)
		}
	}
	if _, err := s.Token(t.Context(), "access-secret-0"); err == nil || !strings.Contains(err.Error(), "away") {
		t.Errorf("a refused token is handed out again: %v", err)
	}
}

func TestRefreshRepeatsALostAnswer(t *testing.T) {
	leak.Check(t)
	calls := 0
	r, url := startRepeating(t)
	close(r.leave)
	c := Config{ClientID: "app", ClientSecret: "s", BaseURL: url, Options: []rest.Option{
		rest.WithRetry(rest.Retry{Attempts: 2, Backoff: time.Millisecond}),
		rest.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return lossy(func(q *http.Request) (*http.Response, error) {
				resp, err := next.RoundTrip(q)
				if calls++; calls == 1 && err == nil {
					_ = resp.Body.Close()
					return nil, errors.New("connection reset")
				}
				return resp, err
			})
		})}}
	got, err := source(t, c, MemoryStore(ended)).Token(t.Context(), "")
	if err != nil || got.Value != "access-secret-1" || r.traded != 2 {
		t.Errorf("%d requests, error %v", r.traded, err)
	}
}

type lossy func(*http.Request) (*http.Response, error)

func (f lossy) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
