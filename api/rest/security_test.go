package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// record is a client whose requests end up in the returned slice.
func record(t *testing.T, opts ...Option) (*Client, *[]*http.Request) {
	t.Helper()
	var seen []*http.Request
	c, err := New(append([]Option{
		WithBaseURL("https://service.test/base/"), WithToken(faultToken), WithBudget(nil),
		WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			seen = append(seen, r)
			return answerWith(r, 200, "", `{}`, nil), nil
		})}),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c, &seen
}

var opPath = &Operation{ID: "p", Name: "Part", Method: "GET", Path: "/things/{id}/parts/{part}/", Idempotent: true}

func TestPathValueStaysInItsSegment(t *testing.T) {
	leak.Check(t)
	for value, escaped := range map[string]string{
		"a":        "a",
		"a/b":      "a%2Fb",
		"../admin": "..%2Fadmin",
		"a?b=c#d":  "a%3Fb=c%23d",
		"%2e%2e":   "%252e%252e",
		"a b":      "a%20b",
		"ü":        "%C3%BC",
		"...":      "...",
		`a\b`:      "a%5Cb",
		"{part}":   "%7Bpart%7D",
		"@evil:80": "@evil:80",
	} {
		c, seen := record(t)
		r := NewRequest(opPath)
		r.SetPath("id", value)
		r.SetPath("part", "p")
		if err := Send(t.Context(), c, r); err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		u := (*seen)[0].URL
		if want := "https://service.test/base/things/" + escaped + "/parts/p/"; u.String() != want {
			t.Errorf("%q: went to %s, want %s", value, u, want)
		}
		if back, err := url.Parse(u.String()); err != nil || back.Path != u.Path {
			t.Errorf("%q: path %q does not survive", value, u.Path)
		}
	}
}

func TestMisuseIsSaidAndNothingIsSent(t *testing.T) {
	leak.Check(t)
	for name, misuse := range map[string]func(r *Request){
		"empty path":       func(r *Request) { r.SetPath("id", "") },
		"dot":              func(r *Request) { r.SetPath("id", ".") },
		"dots":             func(r *Request) { r.SetPath("id", "..") },
		"line end":         func(r *Request) { r.SetPath("id", "a\r\nb") },
		"NUL":              func(r *Request) { r.SetPath("id", "a\x00") },
		"C1 control":       func(r *Request) { r.SetPath("id", "a\u0085") },
		"unknown path":     func(r *Request) { r.SetPath("nope", "a") },
		"path not set":     func(*Request) {},
		"header CR LF":     func(r *Request) { r.SetHeader("X", "a\r\nAuthorization: b") },
		"header NUL":       func(r *Request) { r.SetHeader("X", "a\x00") },
		"header name":      func(r *Request) { r.SetHeader("X: y\r\nZ", "a") },
		"empty header":     func(r *Request) { r.SetHeader("", "a") },
		"authorization":    func(r *Request) { r.SetHeader("authorization", "Bearer x") },
		"host":             func(r *Request) { r.SetHeader("Host", "evil.test") },
		"smuggled length":  func(r *Request) { r.SetHeader("Transfer-Encoding", "chunked") },
		"another protocol": func(r *Request) { r.SetHeader("upgrade", "h2c") },
		"trailers":         func(r *Request) { r.SetHeader("TE", "trailers") },
		"JSON":             func(r *Request) { r.SetJSON(func() {}) },
		"body":             func(r *Request) { r.SetBody("text/plain", nil) },
		"content type":     func(r *Request) { r.SetBody("a\r\nb", func() (io.Reader, error) { return nil, nil }) },
		"check":            func(r *Request) { var p Problems; p.Required(false, "ID", "path", "id"); r.AddError(p.Err()) },
		"body fails": func(r *Request) {
			fill(r)
			r.SetBody("a/b", func() (io.Reader, error) { return nil, io.ErrClosedPipe })
		},
		"first one counts": func(r *Request) { r.SetPath("id", ""); r.SetHeader("", "") },
	} {
		t.Run(name, func(t *testing.T) {
			c, seen := record(t)
			r := NewRequest(opPath)
			misuse(r)
			err := Send(t.Context(), c, r)
			if !errors.Is(err, ErrInvalidRequest) || !strings.HasPrefix(err.Error(), "part: ") {
				t.Errorf("error is %v", err)
			}
			if len(*seen) != 0 {
				t.Error("something was sent")
			}
		})
	}
	if err := Send(t.Context(), nil, NewRequest(nil)); !errors.Is(err, ErrInvalidRequest) {
		t.Errorf("without an operation: %v", err)
	}
}

func fill(r *Request) { r.SetPath("id", "i"); r.SetPath("part", "p") }

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

