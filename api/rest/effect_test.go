package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// makeThing changes something, so that repeating it matters.
var makeThing = &Operation{ID: "m", Name: "MakeThing", Method: "POST", Path: "/things", Scopes: []string{"things.write"}}

type thing struct {
	ID string `json:"id"`
}

// budgetFunc is a budget that refuses.
type budgetFunc func(ctx context.Context) error

func (f budgetFunc) Take(ctx context.Context, _ string) (func(Outcome), error) { return nil, f(ctx) }

func TestEffectOfACallAtEveryStage(t *testing.T) {
	leak.Check(t)
	request := func() *Request {
		r := NewRequest(makeThing)
		r.SetJSON(thing{"x"})
		return r
	}
	answering := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status); _, _ = io.WriteString(w, body) }
	}
	hijack := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, text)
				_ = conn.Close()
			}
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	release := make(chan struct{})
	defer close(release)
	blocked := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		<-release // like a host that does not respond
		return nil, errors.New("released")
	}}}
	away := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	}}}
	tokenEndpointDown := TokenFunc(func(context.Context) (string, error) {
		return "", fmt.Errorf("refresh: %w", &Error{Status: 503})
	})
	for name, c := range map[string]struct {
		want    Effect
		handler http.HandlerFunc // nil: nothing must be sent
		opts    []Option
		ctx     context.Context
		request func() *Request
		call    []CallOption
	}{
		"no request": {want: EffectNone, request: func() *Request { return nil }},
		"invalid request": {want: EffectNone, request: func() *Request {
			r := request()
			var p Problems
			p.Required(false, "A", "query", "a")
			r.AddError(p.Err())
			return r
		}},
		"misused request": {want: EffectNone, request: func() *Request { r := request(); r.SetHeader("Host", "x"); return r }},
		"body cannot be opened": {want: EffectNone, request: func() *Request {
			r := request()
			r.SetBody("text/plain", func() (io.Reader, error) { return nil, io.ErrUnexpectedEOF })
			return r
		}},
		"bad option":                     {want: EffectNone, call: []CallOption{CallTimeout(-1)}},
		"context ended before":           {want: EffectNone, ctx: ended},
		"token source fails":             {want: EffectNone, opts: []Option{WithTokenSource(tokenEndpointDown)}},
		"token lacks the scope":          {want: EffectNone, opts: []Option{WithTokenSource(&sourceOf{Token{Value: "x", Scopes: []string{"y"}}})}},
		"requests of the day spent":      {want: EffectNone, opts: []Option{WithBudget(budgetFunc(func(context.Context) error { return &DailyLimitError{} }))}},
		"a long pause":                   {want: EffectNone, opts: []Option{WithBudget(budgetFunc(func(context.Context) error { return &PausedError{} }))}},
		"ended while waiting in line":    {want: EffectNone, opts: []Option{WithBudget(budgetFunc(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }))}, call: []CallOption{CallTimeout(time.Millisecond)}},
		"connection refused":             {want: EffectNone, opts: []Option{WithHTTPClient(away)}},
		"timed out while connecting":     {want: EffectNone, opts: []Option{WithHTTPClient(blocked), WithTimeout(10 * time.Millisecond)}},
		"call ended while connecting":    {want: EffectNone, opts: []Option{WithHTTPClient(blocked)}, call: []CallOption{CallTimeout(10 * time.Millisecond)}},
		"timed out after sending":        {want: EffectUnknown, handler: func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }, opts: []Option{WithTimeout(50 * time.Millisecond)}},
		"call ended after sending":       {want: EffectUnknown, handler: func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }, call: []CallOption{CallTimeout(50 * time.Millisecond)}},
		"cut off without an answer":      {want: EffectUnknown, handler: hijack("")},
		"cut off in the header":          {want: EffectUnknown, handler: hijack("HTTP/1.1 201 Created\r\nContent-")},
		"an answer that is not HTTP":     {want: EffectUnknown, handler: hijack("hello\r\n\r\n")},
		"cut off in the body":            {want: EffectDone, handler: hijack("HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{\"id\":")},
		"success that is not JSON":       {want: EffectDone, handler: answering(201, "<html>")},
		"success that is empty":          {want: EffectDone, handler: answering(201, "")},
		"success that is too large":      {want: EffectDone, handler: answering(201, `{"id":"`+strings.Repeat("x", 2000)+`"}`), opts: []Option{WithMaxResponse(1000)}},
		"success that is an error":       {want: EffectUnknown, handler: answering(200, `{"statusCode":400,"error":"Bad Request"}`)},
		"400":                            {want: EffectNone, handler: answering(400, `{"message":"no"}`)},
		"400, cut off":                   {want: EffectNone, handler: hijack("HTTP/1.1 400 Bad Request\r\nContent-Length: 20\r\n\r\n{")},
		"401":                            {want: EffectNone, handler: answering(401, `{"message":"Invalid JWT"}`)},
		"403":                            {want: EffectNone, handler: answering(403, `error code: 1010`)},
		"404":                            {want: EffectNone, handler: answering(404, ``)},
		"408":                            {want: EffectUnknown, handler: answering(408, ``)},
		"409":                            {want: EffectNone, handler: answering(409, ``)},
		"422":                            {want: EffectNone, handler: answering(422, ``)},
		"429":                            {want: EffectNone, handler: answering(429, ``)},
		"303":                            {want: EffectUnknown, handler: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Location", "/x"); w.WriteHeader(303) }},
		"307":                            {want: EffectNone, handler: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Location", "/x"); w.WriteHeader(307) }},
		"500":                            {want: EffectUnknown, handler: answering(500, ``)},
		"502":                            {want: EffectUnknown, handler: answering(502, `<html>bad gateway</html>`)},
		"503":                            {want: EffectUnknown, handler: answering(503, ``)},
		"refused after no answer":        {want: EffectUnknown, handler: first(hijack(""), answering(400, `{}`)), opts: []Option{WithRetry(Retry{Attempts: 2, Backoff: time.Nanosecond})}, call: []CallOption{CallIdempotent(true)}},
		"no answer after a lost success": {want: EffectDone, handler: first(hijack("HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{"), hijack("")), opts: []Option{WithRetry(Retry{Attempts: 2, Backoff: time.Nanosecond})}, call: []CallOption{CallIdempotent(true)}},
		"no new token after a 401":       {want: EffectNone, handler: answering(401, `{"message":"Invalid JWT"}`), opts: []Option{WithTokenSource(&once{})}},
	} {
		t.Run(name, func(t *testing.T) {
			sent := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				sent++
				if c.handler != nil {
					c.handler(w, r)
				}
			}))
			defer server.Close()
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client, err := New(append([]Option{WithBaseURL(server.URL), WithToken("t0ken"), WithBudget(nil), WithRetry(Retry{Attempts: 1}),
				WithHTTPClient(&http.Client{Transport: transport})}, c.opts...)...)
			if err != nil {
				t.Fatal(err)
			}
			ctx, make := t.Context(), request
			if c.ctx != nil {
				ctx = c.ctx
			}
			if c.request != nil {
				make = c.request
			}
			_, err = Do[thing](ctx, client, make(), c.call...)
			if err == nil || EffectOf(err) != c.want {
				t.Errorf("%v: %v, want %v", err, EffectOf(err), c.want)
			}
			if wrapped := fmt.Errorf("x: %w", errors.Join(errors.New("y"), err)); EffectOf(wrapped) != c.want {
				t.Errorf("wrapped: %v", EffectOf(wrapped))
			}
			if c.handler == nil && sent != 0 {
				t.Errorf("%d requests were sent", sent)
			}
		})
	}
}

