package api_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func partners(n int) []api.CreateShareLinkRequest {
	list := make([]api.CreateShareLinkRequest, n)
	for i := range list {
		list[i] = api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeAgencyLink,
			RelationshipNumbers: []string{fmt.Sprintf("0-%03d-%03d", i/1000, i%1000)}}
	}
	return list
}

func TestBulkMakes500LinksUnderTheLimit(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		c := sandboxClient(t, s)
		begin := time.Now()
		results, err := api.Bulk(t.Context(), partners(500),
			func(ctx context.Context, req api.CreateShareLinkRequest) (*api.ShareLink, error) {
				return c.CreateShareLink(ctx, req)
			}, api.Bulking[api.CreateShareLinkRequest, api.ShareLink]{Workers: 16})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range results {
			link, ok := s.Link(r.Out.URL)
			if r.Index != i || !ok || link.RelationshipNumbers[0] != r.In.RelationshipNumbers[0] {
				t.Fatalf("result %d is of %v", i, link.RelationshipNumbers)
			}
		}
		if n := len(s.Requests()); n != 500 {
			t.Errorf("%d requests for 500 links", n)
		}
		if took := time.Since(begin); took > 41*time.Second {
			t.Errorf("took %v, and 40 s is the least", took)
		}
	})
}

func TestBulkKeepsFailuresWithTheirItemsAndResumes(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	c := sandboxClient(t, s)
	items := partners(20)
	items[3].SnapshotID, items[7].ShareType = "unknown", "nonsense"
	create := func(ctx context.Context, req api.CreateShareLinkRequest) (*api.ShareLink, error) {
		return c.CreateShareLink(ctx, req)
	}
	kept := map[string]*api.ShareLink{}
	results, err := api.Bulk(t.Context(), items, create, api.Bulking[api.CreateShareLinkRequest, api.ShareLink]{
		Progress: func(r api.Result[api.CreateShareLinkRequest, api.ShareLink]) error {
			if r.Err == nil {
				kept[r.In.RelationshipNumbers[0]] = r.Out
			}
			return nil
		},
	})
	var failed *api.BulkError
	if !errors.As(err, &failed) || !slices.Equal(failed.Failed, []int{3, 7}) || failed.Items != 20 {
		t.Fatalf("error is %v", err)
	}
	if !errors.Is(results[3].Err, api.ErrNotFound) || !errors.Is(err, api.ErrInvalidRequest) || len(kept) != 18 {
		t.Errorf("item 3: %v; kept %d", results[3].Err, len(kept))
	}
	before := len(s.Links())
	items[3], items[7] = partners(20)[3], partners(20)[7]
	again, err := api.Bulk(t.Context(), items, create, api.Bulking[api.CreateShareLinkRequest, api.ShareLink]{
		Done: func(req api.CreateShareLinkRequest) (*api.ShareLink, bool) {
			link, ok := kept[req.RelationshipNumbers[0]]
			return link, ok
		},
	})
	if err != nil || len(s.Links())-before != 2 || again[0].Out != results[0].Out {
		t.Errorf("%d links were made again, error %v", len(s.Links())-before, err)
	}
}

func TestBulkStopsWhenAnErrorMeetsEveryItem(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithToken("reader", "snapshots.readonly"))
	c := sandboxClient(t, s, api.WithToken("reader"))
	results, err := api.Bulk(t.Context(), partners(100),
		func(ctx context.Context, req api.CreateShareLinkRequest) (*api.ShareLink, error) {
			return c.CreateShareLink(ctx, req)
		}, api.Bulking[api.CreateShareLinkRequest, api.ShareLink]{Workers: 4})
	if n := len(s.Requests()); n > 4 || !errors.Is(err, api.ErrMissingScope) {
		t.Errorf("%d requests, error %v", n, err)
	}
	if last := results[99].Err; !errors.Is(last, api.ErrNotBegun) || !errors.Is(last, api.ErrMissingScope) {
		t.Errorf("the last item: %v", last)
	}
}

func TestBulkStopsWithTheContext(t *testing.T) {
	leak.Check(t)
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int64
	results, err := api.Bulk(ctx, make([]int, 50), func(context.Context, int) (*int, error) {
		if calls.Add(1) == 3 {
			cancel()
		}
		return new(int), nil
	}, api.Bulking[int, int]{Workers: 1})
	if calls.Load() != 3 || !errors.Is(err, context.Canceled) || results[2].Err != nil || !errors.Is(results[3].Err, api.ErrNotBegun) {
		t.Errorf("%d calls, error %v", calls.Load(), err)
	}
	if got, err := api.Bulk(t.Context(), nil, func(context.Context, int) (*int, error) { return nil, nil }, api.Bulking[int, int]{}); err != nil || len(got) != 0 {
		t.Errorf("no items: %v, %v", got, err)
	}
}

