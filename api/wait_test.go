package api_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func sandboxClient(t *testing.T, s *sandbox.Sandbox, opts ...api.Option) *api.Client {
	t.Helper()
	c, err := s.Client(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var toLocation = api.LatestPushRequest{SnapshotID: sandbox.Snapshot1, LocationID: "loc"}

func TestWaitForPushGoesFromUnknownToCompleted(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New(sandbox.WithAssets("a", "b"))
		time.AfterFunc(4*time.Second, func() { s.Push(sandbox.Snapshot1, "loc") })
		var seen []string
		begin := time.Now()
		got, err := sandboxClient(t, s).WaitForPush(t.Context(), toLocation, api.Wait{Progress: func(p *api.PushStatus) {
			if p == nil {
				seen = append(seen, "nothing")
				return
			}
			seen = append(seen, p.Status)
		}})
		if err != nil || got.Status != sandbox.Completed || got.Completed.Len() != 2 {
			t.Fatalf("%+v, %v", got, err)
		}
		if text := strings.Join(seen, " "); text != "nothing nothing processing processing completed" {
			t.Errorf("seen %s", text)
		}
		if took := time.Since(begin); took != 2*time.Second+3*time.Second+4500*time.Millisecond+6750*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestWaitForPushEndsWithTheContextAndSaysWhatItSaw(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		s.Push(sandbox.Snapshot1, "loc")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		begin := time.Now()
		_, err := sandboxClient(t, s).WaitForPush(ctx, toLocation, api.Wait{Done: func(api.PushStatus) bool { return false }})
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), `last status "completed"`) {
			t.Errorf("error is %v", err)
		}
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("took %v", took)
		}
	})
}

func TestWaitForPushEndsWithAnErrorThatIsNoNotYet(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New()
		refusals := []struct {
			status int
			text   string
			is     error
		}{
			{401, "The token is not authorized for this scope.", api.ErrMissingScope},
			{404, "Cannot GET /snapshots/snapshot-status", api.ErrNoRoute},
			{400, "companyId is invalid", api.ErrInvalid},
			{403, "error code: 1010", api.ErrBlocked},
		}
		for _, c := range refusals {
			s.FailNext(&api.OperationLatestPush, c.status, c.text)
			if _, err := sandboxClient(t, s).WaitForPush(t.Context(), toLocation, api.Wait{}); !errors.Is(err, c.is) {
				t.Errorf("%q: %v", c.text, err)
			}
		}
		if n := len(s.Requests()); n != len(refusals) {
			t.Errorf("%d requests", n)
		}
	})
}

// pushService answers each look in turn; the last answer is repeated.
type pushService struct {
	answers []func(*http.Request) (*http.Response, error)
	looks   int
}

func (p *pushService) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := p.answers[min(p.looks, len(p.answers)-1)]
	p.looks++
	return answer(r)
}

func answer(status int, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

func withStatus(status string) func(*http.Request) (*http.Response, error) {
	return answer(200, fmt.Sprintf(`{"data":{"id":"p","locationId":"l","status":%q,"pending":["forms"]}}`, status))
}

func repeated[T any](n int, v T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = v
	}
	return all
}

// waitFor waits by the clock of a bubble, on a service that answers as it is told.
func waitFor(t *testing.T, wait api.Wait, answers ...func(*http.Request) (*http.Response, error)) (status *api.PushStatus, looks int, took time.Duration, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		service := &pushService{answers: answers}
		c, e := api.New(api.WithToken("x"), api.WithCompany("y"), api.WithHTTPClient(&http.Client{Transport: service}), api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}))
		if e != nil {
			t.Fatal(e)
		}
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		status, err = c.WaitForPush(ctx, toLocation, wait)
		looks, took = service.looks, time.Since(begin)
	})
	return status, looks, took, err
}

func TestWaitForPushEndsOnWordsOfFailure(t *testing.T) {
	leak.Check(t)
	for _, word := range []string{"failed", "Failed", "FAILURE", "error", "import_error", "partially-failed", "importFailed", "completed with errors", "Cancelled", "canceled", "aborted", "rejected", "timed_out"} {
		_, looks, _, err := waitFor(t, api.Wait{}, withStatus("processing"), withStatus(word))
		var ended *api.WaitError
		if !errors.Is(err, api.ErrPushFailed) || !errors.As(err, &ended) || ended.Status.Status != word || ended.Looks != 2 || looks != 2 || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %d looks, %v", word, looks, err)
		}
	}
	for _, word := range []string{"processing", "queued", "", "pending", "importing", "errorless", "unfailing", "done, no errors", "finishedWithoutErrors"} {
		status, _, _, err := waitFor(t, api.Wait{}, withStatus(word), withStatus(" Completed "))
		if err != nil || status == nil {
			t.Errorf("%s: %v", word, err)
		}
	}
}

