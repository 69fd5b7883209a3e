package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// links is a bulk of share links, one for each snapshot, on a script.
func links(t *testing.T, ctx context.Context, s *script, ids []string, how api.Bulking[string, api.ShareLink]) ([]api.Result[string, api.ShareLink], error) {
	t.Helper()
	c := s.client(t)
	return api.Bulk(ctx, ids, func(ctx context.Context, id string) (*api.ShareLink, error) {
		return c.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: id, ShareType: api.ShareTypeLink})
	}, how)
}

func ids(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint("s", i)
	}
	return out
}

const link = `201 {"id":"i","shareLink":"https://example.com/?share=i"}`

func TestBulkKeepsTheOrderAndWorksOnSeveralAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for workers, want := range map[int]time.Duration{0: 3 * time.Second, 1: 17 * time.Second, 30: time.Second} {
			s := &script{answers: []string{link}, delay: time.Second}
			begin, told := time.Now(), map[int]bool{}
			results, err := links(t, t.Context(), s, ids(17), api.Bulking[string, api.ShareLink]{
				Workers: workers, Progress: func(r api.Result[string, api.ShareLink]) error {
					told[r.Index] = r.Out != nil && r.Err == nil
					return nil
				},
			})
			if err != nil || len(results) != 17 || len(s.sent) != 17 || len(told) != 17 || time.Since(begin) != want {
				t.Errorf("%d workers: %d results of %d requests, %d told, after %v, want %v (%v)",
					workers, len(results), len(s.sent), len(told), time.Since(begin), want, err)
			}
			for i, r := range results {
				if r.Index != i || r.In != ids(17)[i] || r.Out == nil || r.Out.ID != "i" || r.Err != nil || !told[i] {
					t.Errorf("result %d is %+v", i, r)
				}
			}
		}
	})
}

func TestBulkGoesOnAfterAFailureOfOneItem(t *testing.T) {
	for _, refusal := range []string{
		`422 {"message":"snapshot_id is unknown"}`, `401 {"message":"This location is not accessible from this token!"}`,
	} {
		s := &script{answers: []string{link, refusal, refusal, link}}
		results, err := links(t, t.Context(), s, ids(5), api.Bulking[string, api.ShareLink]{Workers: 1})
		var bulk *api.BulkError
		if !errors.As(err, &bulk) || !slices.Equal(bulk.Failed, []int{1, 2}) || bulk.Items != 5 || len(s.sent) != 5 {
			t.Fatalf("%s: %d requests, %+v", refusal, len(s.sent), err)
		}
		var refused *api.Error
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), "2 of 5") || !strings.Contains(err.Error(), "item 1") {
			t.Errorf("%s: the words %q, and what they wrap", refusal, err)
		}
		if results[1].Out != nil || results[1].Err == nil || results[3].Out == nil || results[3].Err != nil {
			t.Errorf("%s: results %+v", refusal, results)
		}
	}
}

// An error that would meet every item alike ends the bulk; each item that was not begun has an error with the reason.
func TestBulkEndsAfterWhatMeetsEveryItem(t *testing.T) {
	for what, refusal := range map[string]string{
		"the token": `401 {"message":"Invalid JWT"}`, "the scope": `401 {"message":"The token is not authorized for this scope."}`,
		"the version": `401 {"message":"version header is invalid"}`,
	} {
		s := &script{answers: []string{link, refusal}}
		results, err := links(t, t.Context(), s, ids(4), api.Bulking[string, api.ShareLink]{Workers: 1})
		if len(s.sent) != 2 || !errors.Is(err, api.ErrUnauthorized) {
			t.Errorf("%s: %d requests, %v", what, len(s.sent), err)
		}
		if results[0].Err != nil || errors.Is(results[1].Err, api.ErrNotBegun) {
			t.Errorf("%s: %v, %v", what, results[0].Err, results[1].Err)
		}
		for _, r := range results[2:] {
			if !errors.Is(r.Err, api.ErrNotBegun) || !errors.Is(r.Err, api.ErrUnauthorized) || r.Out != nil {
				t.Errorf("%s: item %d: %v", what, r.Index, r.Err)
			}
		}
	}
	own := &script{answers: []string{`422 {"message":"x"}`}}
	_, err := links(t, t.Context(), own, ids(3), api.Bulking[string, api.ShareLink]{Workers: 1, Stop: func(error) bool { return true }})
	if len(own.sent) != 1 || !errors.Is(err, api.ErrNotBegun) {
		t.Errorf("a reason of the program's own: %d requests, %v", len(own.sent), err)
	}
	for name, stops := range map[string]error{
		"the day": &api.DailyLimitError{}, "a long pause": &api.PausedError{}, "the type of the token": api.ErrTokenType,
	} {
		calls := 0
		_, err := api.Bulk(t.Context(), ids(3), func(context.Context, string) (*int, error) { calls++; return nil, stops }, api.Bulking[string, int]{Workers: 1})
		if calls != 1 || !errors.Is(err, api.ErrNotBegun) {
			t.Errorf("%s: %d calls, %v", name, calls, err)
		}
	}
}

func TestBulkEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	results, err := links(t, ctx, &script{answers: []string{link}}, ids(3), api.Bulking[string, api.ShareLink]{
		Workers: 1, Progress: func(api.Result[string, api.ShareLink]) error { cancel(why); return nil },
	})
	if results[0].Err != nil || !errors.Is(results[2].Err, api.ErrNotBegun) || !errors.Is(err, why) {
		t.Errorf("%v, %v, %v", results[0].Err, results[2].Err, err)
	}
	for what, c := range map[string]func() error{
		"no context": func() error {
			_, err := links(t, nil, &script{answers: []string{link}}, ids(1), api.Bulking[string, api.ShareLink]{})
			return err
		}, //nolint:staticcheck // is what is tried
		"no function": func() error {
			_, err := api.Bulk[string, int](t.Context(), ids(1), nil, api.Bulking[string, int]{})
			return err
		},
	} {
		if err := c(); !errors.Is(err, api.ErrInvalidRequest) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestBulkGoesOnWhereItWas(t *testing.T) {
	s := &script{answers: []string{link}}
	before := &api.ShareLink{ID: "before"}
	results, err := links(t, t.Context(), s, ids(3), api.Bulking[string, api.ShareLink]{
		Done: func(id string) (*api.ShareLink, bool) {
			return map[string]*api.ShareLink{"s0": before, "s2": before}[id], id == "s0"
		},
	})
	if err != nil || len(s.sent) != 2 || results[0].Out != before || results[1].Out == nil || results[2].Out == before {
		t.Errorf("%d requests, %+v, %v", len(s.sent), results, err)
	}
}

func TestBulkOutlivesItsFunction(t *testing.T) {
	var mu sync.Mutex
	told := 0
	count := func(api.Result[string, int]) error { mu.Lock(); told++; mu.Unlock(); return nil }
	boom := errors.New("boom")
	results, err := api.Bulk(t.Context(), ids(3), func(_ context.Context, id string) (*int, error) {
		if id == "s1" {
			panic(boom)
		}
		return new(int), nil
	}, api.Bulking[string, int]{Workers: 1, Progress: count})
	var panicked *api.PanicError
	if !errors.As(err, &panicked) || !errors.Is(err, boom) || results[1].Out != nil || results[0].Out == nil || !errors.Is(results[2].Err, api.ErrNotBegun) || told != 2 {
		t.Errorf("a panic: %+v, %v, %d told", results, err, told)
	}
	if panicked != nil && (len(panicked.Stack) == 0 || !strings.Contains(panicked.Error(), "boom")) {
		t.Errorf("a panic: %v, %d bytes of stack", panicked, len(panicked.Stack))
	}
	// The only worker is gone with its goroutine: what is left must say so all the same.
	results, err = api.Bulk(t.Context(), ids(3), func(context.Context, string) (*int, error) { runtime.Goexit(); return nil, nil }, api.Bulking[string, int]{Workers: 1})
	if !errors.As(err, &panicked) || panicked.Value != nil || !errors.Is(results[1].Err, api.ErrNotBegun) || !errors.Is(results[2].Err, api.ErrNotBegun) {
		t.Errorf("an ended goroutine: %+v, %v", results, err)
	}
	results, err = api.Bulk(t.Context(), ids(2), func(context.Context, string) (*int, error) { return nil, nil }, api.Bulking[string, int]{})
	if err == nil || results[0].Err == nil || results[1].Err == nil {
		t.Errorf("neither a result nor an error: %+v, %v", results, err)
	}
	both := func(context.Context, string) (*int, error) { return new(int), boom }
	if results, err := api.Bulk(t.Context(), ids(1), both, api.Bulking[string, int]{}); !errors.Is(err, boom) || results[0].Out != nil {
		t.Errorf("a result beside an error: %+v, %v", results, err)
	}
	if results, err := api.Bulk(t.Context(), nil, both, api.Bulking[string, int]{}); err != nil || len(results) != 0 {
		t.Errorf("nothing to do: %+v, %v", results, err)
	}
}