// An error of Progress stops the bulk, and loses nothing that was made.
func TestProgressStopsTheBulk(t *testing.T) {
	leak.Check(t)
	enough := errors.New("enough")
	for _, workers := range []int{1, 4} {
		var made atomic.Int64
		seen := 0
		results, err := api.Bulk(t.Context(), make([]int, 50), func(context.Context, int) (*int, error) { made.Add(1); return new(int), nil },
			api.Bulking[int, int]{Workers: workers, Progress: func(api.Result[int, int]) error {
				if seen++; seen == 6 {
					return enough
				}
				return nil
			}})
		kept := int64(0)
		for i, r := range results {
			if r.Out != nil {
				kept++
			} else if !errors.Is(r.Err, api.ErrNotBegun) || !errors.Is(r.Err, enough) || api.EffectOf(r.Err) != api.EffectNone {
				t.Errorf("item %d: %v", i, r.Err)
			}
		}
		if !errors.Is(err, enough) || kept != made.Load() || kept > int64(5+workers) {
			t.Errorf("%d workers: %d kept of %d made, %v", workers, kept, made.Load(), err)
		}
	}
}

// A Stop of a program adds to the default one.
func TestStopCanBuildOnTheDefault(t *testing.T) {
	leak.Check(t)
	broke := errors.New("broke")
	stop := func(err error) bool { return errors.Is(err, broke) || api.DefaultStop(err) }
	for _, why := range []error{broke, api.ErrUnauthorized, api.ErrMissingScope, api.ErrDailyLimit, &api.PausedError{}, api.ErrBadVersion, api.ErrTokenType, api.ErrTokenSource} {
		if _, err := api.Bulk(t.Context(), make([]int, 5), func(context.Context, int) (*int, error) { return nil, why },
			api.Bulking[int, int]{Workers: 1, Stop: stop}); !errors.Is(err, api.ErrNotBegun) {
			t.Errorf("%v does not stop it", why)
		}
	}
	if _, err := api.Bulk(t.Context(), make([]int, 5), func(context.Context, int) (*int, error) { return nil, api.ErrNotFound },
		api.Bulking[int, int]{Workers: 1, Stop: stop}); errors.Is(err, api.ErrNotBegun) {
		t.Error("an item that is not found stops the others")
	}
}

func TestEffectOfABulkIsTheMostThatMayHaveHappened(t *testing.T) {
	leak.Check(t)
	none, unknown := &api.Error{Status: 400}, &api.Error{Status: 502}
	for _, c := range []struct {
		errs []error
		want api.Effect
	}{
		{[]error{none, none}, api.EffectNone}, {[]error{none, unknown}, api.EffectUnknown}, {[]error{unknown, none}, api.EffectUnknown},
		{[]error{none, errors.New("x")}, api.EffectUnknown}, {[]error{none, &api.Error{Status: 201}}, api.EffectDone},
	} {
		_, err := api.Bulk(t.Context(), c.errs, func(_ context.Context, err error) (*int, error) { return nil, err }, api.Bulking[error, int]{})
		if got := api.EffectOf(err); got != c.want {
			t.Errorf("%v: %v, want %v", c.errs, got, c.want)
		}
	}
	_, err := api.Bulk(t.Context(), make([]int, 3), func(context.Context, int) (*int, error) { panic("x") }, api.Bulking[int, int]{Workers: 1})
	if api.EffectOf(err) != api.EffectUnknown {
		t.Errorf("a panic is %v", api.EffectOf(err))
	}
}

