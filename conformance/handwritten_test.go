package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// The handwritten code beside the generated client must send messages that the judge accepts, too.

// script answers requests in turn, the last answer again and again; a judge checks each message.
type script struct {
	answers []string // "404 {json}"
	delay   time.Duration

	mu   sync.Mutex
	sent []*http.Request
	at   []time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	status, body, _ := strings.Cut(s.answers[min(len(s.sent), len(s.answers)-1)], " ")
	s.sent, s.at = append(s.sent, r), append(s.at, time.Now())
	s.mu.Unlock()
	select {
	case <-time.After(s.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	var code int
	if _, err := fmt.Sscan(status, &code); err != nil {
		return nil, err
	}
	h := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: code, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}, nil
}

// gaps are the pauses between requests.
func (s *script) gaps() []time.Duration {
	var out []time.Duration
	for i := 1; i < len(s.at); i++ {
		out = append(out, s.at[i].Sub(s.at[i-1]))
	}
	return out
}

func (s *script) client(t *testing.T, opts ...api.Option) *api.Client {
	t.Helper()
	j, err := judge.New(document(t), judge.AllowHeaders("X-Extra"))
	if err != nil {
		t.Fatal(err)
	}
	front := &judge.Transport{Judge: j, Next: s, Report: func(v judge.Verdict) { t.Error(v.Err()) }}
	c, err := api.New(append([]api.Option{api.WithToken("pit-1234567890"), api.WithCompany("c"), api.WithBudget(nil),
		api.WithRetry(api.Retry{Attempts: 1}), api.WithHTTPClient(&http.Client{Transport: front})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	unknownPush = `404 {"statusCode":404,"message":"Snapshot push not found"}`
	underWay    = `200 {"data":{"id":"i-1","status":"processing"}}`
	completed   = `200 {"data":{"id":"i-2","status":"Completed"}}`
	snapshots   = `200 {"snapshots":[{"id":"s"}]}`
)

var push = api.LatestPushRequest{SnapshotID: "s", LocationID: "l"}

func TestWaitingAsksUntilThePushIsComplete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []string{unknownPush, underWay, underWay, underWay, completed}}
		var seen []string
		wait := api.Wait{Most: 4 * time.Second, Progress: func(p *api.PushStatus) {
			if p == nil {
				seen = append(seen, "none")
			} else {
				seen = append(seen, p.Status)
			}
		}}
		got, err := s.client(t).WaitForPush(t.Context(), push, wait, api.CallHeader("X-Extra", "e"))
		if err != nil || got == nil || got.ID != "i-2" {
			t.Fatalf("%+v, %v", got, err)
		}
		if want := []string{"none", "processing", "processing", "processing", "Completed"}; !slices.Equal(seen, want) {
			t.Errorf("progress %q, want %q", seen, want)
		}
		if got, want := s.gaps(), []time.Duration{2 * time.Second, 3 * time.Second, 4 * time.Second, 4 * time.Second}; !slices.Equal(got, want) {
			t.Errorf("pauses %v, want %v", got, want)
		}
		for _, r := range s.sent {
			if r.Header.Get("X-Extra") != "e" {
				t.Error("the option of the call was lost")
			}
		}
	})
}

func TestWaitingEndsWithTheContextAndSaysTheLastStatus(t *testing.T) {
	for last, answers := range map[string][]string{"processing": {unknownPush, underWay}, "never registered": {unknownPush}} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: answers}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			got, err := s.client(t).WaitForPush(ctx, push, api.Wait{})
			if got != nil || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), last) {
				t.Errorf("%+v, %v, want a deadline and %q", got, err, last)
			}
			if longest := slices.Max(s.gaps()); longest != 30*time.Second {
				t.Errorf("the longest pause is %v, want 30s", longest)
			}
		})
	}
}