func TestRequestAsItIsSent(t *testing.T) {
	leak.Check(t)
	c, seen := record(t, WithUserAgent("onboarding/1.2"))
	r := NewRequest(opPost)
	r.AddQuery("z", "1")
	r.AddQuery("a", "x y&=/ü")
	r.AddQuery("z", "2")
	r.SetHeader("version", "v3")
	r.SetJSON(map[string]int{"n": 1})
	if err := Send(t.Context(), c, r); err != nil {
		t.Fatal(err)
	}
	got := (*seen)[0]
	body, _ := io.ReadAll(got.Body)
	if got.URL.RawQuery != "z=1&a=x+y%26%3D%2F%C3%BC&z=2" || string(body) != `{"n":1}` || got.ContentLength != 7 {
		t.Errorf("query %q, body %q of length %d", got.URL.RawQuery, body, got.ContentLength)
	}
	for name, want := range map[string]string{
		"Version": "v3", "Content-Type": "application/json", "Accept": "application/json",
		"User-Agent": "onboarding/1.2 " + libraryAgent,
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
}

func TestBodyIsOpenedForEachAttempt(t *testing.T) {
	leak.Check(t)
	var bodies []string
	c, err := New(WithBaseURL("https://service.test"), WithBudget(nil), WithRetry(Retry{Attempts: 3, Backoff: 1}),
		WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
			b, _ := io.ReadAll(r.Body)
			bodies = append(bodies, string(b))
			return answerWith(r, 429, "", "", nil), nil
		})}))
	if err != nil {
		t.Fatal(err)
	}
	opened := 0
	r := NewRequest(opPost)
	r.SetBody("text/plain", func() (io.Reader, error) { opened++; return io.MultiReader(strings.NewReader("all")), nil })
	if err := Send(t.Context(), c, r); !errors.Is(err, ErrRateLimited) || opened != 3 || strings.Join(bodies, " ") != "all all all" {
		t.Errorf("opened %d times, sent %q, error %v", opened, bodies, err)
	}
}

func TestTokenStaysWithItsHost(t *testing.T) {
	leak.Check(t)
	var stolen atomic.Value
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stolen.Store(r.Header.Get("Authorization"))
	}))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", thief.URL)
			w.WriteHeader(status)
		}))
		user := &http.Client{}
		c := faultClient(t, service.URL, Retry{Attempts: 3, Backoff: 1}, WithHTTPClient(user))
		for _, op := range []*Operation{opGet, opPost} {
			if err := Send(t.Context(), c, NewRequest(op)); !errors.Is(err, ErrRedirect) {
				t.Errorf("%d %s: %v", status, op.Method, err)
			}
		}
		if user.CheckRedirect != nil || user.Transport != nil {
			t.Error("the program's client was changed")
		}
		service.CloseClientConnections()
		service.Close()
	}
	if got := stolen.Load(); got != nil {
		t.Errorf("a redirect was followed, with %q", got)
	}
}

func TestBaseURLThatWouldGiveTheTokenAwayIsRefused(t *testing.T) {
	leak.Check(t)
	for base, ok := range map[string]bool{
		"https://service.test":          true,
		"https://service.test/v1":       true,
		"http://127.0.0.1:8080":         true,
		"http://127.9.9.9":              true,
		"http://[::1]:8080":             true,
		"http://[::ffff:127.0.0.1]":     true,
		"http://localhost:8080":         true,
		"http://LOCALHOST":              true,
		"http://service.test":           false,
		"http://localhost.evil.test":    false,
		"http://127.0.0.1.evil.test":    false,
		"http://192.168.0.1":            false,
		"http://0.0.0.0":                false,
		"https://user:pw@service.test":  false,
		"https://service.test?x=y":      false,
		"https://service.test#x":        false,
		"https://":                      false,
		"https://:443":                  false,
		"https://:8443":                 false,
		"https://service.test?":         false,
		"ftp://service.test":            false,
		"service.test":                  false,
		"":                              false,
		"https://service.test/%zz":      false,
		"https://service.test\r\nX: y/": false,
	} {
		_, err := New(WithBaseURL(base), WithToken("t"))
		if (err == nil) != ok {
			t.Errorf("%q: %v", base, err)
		}
		if err != nil && strings.Contains(err.Error(), "pw") {
			t.Errorf("the error holds the password: %v", err)
		}
	}
	if _, err := New(WithBaseURL("http://service.test"), WithPlainHTTP()); err != nil {
		t.Errorf("allowed, but refused: %v", err)
	}
	if _, err := New(); err == nil {
		t.Error("a client without a base URL")
	}
}

func TestTokenIsTrimmedAndChecked(t *testing.T) {
	leak.Check(t)
	for token, ok := range map[string]bool{
		" tok\r\n": true, "tok": true, "": false, " \r\n": false, "to\nk": false, "to\u200bk": false, "to\x00k": false, "Bearer tok": false, "to\u0085k": false,
	} {
		c, err := New(WithBaseURL("https://service.test"), WithToken(token))
		if (err == nil) != ok {
			t.Errorf("%q: %v", token, err)
		}
		if err != nil {
			continue
		}
		if got, _ := c.conf.source.Token(t.Context(), ""); got.Value != "tok" {
			t.Errorf("%q became %q", token, got.Value)
		}
	}
}

