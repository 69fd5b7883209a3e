package rest

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// refusedWith returns the error of a call that gets this response.
func refusedWith(t *testing.T, status int, contentType, body string, header http.Header) error {
	t.Helper()
	c, err := New(WithBaseURL("https://service.test"), WithToken(faultToken), WithBudget(nil), WithRetry(Retry{Attempts: 1}),
		WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			return answerWith(r, status, contentType, body, header), nil
		})}))
	if err != nil {
		t.Fatal(err)
	}
	v, err := Do[map[string]any](t.Context(), c, NewRequest(opScoped))
	if err == nil {
		t.Fatalf("no error, but %v", v)
	}
	return err
}

var opScoped = &Operation{ID: "x", Name: "MakeThing", Method: "POST", Path: "/thing", Scopes: []string{"things.write"}}

func answerWith(r *http.Request, status int, contentType, body string, header http.Header) *http.Response {
	h := http.Header{}
	for k, v := range header {
		h[k] = v
	}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	return &http.Response{StatusCode: status, Header: h, ContentLength: int64(len(body)), Request: r,
		Body: readCloser{strings.NewReader(body)}}
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func TestMessagesAreReadFromEveryFormOfBody(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		name, contentType, body string
		messages                []string
		code, trace             string
	}{
		{"message text", "application/json", `{"statusCode":400,"message":"Bad Request"}`, []string{"Bad Request"}, "", ""},
		{"message list", "application/json", `{"statusCode":422,"message":["a is bad","b is bad"],"error":"Unprocessable Entity"}`, []string{"a is bad", "b is bad"}, "Unprocessable Entity", ""},
		{"status, trace", "application/json", `{"status":401,"message":"no","traceId":"t-1"}`, []string{"no"}, "", "t-1"},
		{"error text only", "application/json", `{"error":"nope"}`, []string{"nope"}, "nope", ""},
		{"error object", "application/json", `{"error":{"code":"E7","message":"m","details":"d","resolution":"r"},"traceId":"t"}`, []string{"m", "d", "r"}, "E7", "t"},
		{"error object, details list", "application/json", `{"error":{"code":7,"message":"m","details":[{"field":"x"},"y"]}}`, []string{"m", `{"field":"x"}`, "y"}, "7", ""},
		{"oauth", "application/json", `{"error":"invalid_grant","error_description":"used up"}`, []string{"used up"}, "invalid_grant", ""},
		{"list of objects", "application/json", `{"message":[{"message":"deep"},null,3]}`, []string{"deep", "3"}, "", ""},
		{"nulls", "application/json", `{"message":null,"error":null,"traceId":null}`, nil, "", ""},
		{"JSON text", "application/json", `"only words"`, []string{"only words"}, "", ""},
		{"JSON list", "application/json", `["a","b"]`, []string{"a", "b"}, "", ""},
		{"JSON as text/plain", "text/plain", `{"message":"still read"}`, []string{"still read"}, "", ""},
		{"JSON without type", "", `{"message":"still read"}`, []string{"still read"}, "", ""},
		{"byte order mark", "application/json", "\xef\xbb\xbf" + `{"message":"m"}`, []string{"m"}, "", ""},
		{"several lines and colours", "text/plain", "one\ntwo\x1b[31m \u202ethree", []string{"one two [31m three"}, "", ""},
		{"plain text", "text/plain", "error code: 1010\n", []string{"error code: 1010"}, "", ""},
		{"text called JSON", "application/json", "upstream  went\r\naway", []string{"upstream went away"}, "", ""},
		{"JSON cut", "application/json", `{"message":"cu`, []string{`{"message":"cu`}, "", ""},
		{"HTML", "text/html", "<!DOCTYPE html><html><head><title>503 Service &amp; more</title></head><body><p>x</p></body></html>", []string{"503 Service & more"}, "", ""},
		{"HTML of a router", "text/html", "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot GET /x</pre></body></html>", []string{"Cannot GET /x"}, "", ""},
		{"HTML called JSON", "application/json", "<html><body><h1>Bad <b>Gateway</b></h1></body></html>", []string{"Bad Gateway"}, "", ""},
		{"HTML without words", "text/html", "<html></html>", nil, "", ""},
		{"empty", "application/json", "", nil, "", ""},
		{"blank", "", " \n", nil, "", ""},
		{"binary", "", "\xff\xfe\x00", []string{"\ufffd"}, "", ""},
		{"messages, traceID", "", `{"messages":["a","b"],"traceID":"t"}`, []string{"a", "b"}, "", "t"},
		{"msg, trace_id, errorCode", "", `{"msg":"a","trace_id":"t","errorCode":"c"}`, []string{"a"}, "c", "t"},
		{"requestId", "", `{"error":"invalid_grant","error_description":"a","requestId":"t"}`, []string{"a"}, "invalid_grant", "t"},
		{"errors", "", `{"errors":[{"message":"a","field":"f"},{"message":"b"}]}`, []string{"a", "b"}, "", ""},
		{"detail", "", `{"detail":"a"}`, []string{"a"}, "", ""},
		{"message object", "", `{"message":{"field":"f"}}`, []string{`{"field":"f"}`}, "", ""},
		{"message list with duplicates", "", `{"message":["a","a",null,"",{}]}`, []string{"a"}, "", ""},
		{"trace id in the error", "", `{"error":{"code":"c","message":"a","details":["d"],"resolution":"r","traceId":"t"}}`, []string{"a", "d", "r"}, "c", "t"},
		{"code", "", `{"code":"c-2","message":"x"}`, []string{"x"}, "c-2", ""},
		{"code as a number", "", `{"code":7,"message":"x"}`, []string{"x"}, "7", ""},
		{"HTML with an empty heading", "text/html", "<!doctype html><title>Error</title><h1></h1><pre>Cannot GET &lt;x&gt;</pre>", []string{"Cannot GET <x>"}, "", ""},
		{"HTML with a paragraph only", "text/html", "<html><p>x</p>", nil, "", ""},
		{"control characters", "text/plain", "  a\r\n\tb\x00 ", []string{"a b"}, "", ""},
		{"deep", "application/json", strings.Repeat("[", 1000), []string{strings.Repeat("[", 1000)}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var e *Error
			if err := refusedWith(t, 499, c.contentType, c.body, nil); !errors.As(err, &e) {
				t.Fatalf("error is %v", err)
			}
			if !slices.Equal(e.Messages, c.messages) || e.Code != c.code || e.TraceID != c.trace || e.Status != 499 {
				t.Errorf("messages %q, code %q, trace %q, status %d\nwant %q, %q, %q", e.Messages, e.Code, e.TraceID, e.Status, c.messages, c.code, c.trace)
			}
			if string(e.Body) != c.body {
				t.Errorf("body %q", e.Body)
			}
		})
	}
}

