package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// service answers each request by its method and path, and keeps what it was asked.
type service struct {
	mu     sync.Mutex
	sent   []string
	bodies []string
	answer func(r *http.Request, n int) (int, string) // n counts the requests of this method and path before it
}

func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what, n := r.Method+" "+r.URL.Path, 0
	for _, earlier := range s.sent {
		if earlier == what {
			n++
		}
	}
	body := ""
	if r.Body != nil {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(text)
	}
	s.sent, s.bodies = append(s.sent, what), append(s.bodies, body)
	status, text := s.answer(r, n)
	if status == 0 {
		return nil, errors.New(text)
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
}

func (s *service) client(t *testing.T, opts ...Option) *Client {
	t.Helper()
	c, err := New(append([]Option{WithToken("pit-1"), WithCompany("agency"), WithBudget(nil), WithHTTPClient(&http.Client{Transport: s})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	putIt  = "PUT /locations/l"
	lookIt = "GET /snapshots/snapshot-status/s/location/l"
)

func loading(puts func(n int) (int, string), looks ...string) *service {
	return &service{answer: func(r *http.Request, n int) (int, string) {
		if r.Method == "PUT" {
			return puts(n)
		}
		look := looks[min(n, len(looks)-1)]
		if look == "" {
			return 404, `{"message":"Snapshot push not found"}`
		}
		return 200, `{"data":` + look + `}`
	}}
}

func accept(int) (int, string) { return 200, `{"id":"l","name":"Shoes"}` }

func TestASnapshotIsLoadedAndItsPushWaitedFor(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		looks []string // before the load, and after it
		push  string
	}{
		"none before":                {[]string{"", "", `{"id":"p","status":"processing"}`, `{"id":"p","status":"completed"}`}, "p"},
		"an earlier one is complete": {[]string{`{"id":"o","status":"completed"}`, `{"id":"o","status":"completed"}`, `{"id":"p","status":"completed"}`}, "p"},
		"an earlier one has failed":  {[]string{`{"id":"o","status":"failed"}`, `{"id":"o","status":"failed"}`, `{"id":"p","status":"completed"}`}, "p"},
		"the same id begins anew":    {[]string{`{"id":"o","status":"completed"}`, `{"id":"o","status":"processing"}`, `{"id":"o","status":"completed"}`}, "o"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := loading(accept, c.looks...)
				got, err := s.client(t).LoadSnapshot(t.Context(), LoadSnapshotRequest{SnapshotID: "s", LocationID: "l", Override: true, Wait: &Wait{}})
				if err != nil || got.Location.Name != "Shoes" || got.Push.ID != c.push || got.Push.Status != "completed" {
					t.Errorf("%+v, %v", got, err)
				}
				want := append([]string{lookIt, putIt}, slices.Repeat([]string{lookIt}, len(c.looks)-1)...)
				if !slices.Equal(s.sent, want) || s.bodies[1] != `{"companyId":"agency","snapshot":{"id":"s","override":true}}` {
					t.Errorf("sent %q, %q", s.sent, s.bodies)
				}
			})
		})
	}
}

func TestLoadReportsItsEffectAndIsNotRepeated(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		puts     func(int) (int, string)
		looks    []string
		wait     *Wait
		effect   Effect
		accepted bool
		is       error
		loads    int
	}{
		"refused":     {func(int) (int, string) { return 401, `{"message":"The token is not authorized for this scope."}` }, nil, nil, EffectNone, false, ErrMissingScope, 1},
		"a fault":     {func(int) (int, string) { return 502, `bad gateway` }, nil, nil, EffectUnknown, false, ErrServer, 1},
		"no answer":   {func(int) (int, string) { return 0, "cut off" }, nil, nil, EffectUnknown, false, ErrNoAnswer, 1},
		"unreadable":  {func(int) (int, string) { return 200, `{"id"` }, nil, nil, EffectDone, false, ErrUndecodable, 1},
		"push failed": {accept, []string{"", `{"id":"p","status":"failed"}`}, &Wait{}, EffectDone, true, ErrPushFailed, 1},
		"never told":  {accept, []string{`{"id":"o","status":"completed"}`}, &Wait{}, EffectDone, true, ErrPushTimedOut, 1},
		"rate limit": {func(n int) (int, string) {
			if n == 0 {
				return 429, `{}`
			}
			return 422, `{"message":["snapshot.id is invalid"]}`
		}, nil, nil, EffectNone, false, ErrInvalid, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := loading(c.puts, c.looks...)
				got, err := s.client(t).LoadSnapshot(t.Context(), LoadSnapshotRequest{SnapshotID: "s", LocationID: "l", Wait: c.wait})
				e, ok := errors.AsType[*LoadError](err)
				if got != nil || !ok || e.Accepted != c.accepted || EffectOf(err) != c.effect || !errors.Is(err, c.is) {
					t.Errorf("%+v, %v, effect %v", got, err, EffectOf(err))
				}
				loads := 0
				for _, what := range s.sent {
					if what == putIt {
						loads++
					}
				}
				if loads != c.loads {
					t.Errorf("loaded %d times: %q", loads, s.sent)
				}
			})
		})
	}
}

