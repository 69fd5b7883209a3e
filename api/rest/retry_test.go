package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

var (
	busy   = reply{status: 429, body: `{"message":"Too Many Requests"}`}
	faulty = reply{status: 503, body: `{}`}
)

func TestWhatIsSentAgain(t *testing.T) {
	leak.Check(t)
	const (
		always     = "always"
		idempotent = "when idempotent"
		never      = "never"
	)
	for _, c := range []struct {
		name  string
		first reply
		again string
	}{
		{"429", busy, always},
		{"429 with Retry-After", reply{status: 429, header: http.Header{"Retry-After": {"3"}}}, always},
		{"500", reply{status: 500, body: `{}`}, idempotent},
		{"502", reply{status: 502, kind: "text/plain", body: "bad gateway"}, idempotent},
		{"503", faulty, idempotent},
		{"504", reply{status: 504, body: `{}`}, idempotent},
		{"broken connection", reply{err: errors.New("connection reset")}, idempotent},
		{"no connection", reply{err: &net.OpError{Op: "dial", Err: errors.New("refused")}}, always},
		{"connection that broke while sending", reply{err: &net.OpError{Op: "write", Err: errors.New("reset")}}, idempotent},
		{"success that breaks off", reply{status: 200, stream: io.MultiReader(strings.NewReader(`{"a":`), brokenReader{}), length: -1}, idempotent},
		{"wrong certificate", reply{err: &tls.CertificateVerificationError{Err: errors.New("unknown authority")}}, never},
		{"no TLS at all", reply{err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}}, never},
		{"400", reply{status: 400, body: `{}`}, never},
		{"401", reply{status: 401, body: `{"message":"Invalid JWT"}`}, never},
		{"404", reply{status: 404, body: `{}`}, never},
		{"422", reply{status: 422, body: `{}`}, never},
		{"success that is not JSON", reply{status: 200, body: `{"a":`}, never},
	} {
		for _, op := range []*Operation{opGet, opPost} {
			t.Run(c.name+"/"+op.Method, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					again := c.again == always || c.again == idempotent && op.Idempotent
					first := c.first
					if first.stream != nil {
						first.stream = io.MultiReader(strings.NewReader(`{"a":`), brokenReader{})
					}
					begin := time.Now()
					s, v, err := callScript(t, op, []reply{first, right}, WithRetry(Retry{}))
					took := time.Since(begin)
					if (len(s.sent) == 2) != again || len(s.sent) > 2 || (err == nil) != again || (v == nil) == again {
						t.Fatalf("%d requests, result %v, error %v; sent again is wanted: %v", len(s.sent), v, err, again)
					}
					if !again {
						return
					}
					if s.bodies[0] != s.bodies[1] || s.sent[0].URL.String() != s.sent[1].URL.String() {
						t.Error("the second request differs from the first")
					}
					if first.header != nil && (took < 3*time.Second || took > 10*time.Second) {
						t.Errorf("Retry-After is 3 s, and %v went by", took)
					}
				})
			})
		}
	}
}

// The standard transport repeats by itself any request that it can read again.
func TestTheTransportCanRepeatABodyOnlyWhereThatIsSafe(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		op   *Operation
		opts []CallOption
		may  bool
	}{
		{opPost, nil, false},
		{opPost, []CallOption{CallIdempotent(true)}, true},
		{&Operation{ID: "put", Method: "PUT", Path: "/thing", Idempotent: true}, nil, true},
		{&Operation{ID: "put", Method: "PUT", Path: "/thing", Idempotent: true}, []CallOption{CallIdempotent(false)}, false},
	} {
		s := &scripted{replies: []reply{right}}
		r := NewRequest(c.op)
		r.SetJSON(map[string]string{"k": "v"})
		if err := Send(t.Context(), s.client(t), r, c.opts...); err != nil || (s.sent[0].GetBody != nil) != c.may {
			t.Errorf("%s: the transport can send the body again: %v, want %v; error %v", c.op, s.sent[0].GetBody != nil, c.may, err)
		}
	}
}

