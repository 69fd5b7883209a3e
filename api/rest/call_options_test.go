package rest

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestCallHeaderIsCheckedLikeTheOthers(t *testing.T) {
	leak.Check(t)
	c, seen := record(t)
	for _, opt := range []CallOption{CallHeader("Authorization", "x"), CallHeader("X", "a\nb"), CallTimeout(-1), CallResponse(nil)} {
		r := NewRequest(opGet)
		if err := Send(t.Context(), c, r, opt); !errors.Is(err, ErrInvalidRequest) || len(*seen) != 0 {
			t.Errorf("error is %v, %d sent", err, len(*seen))
		}
	}
	if err := Send(t.Context(), c, NewRequest(opGet), CallHeader("user-agent", "mine"), nil); err != nil {
		t.Fatal(err)
	}
	if got := (*seen)[0].Header; got.Get("User-Agent") != "mine" || got.Get("Authorization") != "Bearer "+faultToken {
		t.Errorf("headers are %v", got.Get("User-Agent"))
	}
}

func TestResponseIsHandedOutOnRequest(t *testing.T) {
	leak.Check(t)
	c, _ := record(t)
	var r Response
	if err := Send(t.Context(), c, NewRequest(opGet), CallResponse(&r)); err != nil || r.Status != 200 || r.Attempts != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	f := serveFaults(t, false, says(404, ``, "X-Here: yes"))
	if err := Send(t.Context(), faultClient(t, "http://"+f.addr, Retry{}), NewRequest(opGet), CallResponse(&r)); err == nil || r.Status != 404 || r.Header.Get("X-Here") != "yes" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestCallTimeoutBoundsAllAttempts(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		c, err := New(WithBaseURL("https://service.test"), WithBudget(nil), WithRetry(Retry{Attempts: 100}),
			WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
				return answerWith(r, 500, "", "", nil), nil
			})}))
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		err = Send(t.Context(), c, NewRequest(opGet), CallTimeout(3*time.Second))
		if !errors.Is(err, ErrServer) || time.Since(begin) > 3*time.Second {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
	})
}

func TestIdempotencyCanBeOverridden(t *testing.T) {
	leak.Check(t)
	for yes, want := range map[bool]int64{true: 3, false: 1} {
		f := serveFaults(t, false, says(500, ``))
		c := faultClient(t, "http://"+f.addr, Retry{Attempts: 3, Backoff: 1})
		for _, op := range []*Operation{opGet, opPost} {
			f.hits.Store(0)
			if err := Send(t.Context(), c, NewRequest(op), CallIdempotent(yes)); err == nil || f.hits.Load() != want {
				t.Errorf("%s, %v: %d hits", op.Method, yes, f.hits.Load())
			}
		}
	}
}
