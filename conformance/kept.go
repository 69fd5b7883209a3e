package conformance

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// kept says that an error has all that a refusal said beside its words.
func (b *binding) kept(t *testing.T) {
	said := answer{
		status: 400,
		body:   `{"message":"first words","error":"Bad Request","traceId":"t-1","statusCode":400}`,
		header: http.Header{
			"X-Extra": {"e-1"}, "Retry-After": {"7"}, "X-Ratelimit-Remaining": {"41"}, "X-Ratelimit-Max": {"100"},
			"X-Ratelimit-Interval-Milliseconds": {"10000"}, "X-Ratelimit-Daily-Remaining": {"1234"}, "X-Ratelimit-Limit-Daily": {"200000"},
		},
	}
	_, _, err := b.ask(t, said)
	var e *rest.Error
	if !errors.As(err, &e) {
		t.Errorf("a refusal: the error is no *rest.Error: %v", err)
		return
	}
	if e.TraceID != "t-1" || e.Code != "Bad Request" || e.Attempts != 1 || e.Truncated {
		t.Errorf("a refusal: trace id %q, code %q, %d attempts, truncated %v", e.TraceID, e.Code, e.Attempts, e.Truncated)
	}
	if string(e.Body) != said.body || e.Header.Get("X-Extra") != "e-1" {
		t.Errorf("a refusal: body %q, header %v", e.Body, e.Header)
	}
	want := rest.Rate{Limit: 100, Remaining: 41, HasRemaining: true, Interval: 10 * time.Second, DailyLimit: 200000, DailyRemaining: 1234, HasDaily: true}
	if e.Rate != want || e.RetryAfter != 7*time.Second {
		t.Errorf("a refusal: rate %+v, retry after %v", e.Rate, e.RetryAfter)
	}
	for _, text := range []string{"400", "first words", "t-1"} {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("a refusal: the words %q lack %q", err, text)
		}
	}
	for body, code := range map[string]string{
		`{"error":{"code":"c-1","message":"first words"}}`: "c-1", `{"code":"c-2","message":"x"}`: "c-2", `{"code":7,"message":"x"}`: "7",
	} {
		_, _, err := b.ask(t, answer{status: 422, body: body})
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("a refusal of %s: code %q", body, e.Code)
		}
	}
	_, _, err = b.ask(t, answer{status: 500, body: "Oops", kind: "text/plain", header: http.Header{"X-Trace-Id": {"t-2"}}})
	if !errors.As(err, &e) || e.TraceID != "t-2" {
		t.Errorf("a trace id in the header is lost: %v", err)
	}
}