// first responds to the first request in one way and to all others in another.
func first(one, others http.HandlerFunc) http.HandlerFunc {
	served := false
	return func(w http.ResponseWriter, r *http.Request) {
		if !served {
			served = true
			one(w, r)
			return
		}
		others(w, r)
	}
}

// once is a source whose token cannot be refreshed, because its service is down.
type once struct{}

func (*once) Token(_ context.Context, refused string) (Token, error) {
	if refused != "" {
		return Token{}, &Error{Status: 503}
	}
	return Token{Value: "t0ken"}, nil
}

func TestEffectOfErrorsOfOthers(t *testing.T) {
	leak.Check(t)
	none, perhaps := &Error{Status: 400}, &Error{Status: 502}
	for name, c := range map[string]struct {
		err  error
		want Effect
	}{
		"no error":                 {nil, EffectDone},
		"a program's":              {errors.New("x"), EffectUnknown},
		"a context's":              {context.Canceled, EffectUnknown},
		"two calls":                {errors.Join(none, perhaps), EffectUnknown},
		"a sentinel and a refusal": {fmt.Errorf("%w: %w", errors.New("x"), none), EffectNone},
		"wraps nothing":            {fmt.Errorf("x: %w", nil), EffectUnknown},
	} {
		if got := EffectOf(c.err); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if text := fmt.Sprint(EffectNone, EffectUnknown, EffectDone); text != "not done perhaps done done" {
		t.Error(text)
	}
}

// An untrusted certificate ends the handshake, before the request and its token are sent.
func TestEffectOfAnUntrustedCertificateIsNone(t *testing.T) {
	leak.Check(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client, err := New(WithBaseURL(server.URL), WithToken("t0ken"), WithBudget(nil), WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	if err := Send(t.Context(), client, NewRequest(makeThing)); EffectOf(err) != EffectNone {
		t.Errorf("%v: %v", err, EffectOf(err))
	}
}

// Over HTTP/2, too, it matters whether there was a connection.
func TestEffectOfAResetStreamIsUnknown(t *testing.T) {
	leak.Check(t)
	client, hits := serveHTTP2(t, resets(cancelled))
	err := Send(t.Context(), client, NewRequest(opEmptyPost))
	if hits.Load() != 1 || EffectOf(err) != EffectUnknown {
		t.Errorf("%d requests, %v: %v", hits.Load(), err, EffectOf(err))
	}
}
