package oauth

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// issuer is a token endpoint whose refresh tokens serve once.
type issuer struct {
	mu       sync.Mutex
	turn     int
	good     string // the refresh token that serves
	forms    []url.Values
	userType string
	status   int // when not 0, every request is refused with it, and its form repeated
	delay    time.Duration
	lives    int // how long an access token does, in seconds; a day unless set
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(i.delay)
	i.mu.Lock()
	defer i.mu.Unlock()
	_ = r.ParseForm()
	i.forms = append(i.forms, r.PostForm)
	refuse := func(status int) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": "invalid_grant", "error_description": "refused: " + fmt.Sprint(r.PostForm)})
	}
	if i.status != 0 {
		refuse(i.status)
		return
	}
	if r.PostForm.Get("grant_type") == "refresh_token" && r.PostForm.Get("refresh_token") != i.good {
		refuse(400)
		return
	}
	i.turn++
	i.good = fmt.Sprint("refresh-secret-", i.turn)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"access_token": fmt.Sprint("access-secret-", i.turn), "token_type": "Bearer", "expires_in": cmp.Or(i.lives, 86399),
		"refresh_token": i.good, "scope": "snapshots.readonly", "userType": i.userType, "companyId": "c1",
	})
}

func (i *issuer) count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.forms)
}

func start(t *testing.T) (*issuer, Config) {
	t.Helper()
	i := &issuer{userType: Company, good: "refresh-secret-0"}
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	return i, Config{ClientID: "app", ClientSecret: "client-secret", RedirectURL: "https://app.example/back?x=1",
		Scopes: []string{"snapshots.readonly", "snapshots.write"}, BaseURL: server.URL,
		Options: []rest.Option{rest.WithRetry(rest.Retry{Attempts: 2, Backoff: time.Millisecond})}}
}

var ended = Token{AccessToken: "access-secret-0", RefreshToken: "refresh-secret-0", Expires: time.Now().Add(-time.Hour), UserType: Company}

func source(t *testing.T, c Config, store Store) *Source {
	t.Helper()
	s, err := c.Source(store)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAuthorizeURL(t *testing.T) {
	leak.Check(t)
	_, c := start(t)
	address, err := c.AuthorizeURL("a state&")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if !strings.HasPrefix(address, DefaultAuthorizeURL+"?") || q.Get("response_type") != "code" || q.Get("client_id") != "app" ||
		q.Get("redirect_uri") != c.RedirectURL || q.Get("scope") != "snapshots.readonly snapshots.write" || q.Get("state") != "a state&" {
		t.Errorf("address is %s", address)
	}
	if strings.Contains(address, c.ClientSecret) {
		t.Error("the secret is in the address")
	}
	if _, err := c.AuthorizeURL(""); err == nil {
		t.Error("an empty state is accepted")
	}
	for _, elsewhere := range []string{"javascript:alert(1)", "://", "https:///x", "app:x"} {
		c.AuthorizeAddress = elsewhere
		if address, err := c.AuthorizeURL("s"); err == nil {
			t.Errorf("%s becomes %s", elsewhere, address)
		}
	}
	if a, b := NewState(), NewState(); a == b || len(a) < 20 {
		t.Errorf("states %q and %q", a, b)
	}
}

func TestExchangeSendsTheDocumentedForm(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	token, err := c.Exchange(t.Context(), "code-secret")
	if err != nil {
		t.Fatal(err)
	}
	f := i.forms[0]
	if f.Get("grant_type") != "authorization_code" || f.Get("code") != "code-secret" || f.Get("client_id") != "app" ||
		f.Get("client_secret") != "client-secret" || f.Get("user_type") != "Company" || f.Get("redirect_uri") != c.RedirectURL {
		t.Errorf("form is %v", f)
	}
	if left := time.Until(token.Expires); token.AccessToken != "access-secret-1" || token.UserType != Company || left < 23*time.Hour || left > 24*time.Hour {
		t.Errorf("token of %v ends in %v", token, left)
	}
}

func TestTokenIsReadInBothSpellings(t *testing.T) {
	leak.Check(t)
	for _, text := range []string{
		`{"access_token":"a","refresh_token":"r","expires_in":60,"userType":"Location","companyId":"c","locationId":"l","userId":"u","scope":"s"}`,
		`{"accessToken":"a","refreshToken":"r","expiresIn":"60","user_type":"Location","company_id":"c","location_id":"l","user_id":"u","scope":"s"}`,
	} {
		var got Token
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		got.begin(time.Unix(0, 0))
		want := Token{AccessToken: "a", RefreshToken: "r", Expires: time.Unix(60, 0).UTC(), Issued: time.Unix(0, 0).UTC(), Scope: "s", UserType: Location, CompanyID: "c", LocationID: "l", UserID: "u", lifetime: time.Minute}
		if got != want {
			t.Errorf("%s is read as %#v", text, struct{ T any }{got})
		}
	}
}

func TestAnyNumberOfCallersShareOneRefresh(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.delay = 20 * time.Millisecond
	s := source(t, c, MemoryStore(ended))
	refreshes := 0
	s.OnRefresh = func(err error) { refreshes++ }
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			if got, err := s.Token(t.Context(), "access-secret-0"); err != nil || got.Value != "access-secret-1" || got.Type != "Agency Token" {
				t.Errorf("%v, %v", got.Type, err)
			}
		})
	}
	wg.Wait()
	if i.count() != 1 || refreshes != 1 {
		t.Errorf("%d refreshes, %d told", i.count(), refreshes)
	}
}