func TestWaitForPushHasABoundOfItsOwn(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		answer func(*http.Request) (*http.Response, error)
		seen   string
	}{
		"never done":      {withStatus("processing"), "processing"},
		"a mistyped id":   {answer(404, `{"message":"Snapshot push not found"}`), ""},
		"another wording": {answer(400, `{"message":"Snapshot not found"}`), ""},
		"down for good":   {answer(503, ``), ""},
	} {
		_, looks, took, err := waitFor(t, api.Wait{}, c.answer)
		var ended *api.WaitError
		if !errors.Is(err, api.ErrPushTimedOut) || !errors.As(err, &ended) || took != time.Hour || looks > 130 {
			t.Errorf("%s: %d looks in %v, %v", name, looks, took, err)
			continue
		}
		if seen := ended.Status; (seen == nil) != (c.seen == "") || seen != nil && seen.Status != c.seen {
			t.Errorf("%s: last status %v", name, seen)
		}
	}
	if _, _, took, err := waitFor(t, api.Wait{Limit: time.Minute}, withStatus("processing")); !errors.Is(err, api.ErrPushTimedOut) || took != time.Minute {
		t.Errorf("a minute: %v, %v", took, err)
	}
	if _, _, took, err := waitFor(t, api.Wait{Limit: -1}, withStatus("processing")); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, api.ErrPushTimedOut) || took != 24*time.Hour {
		t.Errorf("no bound: %v, %v", took, err)
	}
}

func TestWaitForPushLivesThroughPassingFaults(t *testing.T) {
	leak.Check(t)
	lost := func(*http.Request) (*http.Response, error) { return nil, errors.New("connection reset by peer") }
	for name, fault := range map[string]func(*http.Request) (*http.Response, error){
		"503": answer(503, `down`), "502": answer(502, `<html>bad gateway</html>`), "408": answer(408, ``), "429": answer(429, ``),
		"no answer": lost, "a page in place of an answer": answer(200, `<html>login</html>`), "not registered yet": answer(400, `{"message":"Snapshot not found"}`),
	} {
		status, looks, _, err := waitFor(t, api.Wait{}, append(append(repeated(20, fault), withStatus("processing")), withStatus("completed"))...)
		if err != nil || status.Status != "completed" || looks != 22 {
			t.Errorf("%s: %d looks, %v", name, looks, err)
		}
	}
	_, looks, _, err := waitFor(t, api.Wait{}, withStatus("processing"), func(*http.Request) (*http.Response, error) {
		return nil, &tls.CertificateVerificationError{Err: errors.New("unknown authority")}
	})
	var ended *api.WaitError
	if looks != 2 || !errors.As(err, &ended) || ended.Status == nil || !errors.Is(err, api.ErrNoAnswer) {
		t.Errorf("an untrusted certificate: %d looks, %v", looks, err)
	}
}

func TestWaitForPushAsksItsOwnFailed(t *testing.T) {
	leak.Check(t)
	broken := func(s api.PushStatus) bool { return s.Status == "kaputt" || api.PushFailed(s) }
	for _, word := range []string{"kaputt", "failed"} {
		if _, looks, _, err := waitFor(t, api.Wait{Failed: broken}, withStatus(word)); !errors.Is(err, api.ErrPushFailed) || looks != 1 {
			t.Errorf("%s: %v", word, err)
		}
	}
	good := func(s api.PushStatus) bool { return s.Status == "failed over" }
	if status, _, _, err := waitFor(t, api.Wait{Done: good}, withStatus("failed over")); err != nil || status == nil {
		t.Errorf("Done is asked first: %v", err)
	}
}

// mayPassError is the error of a token source whose endpoint a gateway stands in front of.
type mayPassError struct{ passes bool }

func (e mayPassError) Error() string {
	return "refresh token: 403 Forbidden: pit-12345678-1234-1234-1234-123456789012"
}                                      // which is redacted
func (e mayPassError) Temporary() bool { return e.passes }

func TestWaitForPushLivesThroughFaultsOfTheTokenEndpoint(t *testing.T) {
	leak.Check(t)
	for passes, looks := range map[bool]int{true: 7, false: 3} {
		synctest.Test(t, func(t *testing.T) {
			service := &pushService{answers: []func(*http.Request) (*http.Response, error){withStatus("processing"), withStatus("processing"), withStatus("completed")}}
			asked := 0
			source := api.TokenFunc(func(context.Context) (string, error) {
				if asked++; asked > 2 && asked < 7 {
					return "", fmt.Errorf("token: %w", mayPassError{passes})
				}
				return "token", nil
			})
			c, err := api.New(api.WithTokenSource(source), api.WithCompany("y"), api.WithHTTPClient(&http.Client{Transport: service}), api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}))
			if err != nil {
				t.Fatal(err)
			}
			status, err := c.WaitForPush(t.Context(), toLocation, api.Wait{})
			if passes && (err != nil || status.Status != "completed") || !passes && !errors.Is(err, api.ErrTokenSource) || asked != looks || err != nil && strings.Contains(err.Error(), "pit-1") {
				t.Errorf("may pass %v: asked %d times, %+v, %v", passes, asked, status, err)
			}
		})
	}
}