func TestAttemptsAreBounded(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		for attempts := 1; attempts <= 3; attempts++ {
			if s, _, _ := callScript(t, opGet, []reply{busy}, WithRetry(Retry{Attempts: attempts})); len(s.sent) != attempts {
				t.Errorf("%d attempts were asked for, and %d were made", attempts, len(s.sent))
			}
		}
		begin := time.Now()
		s, _, err := callScript(t, opGet, []reply{busy}, WithRetry(Retry{}))
		if e, ok := errors.AsType[*Error](err); !ok || e.Attempts != 4 || len(s.sent) != 4 || time.Since(begin) > time.Minute {
			t.Errorf("a client that is told nothing: %d attempts in %v, error %v", len(s.sent), time.Since(begin), err)
		}
		_, _, err = callScript(t, opGet, []reply{{err: errors.New("reset")}}, WithRetry(Retry{Attempts: 2}))
		if err == nil || !strings.Contains(err.Error(), "2 attempts") {
			t.Errorf("a service that does not answer: %v does not say how often it was asked", err)
		}
		_, _, err = callScript(t, opPost, []reply{{err: errors.New("reset")}}, WithRetry(Retry{Attempts: 2}))
		if err == nil || strings.Contains(err.Error(), "attempts") {
			t.Errorf("one attempt: %v", err)
		}
		spent := reply{status: 429, body: `{}`, header: http.Header{"X-Ratelimit-Daily-Remaining": {"0"}}}
		s, _, err = callScript(t, opGet, []reply{spent}, WithRetry(Retry{}))
		if len(s.sent) != 1 || !errors.Is(err, ErrDailyLimit) || !errors.Is(err, ErrRateLimited) {
			t.Errorf("a day that is spent: %d requests, error %v", len(s.sent), err)
		}
	})
	for _, bad := range []Retry{{Attempts: -1}, {Backoff: -1}, {MaxPause: -1}} {
		if _, err := New(WithBaseURL("https://service.test"), WithToken("t"), WithRetry(bad)); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}

func TestPausesBetweenAttempts(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		long := reply{status: 429, body: `{}`, header: http.Header{"Retry-After": {"3600"}}}
		if s, _, err := callScript(t, opGet, []reply{long}, WithRetry(Retry{MaxPause: time.Minute})); len(s.sent) != 1 || err == nil {
			t.Errorf("a pause that is longer than any may be: %d requests, error %v", len(s.sent), err)
		}
		pause := func(r Retry, first reply) time.Duration {
			begin := time.Now()
			if s, _, err := callScript(t, opGet, []reply{first, right}, WithRetry(r)); len(s.sent) != 2 || err != nil {
				t.Errorf("%d requests, error %v", len(s.sent), err)
			}
			return time.Since(begin)
		}
		interval := reply{status: 429, body: `{}`, header: http.Header{"X-Ratelimit-Interval-Milliseconds": {"10000"}}}
		if took := pause(Retry{}, interval); took < 10*time.Second {
			t.Errorf("after a 429 with an interval of 10 s: %v", took)
		}
		if took := pause(Retry{}, busy); took > 500*time.Millisecond {
			t.Errorf("the first pause of a client that is told nothing took %v, and is bound to half a second", took)
		}
		var sum time.Duration
		lengths := map[time.Duration]bool{}
		for range 10 {
			took := pause(Retry{Backoff: time.Second}, busy)
			lengths[took] = true
			if sum += took; took > time.Second {
				t.Errorf("the first pause took %v, and was bound to a second", took)
			}
		}
		if len(lengths) < 5 || sum < 500*time.Millisecond {
			t.Errorf("ten pauses had %d lengths, %v in all", len(lengths), sum)
		}
	})
}

// hangs is a service that does not respond.
type hangs struct{}

func (hangs) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeBoundsTheCallAndEachAttempt(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		hanging := WithHTTPClient(&http.Client{Transport: hangs{}})
		begin := time.Now()
		err := Send(t.Context(), new(scripted).client(t, hanging), NewRequest(opGet), CallTimeout(3*time.Second))
		if took := time.Since(begin); took != 3*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a call of 3 s took %v: %v", took, err)
		}
		begin = time.Now()
		err = Send(t.Context(), new(scripted).client(t, hanging, WithTimeout(2*time.Second)), NewRequest(opGet))
		if took := time.Since(begin); took != 2*time.Second || !errors.Is(err, ErrNoAnswer) {
			t.Errorf("an attempt of 2 s took %v: %v", took, err)
		}
	})
}