// renewing hands out "old" until that was refused, then "new".
type renewing struct {
	mu      sync.Mutex
	current string
	renewed int
	err     error
	kind    string
}

func (s *renewing) Token(_ context.Context, refused string) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if refused != "" && refused == s.current {
		if s.err != nil {
			return Token{}, s.err
		}
		s.renewed++
		s.current = "new"
	}
	return Token{Value: s.current, Type: s.kind}, nil
}

func TestRefusedTokenIsReplacedOnce(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		name    string
		text    string // of the 401
		accepts string
		err     error
		sent    int
		renewed int
		is      error
	}{
		{"mended", "Invalid JWT", "new", nil, 2, 1, nil},
		{"lasting", "Invalid token: access token is invalid", "none", nil, 2, 1, ErrInvalidAccessToken},
		{"scope", "The token is not authorized for this scope.", "new", nil, 1, 0, ErrMissingScope},
		{"version", "version header is invalid", "new", nil, 1, 0, ErrVersionUnknown},
		{"renewal fails", "Invalid JWT", "new", io.ErrUnexpectedEOF, 1, 0, io.ErrUnexpectedEOF},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent := 0
			source := &renewing{current: "old", err: c.err}
			var refreshes []error
			client, err := New(WithBaseURL("https://service.test"), WithTokenSource(source), WithBudget(nil),
				WithHooks(Hooks{Refresh: func(_ context.Context, _ *Operation, err error) { refreshes = append(refreshes, err) }}),
				WithHTTPClient(&http.Client{Transport: tripper(func(r *http.Request) (*http.Response, error) {
					sent++
					if r.Header.Get("Authorization") == "Bearer "+c.accepts {
						return answerWith(r, 200, "", `{}`, nil), nil
					}
					return answerWith(r, 401, "", `{"message":"`+c.text+`"}`, nil), nil
				})}))
			if err != nil {
				t.Fatal(err)
			}
			err = Send(t.Context(), client, NewRequest(opPost))
			if !errors.Is(err, c.is) || sent != c.sent || source.renewed != c.renewed {
				t.Errorf("sent %d, renewed %d, error %v", sent, source.renewed, err)
			}
			if tried := c.renewed > 0 || c.err != nil; (len(refreshes) == 1) != tried {
				t.Errorf("%d refreshes were told", len(refreshes))
			}
		})
	}
}

func TestTokenOfTheWrongLevelIsNotSent(t *testing.T) {
	leak.Check(t)
	op := &Operation{ID: "x", Name: "Thing", Method: "GET", Path: "/x", TokenTypes: []string{"Agency Token"}}
	c, seen := record(t, WithTokenSource(&renewing{current: "tok", kind: "Sub-Account Token"}))
	if err := Send(t.Context(), c, NewRequest(op)); !errors.Is(err, ErrTokenType) || len(*seen) != 0 {
		t.Errorf("%d sent, error %v", len(*seen), err)
	}
	c, seen = record(t, WithTokenSource(&renewing{current: "tok", kind: "Agency Token"}))
	if err := Send(t.Context(), c, NewRequest(op)); err != nil || len(*seen) != 1 {
		t.Errorf("%d sent, error %v", len(*seen), err)
	}
}

func TestClonesShareBudgetAndToken(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		b := NewLocalBudget(10, time.Second)
		c, _ := record(t, WithBudget(b))
		other, err := c.With(WithUserAgent("other"), WithDefault("companyId", "c2"))
		if err != nil {
			t.Fatal(err)
		}
		if c.Default("companyId") != "" || other.Default("companyId") != "c2" {
			t.Error("the clone's default leaked")
		}
		same, err := c.With(WithUserAgent("same budget"))
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		for range 10 {
			for _, client := range []*Client{c, same} {
				if err := Send(t.Context(), client, NewRequest(opGet)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if took := time.Since(begin); took < time.Second {
			t.Errorf("20 requests at 10 a second took %v", took)
		}
		if err := Send(t.Context(), other, NewRequest(opGet)); err != nil {
			t.Fatal(err)
		}
		if len(b.queues) != 2 {
			t.Errorf("%d budgets, want one for each company", len(b.queues))
		}
	})
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

func TestMiddlewareIsPassedFromTheFirstToTheLast(t *testing.T) {
	leak.Check(t)
	var order []string
	mark := func(name string) func(http.RoundTripper) http.RoundTripper {
		return func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				order = append(order, name)
				return next.RoundTrip(r)
			})
		}
	}
	c, _ := record(t, WithMiddleware(mark("a"), mark("b")), WithMiddleware(mark("c")))
	if err := Send(t.Context(), c, NewRequest(opGet)); err != nil || strings.Join(order, "") != "abc" {
		t.Errorf("%v, %v", order, err)
	}
}
