package rest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

var opPost = &Operation{ID: "make-thing", Name: "MakeThing", Method: "POST", Path: "/thing", Statuses: []int{201}}

// faultCase is a fault of the server, and its result for the caller.
type faultCase struct {
	name   string
	unread bool
	fault  func(*faultServer, net.Conn)
	is     []error // all of them, for both operations
	status int     // of the *Error; 0 if there is none
	get    int64   // hits for the idempotent operation
	post   int64   // hits for the other
	says   string  // part of the text
}

func TestWhatTheCallerGetsFromEachFault(t *testing.T) {
	leak.Check(t)
	const tries = 3
	bomb := gzipped(`{"a":"` + strings.Repeat("x", 4<<20) + `"}`)
	cases := []faultCase{
		{name: "reset before the request is read", unread: true, fault: func(_ *faultServer, c net.Conn) {
			_, _ = c.Read(make([]byte, 1)) // if it closed earlier, the connection would not even have been made
			reset(c)
		},
			is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "reset after the request", fault: func(_ *faultServer, c net.Conn) { reset(c) },
			is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "closed without a word", fault: raw(""), is: []error{ErrNoAnswer, io.EOF}, get: tries, post: 1},
		{name: "hangs", fault: func(f *faultServer, _ net.Conn) { <-f.quit },
			is: []error{ErrNoAnswer, errAttemptTimeout}, get: tries, post: 1, says: "timed out"},
		{name: "hangs in the headers", fault: func(f *faultServer, c net.Conn) { raw("HTTP/1.1 200 OK\r\nX: ")(f, c); <-f.quit },
			is: []error{ErrNoAnswer, errAttemptTimeout}, get: tries, post: 1},
		{name: "headers byte by byte without end", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\nX: ")(f, c)
			trickle(f, c)
		}, is: []error{ErrNoAnswer, errAttemptTimeout}, get: tries, post: 1, says: "timed out"},
		{name: "status line byte by byte", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 O")(f, c)
			trickle(f, c)
		}, is: []error{ErrNoAnswer, errAttemptTimeout}, get: tries, post: 1},
		{name: "100 and nothing more", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 100 Continue\r\n\r\n")(f, c)
			<-f.quit
		}, is: []error{ErrNoAnswer, errAttemptTimeout}, get: tries, post: 1},
		{name: "103 and a cut", fault: raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
			is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "103 without end", fault: func(f *faultServer, c net.Conn) {
			for {
				if _, err := fmt.Fprintf(c, "HTTP/1.1 103 Early Hints\r\nLink: %s\r\n\r\n", strings.Repeat("x", 4096)); err != nil {
					return
				}
			}
		}, is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "102 before a refusal", fault: raw("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 403 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
			is: []error{ErrForbidden}, status: 403, get: 1, post: 1},
		{name: "hangs in the body", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{")(f, c)
			<-f.quit
		}, is: []error{ErrUndecodable, errAttemptTimeout}, status: 200, get: tries, post: 1, says: "broke off after 1 bytes"},
		{name: "body byte by byte without end", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\n\r\n{")(f, c)
			trickle(f, c)
		}, is: []error{ErrUndecodable, errAttemptTimeout}, status: 200, get: tries, post: 1},
		{name: "cut in the status line", fault: raw("HTTP/1.1 20"), is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "cut in the headers", fault: raw("HTTP/1.1 200 OK\r\nContent-Ty"), is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "cut in the JSON", fault: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"),
			is: []error{ErrUndecodable, io.ErrUnexpectedEOF}, status: 200, get: tries, post: 1},
		{name: "cut in a chunk", fault: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\":"),
			is: []error{ErrUndecodable, io.ErrUnexpectedEOF}, status: 200, get: tries, post: 1},
		{name: "JSON cut, length right", fault: says(200, `{"a":`), is: []error{ErrUndecodable}, status: 200, get: 1, post: 1},
		{name: "length too short", fault: raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\n{\"a\":1}"),
			is: []error{ErrUndecodable}, status: 200, get: 1, post: 1},
		{name: "length is no number", fault: raw("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"), is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "not HTTP", fault: raw("SSH-2.0-OpenSSH_9.2\r\n"), is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "headers without end", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\n")(f, c)
			for {
				if _, err := fmt.Fprintf(c, "X-Long: %s\r\n", strings.Repeat("x", 4096)); err != nil {
					return
				}
			}
		}, is: []error{ErrNoAnswer}, get: tries, post: 1},
		{name: "gzip that is invalid", fault: says(200, `{"a":1}`, "Content-Encoding: gzip"),
			is: []error{ErrUndecodable}, status: 200, get: tries, post: 1},
		{name: "gzip that explodes", fault: says(200, bomb, "Content-Encoding: gzip"),
			is: []error{ErrUndecodable, ErrTooLarge}, status: 200, get: 1, post: 1},
		{name: "an encoding nobody asked for", fault: says(200, "....", "Content-Encoding: br"),
			is: []error{ErrUndecodable}, status: 200, get: 1, post: 1, says: `"br"`},
		{name: "announces 10 GB", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n%s", strings.Repeat("[", 100_000))(f, c)
			<-f.quit
		}, is: []error{ErrUndecodable, ErrTooLarge}, status: 200, get: 1, post: 1},
		{name: "body without end", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 200 OK\r\n\r\n\"")(f, c)
			for chunk := bytes.Repeat([]byte("x"), 1<<16); ; {
				if _, err := c.Write(chunk); err != nil {
					return
				}
			}
		}, is: []error{ErrUndecodable, ErrTooLarge}, status: 200, get: 1, post: 1},
		{name: "error body without end", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 403 X\r\n\r\n")(f, c)
			for chunk := bytes.Repeat([]byte("x"), 1<<16); ; {
				if _, err := c.Write(chunk); err != nil {
					return
				}
			}
		}, is: []error{ErrForbidden}, status: 403, get: 1, post: 1},
		{name: "nested too deep", fault: says(200, strings.Repeat("[", 101)+strings.Repeat("]", 101)),
			is: []error{ErrUndecodable, ErrTooLarge}, status: 200, get: 1, post: 1},
		{name: "two values", fault: says(200, `{"a":1}{"a":2}`), is: []error{ErrUndecodable}, status: 200, get: 1, post: 1},
		{name: "null", fault: says(200, `null`), is: []error{ErrUndecodable}, status: 200, get: 1, post: 1},
		{name: "HTML with 200", fault: says(200, `<html>login</html>`, "Content-Type: text/html"),
			is: []error{ErrUndecodable}, status: 200, get: 1, post: 1, says: "text/html"},
		{name: "empty with 200", fault: says(200, ``), is: []error{ErrUndecodable}, status: 200, get: 1, post: 1, says: "empty"},
		{name: "204", fault: raw("HTTP/1.1 204 X\r\nConnection: close\r\n\r\n"), is: []error{ErrUndecodable}, status: 204, get: 1, post: 1},
		{name: "205", fault: says(205, ``), is: []error{ErrUndecodable}, status: 205, get: 1, post: 1},
		{name: "101", fault: func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: y\r\n\r\n")(f, c)
			<-f.quit
		}, status: 101, get: 1, post: 1},
		{name: "400", fault: says(400, `{"statusCode":400,"message":"Bad Request"}`), is: []error{ErrInvalid}, status: 400, get: 1, post: 1},
		{name: "401 token", fault: says(401, `{"message":"Invalid JWT"}`), is: []error{ErrUnauthorized, ErrInvalidJWT}, status: 401, get: 1, post: 1},
		{name: "403", fault: says(403, ``), is: []error{ErrForbidden}, status: 403, get: 1, post: 1},
		{name: "404", fault: says(404, ``), is: []error{ErrNotFound}, status: 404, get: 1, post: 1},
		{name: "422", fault: says(422, `{"message":["a","b"]}`), is: []error{ErrInvalid}, status: 422, get: 1, post: 1, says: "a; b"},
		{name: "418", fault: says(418, ``), status: 418, get: 1, post: 1},
		{name: "429 without Retry-After", fault: says(429, ``), is: []error{ErrRateLimited}, status: 429, get: tries, post: tries},
		{name: "429 with 0 seconds", fault: says(429, ``, "Retry-After: 0"), is: []error{ErrRateLimited}, status: 429, get: tries, post: tries},
		{name: "429 with a past date", fault: says(429, ``, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"), is: []error{ErrRateLimited}, status: 429, get: tries, post: tries},
		{name: "429 with nonsense", fault: says(429, ``, "Retry-After: soon"), is: []error{ErrRateLimited}, status: 429, get: tries, post: tries},
		{name: "429 with too many seconds", fault: says(429, ``, "Retry-After: 3600"), is: []error{ErrRateLimited}, status: 429, get: 1, post: 1, says: "1h0m0s"},
		{name: "429 with seconds beyond reason", fault: says(429, ``, "Retry-After: 99999999999"), is: []error{ErrRateLimited}, status: 429, get: 1, post: 1, says: "48h0m0s"},
		{name: "429 with a date beyond reason", fault: says(429, ``, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"), is: []error{ErrRateLimited}, status: 429, get: 1, post: 1, says: "48h0m0s"},
		{name: "429 with negative seconds", fault: says(429, ``, "Retry-After: -5"), is: []error{ErrRateLimited}, status: 429, get: tries, post: tries},
		{name: "429 of the day", fault: says(429, ``, "X-RateLimit-Daily-Remaining: 0"), is: []error{ErrRateLimited, ErrDailyLimit}, status: 429, get: 1, post: 1},
		{name: "500 JSON", fault: says(500, `{"error":{"code":"E1","message":"boom"}}`), is: []error{ErrServer}, status: 500, get: tries, post: 1, says: "boom"},
		{name: "502 HTML", fault: says(502, `<html><title>502 Bad Gateway</title></html>`), is: []error{ErrServer}, status: 502, get: tries, post: 1, says: "Bad Gateway"},
		{name: "503 cut", fault: raw("HTTP/1.1 503 X\r\nContent-Length: 100\r\n\r\ndown"), is: []error{ErrServer, io.ErrUnexpectedEOF}, status: 503, get: tries, post: 1, says: "down"},
		{name: "301", fault: says(301, ``, "Location: http://192.0.2.1/"), is: []error{ErrRedirect}, status: 301, get: 1, post: 1},
		{name: "302", fault: says(302, ``, "Location: /elsewhere"), is: []error{ErrRedirect}, status: 302, get: 1, post: 1},
		{name: "307", fault: says(307, ``, "Location: http://192.0.2.1/"), is: []error{ErrRedirect}, status: 307, get: 1, post: 1},
		{name: "308 without a place", fault: says(308, ``), is: []error{ErrRedirect}, status: 308, get: 1, post: 1},
	}
	var waiting sync.WaitGroup // cases that only wait run together; those that work run alone, so that no timeout of another expires
	defer waiting.Wait()
	slices.SortStableFunc(cases, func(a, b faultCase) int { return cmp.Compare(b.limit(), a.limit()) })
	for _, c := range cases {
		for _, op := range []*Operation{opGet, opPost} {
			run := func() { t.Run(c.name+"/"+op.Method, func(t *testing.T) { c.check(t, op, tries) }) }
			if c.limit() == hangLimit {
				waiting.Go(run)
			} else {
				run()
			}
		}
	}
}

// hangLimit is the timeout of an attempt that hangs; if a case is not about time, a busy machine must not make it fail.
const hangLimit = 500 * time.Millisecond

func (c faultCase) limit() time.Duration {
	if slices.Contains(c.is, errAttemptTimeout) {
		return hangLimit
	}
	return 30 * time.Second
}

// check makes one call of op, and checks its error and the number of requests to the server.
func (c faultCase) check(t *testing.T, op *Operation, tries int) {
	f := serveFaults(t, c.unread, c.fault)
	client := faultClient(t, "http://"+f.addr, Retry{Attempts: tries, Backoff: time.Millisecond}, WithTimeout(c.limit()))
	r := NewRequest(op)
	if op == opPost {
		r.SetJSON(map[string]string{"k": "v"})
	}
	v, err := Do[map[string]any](t.Context(), client, r)
	if v != nil || err == nil {
		t.Fatalf("got %v and error %v", v, err)
	}
	for _, is := range c.is {
		if !errors.Is(err, is) {
			t.Errorf("%v\nis not %v", err, is)
		}
	}
	var refused *Error
	switch {
	case errors.As(err, &refused) && refused.Status != c.status:
		t.Errorf("status %d, want %d", refused.Status, c.status)
	case refused == nil && c.status != 0:
		t.Errorf("%v is no *Error, want status %d", err, c.status)
	}
	if !strings.HasPrefix(err.Error(), op.String()+": ") || !strings.Contains(err.Error(), c.says) {
		t.Errorf("error reads %q, want %q in it", err, c.says)
	}
	if strings.Contains(fmt.Sprintf("%+v %#v", err, err), faultToken) {
		t.Errorf("error holds the token: %v", err)
	}
	want := c.get
	if op == opPost {
		want = c.post
	}
	if got := f.hits.Load(); got != want {
		t.Errorf("the server was hit %d times, want %d", got, want)
	}
}

// Nothing listens: no connection was made, so even the POST may be tried again.
func TestRefusedConnectionIsRepeatedForEveryOperation(t *testing.T) {
	leak.Check(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	for _, op := range []*Operation{opGet, opPost} {
		attempts := 0
		client := faultClient(t, "http://"+addr, Retry{Attempts: 3, Backoff: time.Millisecond},
			WithHooks(Hooks{AttemptStart: func(context.Context, Attempt) { attempts++ }}))
		_, err := Do[struct{}](t.Context(), client, NewRequest(op))
		if !errors.Is(err, ErrNoAnswer) || attempts != 3 {
			t.Errorf("%s: %d attempts, error %v", op, attempts, err)
		}
	}
}

// A transport that reports nothing proves nothing: it may have failed after the service had done the work.
func TestFailureOfAnUnknownTransportIsNotRepeatedForThePost(t *testing.T) {
	leak.Check(t)
	calls := 0
	client := faultClient(t, "https://service.test", Retry{Attempts: 3, Backoff: time.Millisecond},
		WithHTTPClient(&http.Client{Transport: tripper(func(*http.Request) (*http.Response, error) {
			calls++
			return nil, errors.New("something went wrong")
		})}))
	if _, err := Do[struct{}](t.Context(), client, NewRequest(opPost)); err == nil || calls != 1 {
		t.Errorf("%d calls, error %v", calls, err)
	}
}

func TestAnswerAfterInterimOnesIsTheAnswer(t *testing.T) {
	leak.Check(t)
	interim := "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
	f := serveFaults(t, false, raw("%s", interim+"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\n{\"a\":1}"))
	client := faultClient(t, "http://"+f.addr, Retry{Attempts: 1})
	for _, op := range []*Operation{opGet, opPost} {
		v, err := Do[map[string]int](t.Context(), client, NewRequest(op))
		if err != nil || (*v)["a"] != 1 {
			t.Errorf("%s: %v, %v", op.Method, v, err)
		}
	}
}

// The program's own transport reads any header it is configured to read; the response is refused anyway.
func TestHugeHeaderIsRefusedAlsoThroughAnotherTransport(t *testing.T) {
	leak.Check(t)
	huge := strings.Repeat("X-Part: "+strings.Repeat("x", 1000)+"\r\n", 300)
	transport := http.DefaultTransport.(*http.Transport).Clone() // up to 10 MiB
	t.Cleanup(transport.CloseIdleConnections)
	for status, is := range map[int]error{200: ErrUndecodable, 403: ErrForbidden} {
		f := serveFaults(t, false, raw("HTTP/1.1 %d X\r\nConnection: close\r\n%sContent-Length: 2\r\n\r\n{}", status, huge))
		client := faultClient(t, "http://"+f.addr, Retry{Attempts: 3}, WithHTTPClient(&http.Client{Transport: transport}))
		_, err := Do[struct{}](t.Context(), client, NewRequest(opGet))
		var refused *Error
		if !errors.Is(err, ErrTooLarge) || !errors.Is(err, is) || !errors.As(err, &refused) || len(refused.Header) != 0 || f.hits.Load() != 1 {
			t.Errorf("%d hits, error %v", f.hits.Load(), err)
		}
	}
}

func TestFaultsLeakNoGoroutines(t *testing.T) {
	leak.Check(t)
	before := runtime.NumGoroutine()
	for _, fault := range []func(*faultServer, net.Conn){
		func(f *faultServer, _ net.Conn) { <-f.quit },
		raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
		says(200, `{}`), says(500, "x"),
		func(f *faultServer, c net.Conn) {
			raw("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: y\r\n\r\n")(f, c)
			<-f.quit
		},
	} {
		f := serveFaults(t, false, fault)
		client := faultClient(t, "http://"+f.addr, Retry{Attempts: 1}, WithTimeout(100*time.Millisecond))
		var calls sync.WaitGroup
		for range 10 {
			calls.Go(func() { _, _ = Do[struct{}](t.Context(), client, NewRequest(opGet)) })
		}
		calls.Wait()
		client.CloseIdleConnections()
		f.stop()
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}