func TestAContextEndsACallAtOnceAndInAPause(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		s := &scripted{replies: []reply{right}}
		hooks := WithHooks(Hooks{Retry: func(context.Context, Attempt, time.Duration) { t.Error("a cancelled call is to be sent again") }})
		if err := Send(ctx, s.client(t, hooks, WithRetry(Retry{})), NewRequest(opGet)); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled call: %v", err)
		}
		slow := reply{status: 429, header: http.Header{"Retry-After": {"20"}}}
		for name, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
			"its deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 2*time.Second)
			},
			"its program": func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(2*time.Second, cancel)
				return ctx, cancel
			},
		} {
			ctx, cancel := end(t.Context())
			s := &scripted{replies: []reply{slow}}
			begin := time.Now()
			err := Send(ctx, s.client(t, WithRetry(Retry{})), NewRequest(opGet))
			cancel()
			if err == nil || len(s.sent) != 1 || time.Since(begin) > 2*time.Second {
				t.Errorf("a call that is ended by %s in a pause: %d requests in %v, error %v", name, len(s.sent), time.Since(begin), err)
			}
		}
	})
}

// countingBudget grants everything and counts.
type countingBudget struct {
	taken, settled int
	outcome        Outcome // the last
	err            error   // instead of granting
}

func (b *countingBudget) Take(context.Context, string) (func(Outcome), error) {
	if b.err != nil {
		return nil, b.err
	}
	b.taken++
	return func(o Outcome) { b.settled++; b.outcome = o }, nil
}

func TestEachAttemptTakesFromTheBudgetAndReportsItsOutcome(t *testing.T) {
	leak.Check(t)
	said := http.Header{"X-Ratelimit-Max": {"100"}, "X-Ratelimit-Remaining": {"7"}, "Retry-After": {"3"}}
	rate := Rate{Limit: 100, Remaining: 7, HasRemaining: true}
	for name, c := range map[string]struct {
		reply
		want Outcome
	}{
		"a success":     {reply{status: 200, body: `{"a":1}`, header: said}, Outcome{Answered: true, Rate: rate}},
		"a 429":         {reply{status: 429, header: said}, Outcome{Answered: true, Refused: true, Rate: rate, RetryAfter: 3 * time.Second}},
		"a 400":         {reply{status: 400}, Outcome{Answered: true}},
		"no connection": {reply{err: &net.OpError{Op: "dial", Err: errors.New("refused")}}, Outcome{Unsent: true}},
		"no answer":     {reply{err: errors.New("reset")}, Outcome{}},
	} {
		var b countingBudget
		if _, _, _ = callScript(t, opGet, []reply{c.reply}, WithBudget(&b)); b.outcome != c.want || b.taken != 1 || b.settled != 1 {
			t.Errorf("after %s the budget is told %+v, want %+v; %d taken, %d settled", name, b.outcome, c.want, b.taken, b.settled)
		}
	}
	var b countingBudget
	s, _, err := callScript(t, opGet, []reply{{status: 401, body: `{"message":"Invalid JWT"}`}, right}, WithBudget(&b), WithTokenSource(&renewing{current: "old"}))
	if err != nil || len(s.sent) != 2 || b.taken != 2 || b.settled != 2 {
		t.Errorf("%d requests, %d taken, %d settled, error %v", len(s.sent), b.taken, b.settled, err)
	}
	b = countingBudget{err: &DailyLimitError{Reset: time.Hour}}
	if s, _, err := callScript(t, opGet, []reply{right}, WithBudget(&b), WithRetry(Retry{})); len(s.sent) > 0 || !errors.Is(err, ErrDailyLimit) || !strings.HasPrefix(fmt.Sprint(err), "thing: ") {
		t.Errorf("a spent budget: %d requests, error %v", len(s.sent), err)
	}
}