func TestWaitingEndsWithEveryOtherRefusal(t *testing.T) {
	for _, refusal := range []string{
		`401 {"statusCode":401,"message":"Invalid JWT"}`, `400 {"statusCode":400,"message":"companyId is invalid"}`,
		`404 {"message":"Cannot GET /snapshots/snapshot-status/s/location/l"}`, `422 {"message":["companyId must be a string"]}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: []string{underWay, refusal}}
			got, err := s.client(t).WaitForPush(t.Context(), push, api.Wait{First: time.Second})
			var refused *api.Error
			if got != nil || !errors.As(err, &refused) || len(s.sent) != 2 {
				t.Errorf("%s: %+v, %v after %d requests", refusal, got, err, len(s.sent))
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []string{underWay}}
		done := func(p api.PushStatus) bool { return p.Status == "processing" }
		if got, err := s.client(t).WaitForPush(t.Context(), push, api.Wait{Done: done}); err != nil || got.ID != "i-1" {
			t.Errorf("a last status of the program's own: %+v, %v", got, err)
		}
		var none context.Context
		if _, err := s.client(t).WaitForPush(none, push, api.Wait{}); !errors.Is(err, api.ErrInvalidRequest) {
			t.Errorf("without a context: %v", err)
		}
	})
}

func TestOptionsComeToTheWire(t *testing.T) {
	ask := func(s *script, c *api.Client, opts ...api.CallOption) (*http.Request, error) {
		_, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}, opts...)
		return s.sent[len(s.sent)-1], err
	}
	for name, c := range map[string]struct {
		option api.Option
		header string
		want   string
	}{
		"version":             {api.WithVersion(api.VersionV3), "Version", "v3"},
		"version unless told": {api.WithRetry(api.Retry{}), "Version", "2021-07-28"},
		"the default by name": {api.WithVersion(api.Version20210728), "Version", "2021-07-28"},
		"token":               {api.WithToken("other"), "Authorization", "Bearer other"},
		"token source":        {api.WithTokenSource(api.TokenFunc(func(context.Context) (string, error) { return "made", nil })), "Authorization", "Bearer made"},
		"user agent":          {api.WithUserAgent("program/1"), "User-Agent", "program/1"},
		"middleware":          {api.WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return mark{next} }), "X-Extra", "mark"},
	} {
		s := &script{answers: []string{snapshots}}
		sent, err := ask(s, s.client(t, c.option))
		if err != nil || !strings.HasPrefix(sent.Header.Get(c.header), c.want) {
			t.Errorf("%s: %s is %q, want %q (%v)", name, c.header, sent.Header.Get(c.header), c.want, err)
		}
	}
	s := &script{answers: []string{snapshots}}
	first := s.client(t)
	second, err := first.With(api.WithCompany("d"), api.WithBaseURL("http://127.0.0.1:1"))
	if err != nil {
		t.Fatal(err)
	}
	for c, want := range map[*api.Client]string{
		first: api.DefaultBaseURL + "/snapshots/?companyId=c", second: "http://127.0.0.1:1/snapshots/?companyId=d",
	} {
		if sent, err := ask(s, c); err != nil || sent.URL.String() != want {
			t.Errorf("sent to %v, want %s (%v)", sent.URL, want, err)
		}
	}
	var r api.Response
	if sent, err := ask(s, first, api.CallHeader("X-Extra", "e"), api.CallResponse(&r)); err != nil || sent.Header.Get("X-Extra") != "e" || r.Status != 200 || r.Attempts != 1 {
		t.Errorf("header %q, response %+v, %v", sent.Header.Get("X-Extra"), r, err)
	}
}

type mark struct{ next http.RoundTripper }

func (m mark) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Extra", "mark")
	return m.next.RoundTrip(r)
}

func TestOptionsOfTimeAndRepetitionAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &script{answers: []string{snapshots}, delay: time.Minute}
		for name, c := range map[string]struct {
			opts []api.Option
			call []api.CallOption
			want time.Duration
		}{
			"one attempt": {[]api.Option{api.WithTimeout(5 * time.Second)}, nil, 5 * time.Second},
			"one call":    {nil, []api.CallOption{api.CallTimeout(7 * time.Second)}, 7 * time.Second},
		} {
			begin := time.Now()
			if _, err := slow.client(t, c.opts...).Snapshots(t.Context(), api.SnapshotsRequest{}, c.call...); err == nil || time.Since(begin) != c.want {
				t.Errorf("%s: %v after %v, want %v", name, err, time.Since(begin), c.want)
			}
		}
		create := api.CreateShareLinkRequest{SnapshotID: "s", ShareType: api.ShareTypeLink}
		for yes, want := range map[bool]int{true: 2, false: 1} {
			broken := &script{answers: []string{`500 {}`}}
			c := broken.client(t, api.WithRetry(api.Retry{Attempts: 2}), api.WithMiddleware(func(http.RoundTripper) http.RoundTripper { return broken }))
			if _, err := c.CreateShareLink(t.Context(), create, api.CallIdempotent(yes)); !errors.Is(err, api.ErrServer) || len(broken.sent) != want {
				t.Errorf("idempotent %v: %d requests, want %d (%v)", yes, len(broken.sent), want, err)
			}
		}
	})
}

// keys is a budget that keeps whose requests it was asked for.
type keys struct{ asked []string }

func (k *keys) Take(_ context.Context, key string) (func(api.Outcome), error) {
	k.asked = append(k.asked, key)
	return func(api.Outcome) {}, nil
}

// The service counts for each company, and so does the client: whether the company is the client's or the request's.
func TestBudgetIsThatOfTheCompany(t *testing.T) {
	var k keys
	s := &script{answers: []string{snapshots}}
	c := s.client(t, api.WithBudget(&k))
	for _, company := range []string{"", "c", "d", "d"} {
		if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{CompanyID: company}); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.client(t, api.WithBudget(&k), api.WithToken("pit-other-0123")).Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Error(err)
	}
	if a := k.asked; len(a) != 5 || a[0] != a[1] || a[1] == a[2] || a[2] != a[3] || a[4] == a[0] {
		t.Errorf("budgets %q, want those of c, c, d, d, and another token's", a)
	}
	if strings.Contains(strings.Join(k.asked, " "), "pit-") {
		t.Errorf("a budget's name holds the token: %q", k.asked)
	}
}

func TestCallWithoutAContextIsRefused(t *testing.T) {
	s := &script{answers: []string{snapshots}}
	var none context.Context
	if _, err := s.client(t).Snapshots(none, api.SnapshotsRequest{}); !errors.Is(err, api.ErrInvalidRequest) || len(s.sent) > 0 {
		t.Errorf("%d requests, %v", len(s.sent), err)
	}
}