func TestEachTextHasItsSentinelAndAdvice(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		status int
		text   string
		is     error
		advice string
	}{
		{401, "Invalid JWT", ErrInvalidJWT, "as the token"},
		{401, "Invalid token: access token is invalid", ErrInvalidAccessToken, "refresh it"},
		{401, "Invalid Private Integration token", ErrInvalidPrivateToken, "copied whole"},
		{401, "The token is not authorized for this scope.", ErrMissingScope, "needed: things.write"},
		{401, "version header was not found.", ErrVersionMissing, "sends this header itself"},
		{401, "version header is invalid", ErrVersionUnknown, "does not know the version"},
		{401, "This location is not accessible from this token!", ErrLocationAccess, "token of the agency"},
		{401, "This token's user type is not yet supported!", ErrTokenType, "an agency's"},
		{403, "The token does not have access to this location.", ErrLocationAccess, "token of the agency"},
		{403, "error code: 1010", ErrBlocked, "User-Agent"},
		{400, "Operation not available in API version v3 of this", ErrBadVersion, "version"},
		{400, "Snapshot not found", ErrNotFound, ""},
		{404, "Cannot GET /snapshots/x", ErrNoRoute, "base URL"},
		{401, "something never seen", ErrUnauthorized, ""},
	} {
		err := refusedWith(t, c.status, "application/json", fmt.Sprintf(`{"message":%q}`, c.text), nil)
		if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.advice) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%d %q: %v; want %v, with the advice %q", c.status, c.text, err, c.is, c.advice)
		}
		if errors.Is(err, ErrUnauthorized) != (c.status == 401) {
			t.Errorf("%d %q: ErrUnauthorized is wrong", c.status, c.text)
		}
		if renewable := errors.Is(err, ErrInvalidToken); renewable != (c.is == ErrInvalidJWT || c.is == ErrInvalidAccessToken || c.is == ErrInvalidPrivateToken) {
			t.Errorf("%d %q: ErrInvalidToken is %v, so a refresh would be tried in vain or left out", c.status, c.text, renewable)
		}
	}
}

