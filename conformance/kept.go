package conformance

import (
	"errors"
	"net/http"
	"slices"
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

// words says that a refusal is understood wherever the service puts its words.
func (b *binding) words(t *testing.T) {
	for _, c := range []struct {
		body, kind  string
		messages    []string
		code, trace string
	}{
		{body: `{"messages":["a","b"],"traceID":"t"}`, messages: []string{"a", "b"}, trace: "t"},
		{body: `{"msg":"a","trace_id":"t","errorCode":"c"}`, messages: []string{"a"}, trace: "t", code: "c"},
		{body: `{"error":"invalid_grant","error_description":"a","requestId":"t"}`, messages: []string{"a"}, trace: "t", code: "invalid_grant"},
		{body: `{"errors":[{"message":"a","field":"f"},{"message":"b"}]}`, messages: []string{"a", "b"}},
		{body: `{"detail":"a"}`, messages: []string{"a"}},
		{body: `{"message":{"field":"f"}}`, messages: []string{`{"field":"f"}`}},
		{body: `{"message":["a","a",null,"",{}]}`, messages: []string{"a"}},
		{body: `{"error":{"code":"c","message":"a","details":["d"],"resolution":"r","traceId":"t"}}`, messages: []string{"a", "d", "r"}, code: "c", trace: "t"},
		{body: `{"error":"a"}`, messages: []string{"a"}, code: "a"},
		{body: `["a","b"]`, messages: []string{"a", "b"}},
		{body: `"a"`, messages: []string{"a"}},
		{body: "  a\r\n\tb\x00 ", kind: "text/plain", messages: []string{"a b"}},
		{body: "<!doctype html><title>Error</title><h1></h1><pre>Cannot GET &lt;x&gt;</pre>", kind: "text/html", messages: []string{"Cannot GET <x>"}},
		{body: "<html><h1>Bad <b>Gateway</b></h1>", kind: "text/html", messages: []string{"Bad Gateway"}},
		{body: "<html><p>x</p>", kind: "text/html"},
		{body: ``},
	} {
		_, _, err := b.ask(t, answer{status: 409, body: c.body, kind: c.kind})
		var e *rest.Error
		if !errors.As(err, &e) {
			t.Errorf("a refusal of %s: %v", c.body, err)
		} else if !slices.Equal(e.Messages, c.messages) || e.Code != c.code || e.TraceID != c.trace {
			t.Errorf("a refusal of %s: messages %q, code %q, trace id %q; want %q, %q, %q", c.body, e.Messages, e.Code, e.TraceID, c.messages, c.code, c.trace)
		}
	}
	spent := answer{status: 429, body: `{}`, header: http.Header{"X-Ratelimit-Daily-Remaining": {"0"}, "X-Ratelimit-Daily-Reset": {"90000"}}}
	_, _, err := b.ask(t, spent)
	if e := (*rest.Error)(nil); !errors.As(err, &e) || e.RetryAfter != 90*time.Second {
		t.Errorf("a day that is spent: error %v does not say when the next begins", err)
	}
	for _, c := range []struct {
		wait time.Duration
		h    http.Header
	}{
		{90 * time.Second, http.Header{"Retry-After": {"Mon, 01 Jan 2024 00:01:30 GMT"}, "Date": {"Mon, 01 Jan 2024 00:00:00 GMT"}}},
		{1500 * time.Millisecond, http.Header{"Retry-After": {" 1.5 "}}},
		{0, http.Header{"Retry-After": {"Mon, 01 Jan 2024 00:00:00 GMT"}, "Date": {"Mon, 01 Jan 2024 00:01:30 GMT"}}},
		// Beyond reason it is a long wait all the same.
		{48 * time.Hour, http.Header{"Retry-After": {"1e9"}}},
		{48 * time.Hour, http.Header{"Retry-After": {"Mon, 01 Jan 2924 00:00:00 GMT"}}},
	} {
		_, _, err := b.ask(t, answer{status: 503, body: `{}`, header: c.h})
		if e := (*rest.Error)(nil); !errors.As(err, &e) || e.RetryAfter != c.wait {
			t.Errorf("an answer with %v is to be waited for %v: %+v", c.h, c.wait, err)
		}
	}
	for _, nonsense := range []string{"soon", "-5", "Inf", "NaN", "1e", "Mon, 01 Jan 2924"} {
		_, _, err := b.ask(t, answer{status: 503, body: `{}`, header: http.Header{"Retry-After": {nonsense}}})
		if e := (*rest.Error)(nil); !errors.As(err, &e) || e.RetryAfter != 0 {
			t.Errorf("Retry-After %s is nonsense: %+v", nonsense, err)
		}
	}
	for what, c := range map[string]struct {
		a    answer
		says string
	}{
		"nothing":      {answer{body: ""}, "empty"},
		"null":         {answer{body: "null"}, "null"},
		"a page":       {answer{body: "<html>", kind: "text/html"}, "text/html"},
		"half a value": {answer{body: `{"x":`}, "JSON"},
	} {
		s := b.answerSchema(b.success())
		if s == nil || s.VisitJSON(nil) == nil {
			break
		}
		c.a.status = b.success()
		if _, _, err := b.ask(t, c.a); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("an answer of %s: the words %v do not say %q", what, err, c.says)
		}
	}
}