func TestTwoProcessesShareOneRefreshThroughTheFile(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.delay = 20 * time.Millisecond
	path := filepath.Join(t.TempDir(), "token.json")
	if err := FileStore(path).Swap(t.Context(), Token{}, ended); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		s := source(t, c, FileStore(path)) // each has its own memory, as a process has
		wg.Go(func() {
			if got, err := s.Token(t.Context(), "access-secret-0"); err != nil || got.Value != "access-secret-1" {
				t.Errorf("got another token, %v", err)
			}
		})
	}
	wg.Wait()
	if i.count() != 1 {
		t.Errorf("%d refreshes", i.count())
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if want := []string{path, path + ".lock", path + ".swap"}; !slices.Equal(left, want) {
		t.Errorf("other files are there: %v", left)
	}
}

// failing is a store that cannot write for a while.
type failing struct {
	Store
	fails bool
}

func (f *failing) Swap(ctx context.Context, old, next Token) error {
	if f.fails {
		return errors.New("disk full")
	}
	return f.Store.Swap(ctx, old, next)
}

func TestTokenIsHandedOutOnlyWhenStored(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	store := &failing{Store: MemoryStore(ended), fails: true}
	s := source(t, c, store)
	for range 3 {
		if _, err := s.Token(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Fatalf("error is %v", err)
		}
	}
	store.fails = false
	got, err := s.Token(t.Context(), "")
	if err != nil || got.Value != "access-secret-1" || i.count() != 1 {
		t.Errorf("%d refreshes, error %v", i.count(), err)
	}
	if kept, err := store.Load(t.Context()); err != nil || kept.RefreshToken != "refresh-secret-1" {
		t.Errorf("another token is stored, %v", err)
	}
}

func TestCallerWhoGivesUpDoesNotStopTheRefresh(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.delay = 50 * time.Millisecond
	store := MemoryStore(ended)
	s := source(t, c, store)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := s.Token(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
	if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-1" || i.count() != 1 {
		t.Errorf("%d refreshes, error %v", i.count(), err)
	}
}

func TestUsedUpRefreshTokenIsNotSentAgain(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	used := ended
	used.RefreshToken = "refresh-secret-used"
	store := MemoryStore(used)
	s := source(t, c, store)
	for range 3 {
		if _, err := s.Token(t.Context(), ""); !errors.Is(err, ErrAuthorizeAgain) {
			t.Errorf("error is %v", err)
		}
	}
	if i.count() != 1 {
		t.Errorf("sent %d times", i.count())
	}
	if err := store.Swap(t.Context(), Token{}, ended); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Token(t.Context(), ""); err != nil {
		t.Errorf("after a new grant: %v", err)
	}
}

func TestTokenNearItsEndServesWhenRefreshingFails(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.status = 503
	near := ended
	near.Expires = time.Now().Add(time.Minute)
	s := source(t, c, MemoryStore(near))
	if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-0" {
		t.Errorf("error %v", err)
	}
	if _, err := s.Token(t.Context(), "access-secret-0"); !errors.Is(err, rest.ErrServer) {
		t.Errorf("a refused token is handed out again: %v", err)
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.status = 400
	_, exchanging := c.Exchange(t.Context(), "code-secret")
	s := source(t, c, MemoryStore(ended))
	_, refreshing := s.Token(t.Context(), "")
	printed := fmt.Sprintf("%v %+v %#v %v %+v %#v %+v %#v %s", exchanging, exchanging, exchanging, refreshing, refreshing, refreshing, c, c, c) +
		fmt.Sprintf("%v %+v %#v %v %+v %#v", ended, ended, &ended, s, s, s)
	var e *rest.Error
	if !errors.As(exchanging, &e) {
		t.Fatal(exchanging)
	}
	printed += string(e.Body) + fmt.Sprint(e.Messages, e.Header)
	if strings.Contains(printed, "-secret") {
		t.Errorf("a secret is in %s", printed)
	}
}

func TestLocationTokenIsRefusedForAgencyOperations(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.userType = Location
	op := &rest.Operation{ID: "x", Name: "Thing", Method: "GET", Path: "/oauth/token", TokenTypes: []string{"Agency Token"}}
	client, err := rest.New(rest.WithBaseURL(c.BaseURL), rest.WithTokenSource(source(t, c, MemoryStore(ended))))
	if err != nil {
		t.Fatal(err)
	}
	if err := rest.Send(t.Context(), client, rest.NewRequest(op)); !errors.Is(err, rest.ErrTokenType) || i.count() != 1 {
		t.Errorf("%d requests, error %v", i.count(), err)
	}
}

func TestStores(t *testing.T) {
	leak.Check(t)
	path := filepath.Join(t.TempDir(), "token.json")
	for name, s := range map[string]Store{"memory": MemoryStore(Token{}), "file": FileStore(path)} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if _, err := s.Load(ctx); !errors.Is(err, ErrNoToken) {
				t.Errorf("empty: %v", err)
			}
			if err := s.Swap(ctx, Token{}, ended); err != nil {
				t.Fatal(err)
			}
			next := ended
			next.AccessToken = "next"
			if err := s.Swap(ctx, next, ended); !errors.Is(err, ErrChanged) {
				t.Errorf("swap of another: %v", err)
			}
			if err := s.Swap(ctx, ended, next); err != nil {
				t.Error(err)
			}
			if got, err := s.Load(ctx); err != nil || !got.equal(next) || got.UserType != Company {
				t.Errorf("%v, %v", got, err)
			}
			unlock, err := s.Lock(ctx)
			if err != nil {
				t.Fatal(err)
			}
			short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
			defer cancel()
			if _, err := s.Lock(short); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("locked twice: %v", err)
			}
			unlock()
			unlock()
			if unlock, err = s.Lock(ctx); err != nil {
				t.Fatal(err)
			}
			unlock()
		})
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := FileStore(path).Load(t.Context()); err == nil || errors.Is(err, ErrNoToken) {
		t.Errorf("a broken file: %v", err)
	}
}
