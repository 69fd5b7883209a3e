package oauth

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	subaccounts "github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// agencyService gives tokens of sub-accounts that end, can be revoked and are refused for a paused one, in the form of either
// version, and lists tags to them.
type agencyService struct {
	lives, takes time.Duration // of a token, and of listing tags

	mu     sync.Mutex
	given  map[string]time.Time // end of each token
	asked  map[string]int       // requests for a token, by sub-account
	paused map[string]bool
	served int
}

func (s *agencyService) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := func(status int, body string) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
	v3 := r.Header.Get("Version") == "v3"
	asks := map[bool]string{false: "/oauth/locationToken", true: "/oauth/location-token"}[v3]
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if r.URL.Path == asks {
		_ = r.ParseForm()
		id := r.PostForm.Get("locationId")
		time.Sleep(time.Second)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked[id]++
		switch {
		case token != "agency-secret":
			return answer(401, `{"message":"Invalid JWT"}`)
		case s.paused[id]:
			return answer(400, `{"message":"Location is not active"}`)
		}
		name := fmt.Sprintf("%s-secret-%d", id, s.asked[id])
		s.given[name] = time.Now().Add(s.lives)
		form := `{"access_token":%q,"expires_in":%d,"locationId":%q}`
		if v3 {
			form = `{"accessToken":%q,"expiresIn":%d,"locationId":%q,"refreshToken":"refresh-secret"}`
		}
		return answer(200, fmt.Sprintf(form, name, int(s.lives.Seconds()), id))
	}
	id := strings.Split(r.URL.Path, "/")[2]
	time.Sleep(s.takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	if end, ok := s.given[token]; !ok || !strings.HasPrefix(token, id+"-") || time.Now().After(end) {
		return answer(401, `{"message":"Invalid JWT"}`)
	}
	s.served++
	return answer(200, `{"tags":[]}`)
}

// client is one of all sub-accounts of the agency.
func (s *agencyService) client(t *testing.T, version string) *subaccounts.Client {
	t.Helper()
	s.given, s.asked, s.paused = map[string]time.Time{}, map[string]int{}, map[string]bool{}
	options := []rest.Option{rest.WithHTTPClient(&http.Client{Transport: s}), rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil),
		rest.WithToken("agency-secret"), rest.WithDefault("companyId", "agency"), rest.WithDefault("Version", version)}
	agency, err := NewClient(options...)
	if err != nil {
		t.Fatal(err)
	}
	client, err := subaccounts.New(append(options, rest.WithLocationTokens(agency.LocationTokens()))...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// storm calls for three sub-accounts from many goroutines at once, and returns the errors.
func storm(t *testing.T, client *subaccounts.Client, calls int) []error {
	errs := make([]error, 3*calls)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			_, errs[i] = client.Tags(t.Context(), subaccounts.TagsRequest{LocationID: []string{"a", "b", "c"}[i%3]})
		})
	}
	all.Wait()
	return errs
}

func TestManyCallsForManySubAccountsShareTheirTokens(t *testing.T) {
	leak.Check(t)
	for _, version := range []string{"2021-07-28", "v3"} {
		synctest.Test(t, func(t *testing.T) {
			s := &agencyService{lives: time.Hour, takes: time.Second}
			client := s.client(t, version)
			expect := func(when string, asked int) {
				t.Helper()
				if err := errors.Join(storm(t, client, 40)...); err != nil {
					t.Errorf("%s, %s: %v", version, when, err)
				}
				if s.asked["a"] != asked || s.asked["b"] != asked || s.asked["c"] != asked {
					t.Errorf("%s, %s: asked for tokens %v, want %d each", version, when, s.asked, asked)
				}
			}
			expect("at first", 1)
			expect("again", 1)
			time.Sleep(56 * time.Minute)
			expect("shortly before the end", 2)
			time.Sleep(2 * time.Hour)
			expect("long after the end", 3)
			s.mu.Lock()
			clear(s.given)
			s.mu.Unlock()
			expect("after all were revoked", 4)
		})
	}
}

// The tokens live for a minute, and the service answers after ten seconds, when some have ended.
func TestATokenThatEndsDuringACallIsReplaced(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := &agencyService{lives: time.Minute, takes: 10 * time.Second}
		client := s.client(t, "v3")
		for range 30 {
			if err := errors.Join(storm(t, client, 5)...); err != nil {
				t.Error(err)
			}
			time.Sleep(7 * time.Second)
		}
		if s.served != 30*15 || s.asked["a"] > 30 {
			t.Errorf("%d calls were served, %v tokens asked for", s.served, s.asked)
		}
	})
}

func TestAPausedSubAccountDoesNotHoldUpTheOthers(t *testing.T) {
	leak.Check(t)
	for _, version := range []string{"2021-07-28", "v3"} {
		synctest.Test(t, func(t *testing.T) {
			s := &agencyService{lives: time.Hour, takes: time.Second}
			client := s.client(t, version)
			s.paused["b"] = true
			begin := time.Now()
			for i, err := range storm(t, client, 10) {
				switch paused := i%3 == 1; {
				case paused && (!errors.Is(err, rest.ErrTokenSource) || !temporary(err) || !strings.Contains(err.Error(), "not active")):
					t.Errorf("%s: a call for a paused one ends with %v", version, err)
				case !paused && err != nil:
					t.Errorf("%s: %v", version, err)
				}
			}
			if took := time.Since(begin); took > 3*time.Second || s.asked["b"] != 1 {
				t.Errorf("%s: took %v, asked %v", version, took, s.asked)
			}
			s.mu.Lock()
			s.paused["b"] = false
			s.mu.Unlock()
			if err := errors.Join(storm(t, client, 10)...); err != nil {
				t.Errorf("%s: after it was active again: %v", version, err)
			}
			s.mu.Lock()
			clear(s.given) // every token is revoked, and one sub-account paused
			s.paused["c"] = true
			s.mu.Unlock()
			for range 2 {
				for i, err := range storm(t, client, 5) {
					if i%3 == 2 != (err != nil) {
						t.Errorf("%s: after the tokens were revoked, call %d ends with %v", version, i, err)
					}
				}
			}
			s.mu.Lock()
			s.paused["c"] = false
			s.mu.Unlock()
			if err := errors.Join(storm(t, client, 5)...); err != nil {
				t.Errorf("%s: at last: %v", version, err)
			}
		})
	}
}
