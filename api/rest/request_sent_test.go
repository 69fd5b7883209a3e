package rest

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// record returns a client whose requests are recorded in the returned slice.
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

func TestMisuseIsAnErrorAndNothingIsSent(t *testing.T) {
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

// A path may contain escapes, and letters that need them. Neither may undo the escapes of a value.
func TestTheLiteralPartsOfAPathAreEscapedOnce(t *testing.T) {
	leak.Check(t)
	for template, want := range map[string]string{
		"/a%20b/{id}":  "/a%20b/1%2F2",
		"/a b/ü/{id}":  "/a%20b/%C3%BC/1%2F2",
		"/50%/{id}":    "/50%25/1%2F2",
		"/a%2Fb/{id}.": "/a%2Fb/1%2F2.",
	} {
		c, seen := record(t)
		r := NewRequest(&Operation{ID: "p", Method: "GET", Path: template})
		r.SetPath("id", "1/2")
		if err := Send(t.Context(), c, r); err != nil {
			t.Errorf("%s: %v", template, err)
		} else if got := (*seen)[0].URL.String(); got != "https://service.test/base"+want {
			t.Errorf("%s went to %s, want %s", template, got, want)
		}
	}
}

func TestValuesSideBySideCannotLeadToAnotherPath(t *testing.T) {
	leak.Check(t)
	for _, template := range []string{"/a/{id}.", "/a/.{id}/b", "/a/{id}{part}"} {
		c, seen := record(t)
		r := NewRequest(&Operation{ID: "p", Method: "GET", Path: template})
		r.path = []pair{{"id", "."}, {"part", "."}}
		if err := Send(t.Context(), c, r); !errors.Is(err, ErrInvalidRequest) || len(*seen) != 0 {
			t.Errorf("%s: %v, %d requests", template, err, len(*seen))
		}
	}
}