func TestErrorKeepsWhatTheHeadersSay(t *testing.T) {
	leak.Check(t)
	err := refusedWith(t, 429, "application/json", `{}`, http.Header{
		"Retry-After": {"7"}, "X-Ratelimit-Max": {"100"}, "X-Ratelimit-Remaining": {"0"},
		"X-Ratelimit-Interval-Milliseconds": {"10000"}, "X-Ratelimit-Limit-Daily": {"200000"},
		"X-Ratelimit-Daily-Remaining": {"5"}, "X-Ratelimit-Daily-Reset": {"60000"},
	})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	want := Rate{Limit: 100, HasRemaining: true, Interval: 10 * time.Second, DailyLimit: 200000, DailyRemaining: 5, HasDaily: true, DailyReset: time.Minute}
	if e.Rate != want || e.RetryAfter != 7*time.Second {
		t.Errorf("rate %+v, retry after %v", e.Rate, e.RetryAfter)
	}
	if got, want := err.Error(), "make thing: 429 Too Many Requests (try again in 7s)"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
	err = refusedWith(t, 500, "text/plain", "Oops", http.Header{"X-Trace-Id": {"t-2"}, "X-Extra": {"e-1"}})
	if !errors.As(err, &e) || e.TraceID != "t-2" || e.Header.Get("X-Extra") != "e-1" || e.Attempts != 1 || e.Truncated || !strings.Contains(err.Error(), "t-2") {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestErrorKeepsTheBodyUpToItsCap(t *testing.T) {
	leak.Check(t)
	body := strings.Repeat("x", maxKept+1)
	var e *Error
	if err := refusedWith(t, 500, "text/plain", body, nil); !errors.As(err, &e) || len(e.Body) != maxKept || !e.Truncated {
		t.Fatalf("%d bytes, truncated %v", len(e.Body), e.Truncated)
	}
	if len(e.Error()) > maxSaid+200 {
		t.Errorf("error prints %d bytes", len(e.Error()))
	}
}

// The service repeats the token wherever it can.
func TestTokenIsNeverPrinted(t *testing.T) {
	leak.Check(t)
	other := "pit-01234567-89ab-4def-8123-456789abcdef"
	said := faultToken + " and Bearer " + faultToken + " and " + other
	for name, err := range map[string]error{
		"refusal":     refusedWith(t, 401, "application/json", fmt.Sprintf(`{"message":%q,"traceId":%q,"error":%q}`, said, said, said), http.Header{"X-Echo": {said}}),
		"undecodable": refusedWith(t, 200, "application/json", said, http.Header{"X-Echo": {said}}),
	} {
		var e *Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "err", err)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "err", err)
		printed := fmt.Sprintf("%v %+v %#v %s %q %d", err, err, err, err, err, err) + log.String() +
			string(e.Body) + fmt.Sprint(e.Header, e.Messages, e.Code, e.TraceID) + fmt.Sprintf("%+v", struct{ E error }{err})
		if strings.Contains(printed, faultToken) || strings.Contains(printed, other) {
			t.Errorf("%s: the token is in %s", name, printed)
		}
		if !strings.Contains(log.String(), "status=") {
			t.Errorf("%s: log has no status: %s", name, log.String())
		}
	}
}