// The panic of one item must not lose the links that were made before it.
func TestBulkKeepsWhatWasMadeWhenAnItemPanics(t *testing.T) {
	leak.Check(t)
	boom := errors.New("boom")
	for name, end := range map[string]func(){"panic": func() { panic(boom) }, "exit": runtime.Goexit} {
		for workers := 1; workers <= 4; workers += 3 {
			var seen atomic.Int64
			results, err := api.Bulk(t.Context(), make([]int, 20), func(context.Context, int) (*int, error) {
				if seen.Add(1) == 6 {
					end()
				}
				return new(int), nil
			}, api.Bulking[int, int]{Workers: workers, Progress: func(api.Result[int, int]) error { return nil }})
			var panicked *api.PanicError
			if !errors.As(err, &panicked) || (name == "panic") != errors.Is(err, boom) || len(panicked.Stack) == 0 || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", name, err)
			}
			for i, r := range results {
				if (r.Out == nil) == (r.Err == nil) {
					t.Errorf("%s, item %d: %v and %v", name, i, r.Out, r.Err)
				}
			}
			if results[0].Err != nil || workers == 1 && !errors.Is(results[19].Err, api.ErrNotBegun) { // others may be quicker
				t.Errorf("%s: first %v, last %v", name, results[0].Err, results[19].Err)
			}
		}
	}
}

// A link that was made is kept, whatever the program's own report of it does.
func TestBulkKeepsWhatWasMadeWhenProgressPanics(t *testing.T) {
	leak.Check(t)
	boom := errors.New("boom")
	failing := errors.New("failing")
	for name, end := range map[string]func(){"panic": func() { panic(boom) }, "exit": runtime.Goexit} {
		for workers := 1; workers <= 4; workers += 3 {
			var made atomic.Int64
			fn := func(_ context.Context, fail bool) (*int, error) {
				if made.Add(1); fail {
					return nil, failing
				}
				return new(int), nil
			}
			seen := 0
			results, err := api.Bulk(t.Context(), make([]bool, 20), fn, api.Bulking[bool, int]{Workers: workers, Progress: func(api.Result[bool, int]) error {
				if seen++; seen == 6 {
					end()
				}
				return nil
			}})
			var panicked *api.PanicError
			if !errors.As(err, &panicked) || (name == "panic") != errors.Is(err, boom) || len(panicked.Stack) == 0 {
				t.Errorf("%s: %v", name, err)
			}
			kept := 0
			for i, r := range results {
				if r.Out != nil {
					kept++
				} else if !errors.Is(r.Err, api.ErrNotBegun) {
					t.Errorf("%s, item %d: %v", name, i, r.Err)
				}
			}
			if int64(kept) != made.Load() || workers == 1 && kept != 6 {
				t.Errorf("%s: %d kept of %d made", name, kept, made.Load())
			}
			results, err = api.Bulk(t.Context(), []bool{true}, fn, api.Bulking[bool, int]{Stop: func(error) bool { end(); return true }})
			if !errors.As(err, &panicked) || !errors.Is(err, failing) || !errors.Is(results[0].Err, failing) {
				t.Errorf("%s of Stop: %v, %v", name, err, results)
			}
		}
	}
	if _, err := api.Bulk(t.Context(), []int{1}, func(context.Context, int) (*int, error) { return new(int), nil },
		api.Bulking[int, int]{Progress: func(api.Result[int, int]) error { panic(boom) }}); !errors.Is(err, boom) {
		t.Errorf("a panic about the last item: %v", err)
	}
}

func TestNothingIsBegunWithoutContextOrFunction(t *testing.T) {
	leak.Check(t)
	var none context.Context
	var zero api.Client
	fn := func(context.Context, int) (*int, error) { return nil, nil }
	_, bulk := api.Bulk(none, []int{1}, fn, api.Bulking[int, int]{})
	_, nothing := api.Bulk[int, int](t.Context(), []int{1}, nil, api.Bulking[int, int]{})
	_, wait := sandboxClient(t, sandbox.New()).WaitForPush(none, toLocation, api.Wait{})
	_, call := sandboxClient(t, sandbox.New()).Snapshots(none, api.SnapshotsRequest{})
	var pages error
	for _, err := range sandboxClient(t, sandbox.New()).Pushes(none, api.PushesRequest{}) {
		pages = err
	}
	for _, err := range []error{bulk, nothing, wait, call, pages} {
		if !errors.Is(err, api.ErrInvalidRequest) {
			t.Errorf("%v", err)
		}
	}
	if _, err := zero.Snapshots(t.Context(), api.SnapshotsRequest{CompanyID: "c"}); err == nil {
		t.Error("a client that is zero makes calls")
	}
	if _, err := zero.With(); err == nil {
		t.Error("a client that is zero is copied")
	}
	zero.CloseIdleConnections()
	if text := (&api.BulkError{Items: 2, Failed: []int{1}}).Error(); !strings.Contains(text, "1 of 2") {
		t.Error(text)
	}
}
