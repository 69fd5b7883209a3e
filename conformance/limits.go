package conformance

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// limits says how far repetition goes, and what of it a program decides.
func (b *binding) limits(t *testing.T) {
	busy := answer{status: 429, body: `{}`}
	fault := answer{status: 503, body: `{}`}
	synctest.Test(t, func(t *testing.T) {
		for attempts := 1; attempts <= 3; attempts++ {
			w, _ := b.with(t, []answer{busy}, rest.WithRetry(rest.Retry{Attempts: attempts}))
			if len(w.sent) != attempts {
				t.Errorf("%d attempts were asked for, and %d were made", attempts, len(w.sent))
			}
		}
		spent := answer{status: 429, body: `{}`, header: http.Header{"X-Ratelimit-Daily-Remaining": {"0"}}}
		w, err := b.with(t, []answer{spent}, rest.WithRetry(rest.Retry{}))
		if len(w.sent) != 1 || !errors.Is(err, rest.ErrDailyLimit) || !errors.Is(err, rest.ErrRateLimited) {
			t.Errorf("a day that is spent: %d requests, error %v", len(w.sent), err)
		}
		long := answer{status: 429, body: `{}`, header: http.Header{"Retry-After": {"3600"}}}
		if w, err := b.with(t, []answer{long}, rest.WithRetry(rest.Retry{MaxPause: time.Minute})); len(w.sent) != 1 || err == nil {
			t.Errorf("a pause that is longer than any may be: %d requests, error %v", len(w.sent), err)
		}
		interval := answer{status: 429, body: `{}`, header: http.Header{"X-Ratelimit-Interval-Milliseconds": {"10000"}}}
		begin := time.Now()
		if w, _ := b.with(t, []answer{interval, b.right()}, rest.WithRetry(rest.Retry{})); len(w.sent) != 2 || time.Since(begin) < 10*time.Second {
			t.Errorf("the interval of a 429: %d requests in %v, and it is 10 s", len(w.sent), time.Since(begin))
		}
		begin = time.Now()
		if w, _ := b.with(t, []answer{busy, b.right()}, rest.WithRetry(rest.Retry{})); len(w.sent) != 2 || time.Since(begin) > 500*time.Millisecond {
			t.Errorf("the first pause of a client that is told nothing took %v, and is bound to half a second", time.Since(begin))
		}
		w, err = b.with(t, []answer{busy}, rest.WithRetry(rest.Retry{}))
		var refused *rest.Error
		if len(w.sent) != 4 || !errors.As(err, &refused) || refused.Attempts != 4 {
			t.Errorf("a client that is told nothing: %d attempts, error %v", len(w.sent), err)
		}
		_, err = b.with(t, []answer{{err: errors.New("reset")}}, rest.WithRetry(rest.Retry{Attempts: 2}))
		if err == nil || strings.Contains(err.Error(), "2 attempts") != b.idempotent() {
			t.Errorf("a service that does not answer: the words are %v", err)
		}
		for _, bad := range []rest.Retry{{Attempts: -1}, {Backoff: -1}, {MaxPause: -1}} {
			if _, err := b.make(rest.WithBaseURL(base), rest.WithToken(token), rest.WithRetry(bad)); err == nil {
				t.Errorf("%+v is taken", bad)
			}
		}
		b.pauses(t, busy)
		b.byProgram(t, fault)
		b.timeouts(t)
	})
}

// pauses says that pauses grow, and that no two clients make the same.
func (b *binding) pauses(t *testing.T, busy answer) {
	var sum time.Duration
	lengths := map[time.Duration]bool{}
	for range 10 {
		begin := time.Now()
		_, _ = b.with(t, []answer{busy, b.right()}, rest.WithRetry(rest.Retry{Backoff: time.Second}))
		took := time.Since(begin)
		lengths[took] = true
		if sum += took; took > time.Second {
			t.Errorf("the first pause took %v, and was bound to a second", took)
		}
	}
	if len(lengths) < 5 || sum < 500*time.Millisecond {
		t.Errorf("ten pauses had %d lengths, %v in all", len(lengths), sum)
	}
}

// byProgram says that a call may be called idempotent, or not.
func (b *binding) byProgram(t *testing.T, fault answer) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	for _, yes := range []bool{true, false} {
		w := b.newWire(fault, b.right())
		err := b.callWith(t, b.client(t, w, options...), request, rest.CallIdempotent(yes))
		if (err == nil) != yes || (len(w.sent) == 2) != yes {
			t.Errorf("a fault, idempotent by hand %v: %d requests, error %v", yes, len(w.sent), err)
		}
	}
}

// hang is a service that does not answer.
type hang struct{}

func (hang) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// timeouts say how long a call, and one attempt of it, may take.
func (b *binding) timeouts(t *testing.T) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	err = b.callWith(t, b.client(t, hang{}, options...), request, rest.CallTimeout(3*time.Second))
	if took := time.Since(begin); took != 3*time.Second || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a call of 3 s took %v: %v", took, err)
	}
	begin = time.Now()
	_, err = b.call(t.Context(), b.client(t, hang{}, append(options, rest.WithTimeout(2*time.Second), rest.WithRetry(rest.Retry{Attempts: 1}))...), request)
	if took := time.Since(begin); took != 2*time.Second || !errors.Is(err, rest.ErrNoAnswer) {
		t.Errorf("an attempt of 2 s took %v: %v", took, err)
	}
}

// commas puts a comma into an item of a list that travels with commas between its items: it would arrive as two.
func (b *binding) commas(t *testing.T) {
	for _, p := range b.places() {
		index, ok := b.fields[p.key]
		if !p.list() || !ok {
			continue
		}
		request, options, err := b.build(b.example())
		if err != nil {
			t.Fatal(err)
		}
		field := request.FieldByIndex(index)
		field.Set(reflect.Append(field, reflect.ValueOf("a,b").Convert(field.Type().Elem())))
		w := b.newWire(b.right())
		_, err = b.call(t.Context(), b.client(t, w, options...), request)
		if len(w.sent) > 0 || !errors.Is(err, rest.ErrInvalidRequest) || !strings.Contains(err.Error(), p.name) {
			t.Errorf("%s with a comma inside an item: %d requests, error %v", p.key, len(w.sent), err)
		}
	}
}