func TestClientAndTokenPrintNoToken(t *testing.T) {
	leak.Check(t)
	c, err := New(WithBaseURL("https://service.test"), WithToken(faultToken), WithKey("key", faultToken), WithBasicAuth("basic", "user", faultToken))
	if err != nil {
		t.Fatal(err)
	}
	type holder struct{ c *Client }
	tok := Token{Value: faultToken}
	printed := fmt.Sprintf("%v %+v %#v %v %+v %#v %+v %#v %v %+v %#v %s %+v", c, c, c, *c, *c, *c, holder{c}, holder{c}, tok, tok, tok, tok, c.conf)
	if strings.Contains(printed, faultToken) || strings.Contains(printed, base64.StdEncoding.EncodeToString([]byte("user:"+faultToken))) {
		t.Errorf("the token is in %s", printed)
	}
}

func TestTransportErrorPrintsNoToken(t *testing.T) {
	leak.Check(t)
	c, err := New(WithBaseURL("https://service.test"), WithToken(faultToken), WithBudget(nil), WithRetry(Retry{Attempts: 1}),
		WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("proxy says: %v: %w", r.Header, http.ErrServerClosed)
		})}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Do[struct{}](t.Context(), c, NewRequest(opPost))
	if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), faultToken) || !errors.Is(err, http.ErrServerClosed) || !errors.Is(err, ErrNoAnswer) {
		t.Errorf("error is %v", err)
	}
}