func TestIncompleteLoadIsNotSent(t *testing.T) {
	leak.Check(t)
	s := loading(accept, "")
	client := s.client(t, WithCompany(""), WithRetry(Retry{Attempts: 1}))
	_, err := client.LoadSnapshot(t.Context(), LoadSnapshotRequest{})
	if bad, ok := errors.AsType[*RequestError](err); !ok || len(bad.Problems) != 3 || EffectOf(err) != EffectNone || len(s.sent) != 0 {
		t.Errorf("%v after %q", err, s.sent)
	}
	broken := &service{answer: func(*http.Request, int) (int, string) { return 500, "no" }}
	_, err = broken.client(t, WithRetry(Retry{Attempts: 1})).LoadSnapshot(t.Context(), LoadSnapshotRequest{SnapshotID: "s", LocationID: "l", Wait: &Wait{}})
	if EffectOf(err) != EffectNone || slices.Contains(broken.sent, putIt) {
		t.Errorf("%v, effect %v, after %q", err, EffectOf(err), broken.sent)
	}
	var none *Client
	if _, err := none.LoadSnapshot(t.Context(), LoadSnapshotRequest{SnapshotID: "s", LocationID: "l", CompanyID: "c"}); !errors.Is(err, ErrInvalidRequest) {
		t.Error(err)
	}
}

func TestTheLocationsClientHasTheSettingsOfItsOwner(t *testing.T) {
	leak.Check(t)
	var keys []string
	budget := budgetFunc(func(key string) { keys = append(keys, key) })
	s := &service{answer: func(r *http.Request, _ int) (int, string) {
		if r.Header.Get("Version") != VersionV3 || r.Header.Get("Authorization") != "Bearer pit-1" || r.URL.Host != "service.test" {
			return 400, `{"message":"` + r.Header.Get("Version") + " " + r.URL.Host + `"}`
		}
		return 200, `{"locations":[],"snapshots":[]}`
	}}
	client := s.client(t, WithBudget(budget), WithVersion(VersionV3), WithBaseURL("https://service.test"))
	if _, err := client.Snapshots(t.Context(), SnapshotsRequest{}); err != nil {
		t.Error(err)
	}
	for _, err := range client.Locations().Search(t.Context(), locations.SearchRequest{}) {
		t.Error(err)
	}
	if len(keys) != 2 || keys[0] != keys[1] {
		t.Errorf("budgets %q are not one", keys)
	}
	if _, err := rest.New(rest.WithShared(nil)); !errors.Is(err, ErrInvalidRequest) {
		t.Error(err)
	}
}

func TestTheClientsCompanyIsThatOfSubAccounts(t *testing.T) {
	leak.Check(t)
	s := &service{answer: func(*http.Request, int) (int, string) { return 200, `{"id":"l"}` }}
	client, other := s.client(t), s.client(t, WithCompany(""))
	for _, sub := range []*locations.Client{client.Locations(), other.Locations()} {
		_, _ = sub.Create(t.Context(), locations.CreateRequest{Name: "n"})
		_, _ = sub.Update(t.Context(), locations.UpdateRequest{LocationID: "l"})
		_, _ = sub.Update(t.Context(), locations.UpdateRequest{LocationID: "l", CompanyID: "another"})
	}
	want := []string{`{"name":"n","companyId":"agency"}`, `{"companyId":"agency"}`, `{"companyId":"another"}`, `{"companyId":"another"}`}
	if !slices.Equal(s.bodies, want) {
		t.Errorf("sent %q, want %q", s.bodies, want)
	}
}

// budgetFunc is a budget without a limit.
type budgetFunc func(key string)

func (f budgetFunc) Take(_ context.Context, key string) (func(Outcome), error) {
	f(key)
	return func(Outcome) {}, nil
}