func FuzzReadRefusal(f *testing.F) {
	for _, s := range []string{``, `{}`, `{"message":["a",{"b":1}],"error":{"error":{"message":1}}}`, `<html><title>x`, `"\ud800"`, "[[[", "\xff", `{"error":{"code":1e999}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := readRefusal(body)
		for _, m := range r.messages {
			if m == "" {
				t.Errorf("an empty message from %q", body)
			}
		}
		classify(401, r.messages, Rate{})
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "1", "-1", "1e9", "NaN", "Inf", "0.5", "Wed, 21 Oct 2015 07:28:00 GMT", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		wait, ok := RetryAfter(http.Header{"Retry-After": {s}}, time.Unix(1e9, 0))
		if wait < 0 || wait > maxReset || !ok && wait != 0 {
			t.Errorf("%q: %v, %v", s, wait, ok)
		}
	})
}

func FuzzParseRate(f *testing.F) {
	f.Add("100", "10000", "0")
	f.Add("-1", "x", "99999999999999999999")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		r := ParseRate(http.Header{headerLimit: {a}, headerRemaining: {c}, headerInterval: {b}, headerDailyRemaining: {a}, headerDailyReset: {b}, headerDailyLimit: {c}})
		if r.Limit < 0 || r.Limit > maxCount || r.Remaining < 0 || r.Interval < 0 || r.Interval > maxInterval || r.DailyReset < 0 || r.DailyReset > maxReset {
			t.Errorf("%+v", r)
		}
	})
}

func TestRetryAfterDateIsComparedWithTheAnswersOwnClock(t *testing.T) {
	leak.Check(t)
	wait, ok := RetryAfter(http.Header{
		"Retry-After": {"Wed, 21 Oct 2015 07:28:30 GMT"}, "Date": {"Wed, 21 Oct 2015 07:28:00 GMT"},
	}, time.Now())
	if !ok || wait != 30*time.Second {
		t.Errorf("%v, %v", wait, ok)
	}
}

// A message of the service becomes one line of a log, whatever it contains; the fields store it unchanged.
func TestAMessageForgesNoLineOfALog(t *testing.T) {
	leak.Check(t)
	const body = `{"message":"no\n2026-01-01 INFO all is well\u001b[2J\u202e","code":"E\r\n1","traceId":"t\n2"}`
	err := refusedWith(t, 400, "application/json", body, nil)
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Error("call", "error", err)
	for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), strings.TrimSuffix(log.String(), "\n")} {
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }) || strings.Contains(text, `\n`) {
			t.Errorf("%q", text)
		}
	}
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Messages[0], "\n") || e.TraceID != "t\n2" {
		t.Errorf("%q", e.Messages)
	}
}

func TestABodyInUTF16IsRead(t *testing.T) {
	leak.Check(t)
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		body := string(order.AppendUint16(nil, 0xfeff))
		for _, unit := range utf16.Encode([]rune("{\"message\":\"s\u00fc\U0001f600\", \"repeated\":\"" + faultToken + "\"}")) {
			body += string(order.AppendUint16(nil, unit))
		}
		var e *Error
		if err := refusedWith(t, 400, "application/json", body, nil); !errors.As(err, &e) || !slices.Equal(e.Messages, []string{"s\u00fc\U0001f600"}) {
			t.Errorf("%v", err)
		}
		if strings.Contains(string(e.Body), faultToken) || strings.Contains(strings.ReplaceAll(string(e.Body), "\x00", ""), faultToken) {
			t.Errorf("the body holds the token: %q", e.Body)
		}
	}
}

// Searching a whole large response for tokens takes seconds of processor time.
func TestAnErrorLooksOnlyAtTheBeginningOfALargeAnswer(t *testing.T) {
	leak.Check(t)
	k := &call{req: NewRequest(opGet), token: Token{Value: "secretTOKEN/qrs+tu"}}
	for _, text := range []string{"eyJ bearer pit- ", `\u0073&amp;%73 `} {
		body := bytes.Repeat([]byte(text), defaultMaxBody/len(text))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		e := unreadable(k, &answer{status: 200, body: body}, ErrUndecodable)
		runtime.ReadMemStats(&after)
		if len(e.Body) != maxKept || !e.Truncated {
			t.Errorf("kept %d bytes, truncated %v", len(e.Body), e.Truncated)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
			t.Errorf("the error took %d bytes of memory for an answer of %d with %q", used, len(body), text)
		}
	}
}

func TestTokenThatIsCutOffIsRedacted(t *testing.T) {
	leak.Check(t)
	const token = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, spelled := range []string{token, strings.ReplaceAll(token, "a", `\u0061`)} {
		for _, shift := range []int{0, 3, 20, 45} {
			k := &call{req: NewRequest(opGet), token: Token{Value: token}}
			body := []byte(strings.Repeat(".", shift) + strings.Repeat(spelled, 2*maxRefusal/len(spelled)))
			e := newError(k, &answer{status: 400, body: body[:maxRefusal], more: true})
			if kept := string(e.Body); strings.Contains(kept, token[:8]) {
				t.Fatalf("shifted by %d: the end is %q", shift, kept[len(kept)-100:])
			}
		}
	}
}

// A token can be a word that the service uses itself.
func TestShortTokenDoesNotHideTheKindOfAnError(t *testing.T) {
	leak.Check(t)
	for _, token := range []string{"token", "Invalid", "invalid", "JWT", "scope", "access", "version", "not"} {
		for text, is := range map[string]error{
			"Invalid JWT": ErrInvalidJWT, "Invalid token: access token is invalid": ErrInvalidAccessToken,
			"The token is not authorized for this scope.": ErrMissingScope, "version header is invalid": ErrVersionUnknown,
			"Invalid Private Integration token": ErrInvalidPrivateToken,
		} {
			s := &scripted{replies: []reply{{status: 401, body: `{"message":"` + text + `"}`}}}
			err := Send(t.Context(), s.client(t, WithToken(token)), NewRequest(opGet))
			var e *Error
			if shown := strings.ReplaceAll(fmt.Sprint(err), "[token]", ""); !errors.Is(err, is) || !errors.As(err, &e) || strings.Contains(shown[:strings.Index(shown, "(")], token) {
				t.Errorf("token %q: %q is %v", token, text, err)
			}
		}
	}
}
