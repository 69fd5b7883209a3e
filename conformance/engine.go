package conformance

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
)

// engine looks at what is true of every call: where it goes, whose token it carries, what options do.
func (b *binding) engine(t *testing.T) {
	b.server(t)
	b.basePath(t)
	b.tokens(t)
	b.renewal(t)
	b.callOptions(t)
	b.noTime(t)
	b.budget(t)
	b.byHand(t)
}

// with makes the documented call on a wire of its own, with options behind those of the suite.
func (b *binding) with(t *testing.T, a []answer, opts ...rest.Option) (*wire, error) {
	t.Helper()
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(a...)
	options = append(append(options, rest.WithRetry(rest.Retry{Attempts: 1})), opts...)
	_, err = b.call(t.Context(), b.client(t, w, options...), request)
	return w, err
}

// server says that a client that was told nothing talks to the server of the spec.
func (b *binding) server(t *testing.T) {
	if len(b.doc.Servers) == 0 {
		return
	}
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(b.right())
	c, err := b.make(append(options, rest.WithToken(token), rest.WithBudget(nil), rest.WithHTTPClient(&http.Client{Transport: w}))...)
	if err != nil {
		t.Errorf("a client that is told nothing but a token: %v", err)
		return
	}
	if _, err := b.call(t.Context(), c, request); err != nil || len(w.sent) != 1 {
		t.Errorf("a client that is told nothing but a token: %d requests, %v", len(w.sent), err)
		return
	}
	if u, want := w.sent[0].url.String(), strings.TrimRight(serverURL(b.doc.Servers[0]), "/")+"/"; !strings.HasPrefix(u, want) {
		t.Errorf("a client that is told nothing calls %s, and the spec's server is %s", u, want)
	}
}

// serverURL fills the variables in with their defaults.
func serverURL(s *openapi3.Server) string {
	text := s.URL
	for name, v := range s.Variables {
		text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
	}
	return text
}

func (b *binding) basePath(t *testing.T) {
	if len(b.doc.Servers) > 1 {
		return
	}
	for _, prefix := range []string{base + "/some/prefix", base + "/some/prefix/"} {
		w, err := b.with(t, []answer{b.right()}, rest.WithBaseURL(prefix))
		if len(w.sent) != 1 || !strings.HasPrefix(w.sent[0].url.EscapedPath(), "/some/prefix"+strings.SplitN(b.path, "{", 2)[0]) {
			t.Errorf("base URL %s: %v %v", prefix, w.sent, err)
		}
	}
	for _, bad := range []string{"http://elsewhere.test", "ftp://elsewhere.test", "elsewhere.test", "https://u:p@elsewhere.test", "https://x.test?a=b", "https://x.test?", "https://x.test#f", "https://:8443", "https://", ""} {
		if _, err := b.make(rest.WithToken(token), rest.WithBaseURL(bad)); err == nil {
			t.Errorf("base URL %q is taken", bad)
		}
	}
	for _, mine := range []string{"http://localhost:1", "http://LOCALHOST", "http://127.0.0.1:1", "http://127.8.9.1", "http://[::1]:1", "http://[::ffff:127.0.0.1]"} {
		if _, err := b.make(rest.WithToken(token), rest.WithBaseURL(mine)); err != nil {
			t.Errorf("base URL %s, which is this machine: %v", mine, err)
		}
	}
	w, err := b.with(t, []answer{b.right()}, rest.WithBaseURL(base+"/a%2Fb"))
	if len(w.sent) != 1 || !strings.HasPrefix(w.sent[0].url.EscapedPath(), "/a%2Fb"+strings.SplitN(b.path, "{", 2)[0]) {
		t.Errorf("a base URL with an escaped slash: %v %v", w.sent, err)
	}
}

func (b *binding) tokens(t *testing.T) {
	w, err := b.with(t, []answer{b.right()}, rest.WithToken(" Other-Token\r\n"))
	if err != nil || len(w.sent) == 0 || w.sent[0].header.Get("Authorization") != "Bearer Other-Token" {
		t.Errorf("a token with a line end: %d requests, %v", len(w.sent), err)
		return
	}
	for _, bad := range []string{"", " ", "Bearer x", "a\nb"} {
		if _, err := b.make(rest.WithBaseURL(base), rest.WithToken(bad)); err == nil {
			t.Errorf("token %q is taken", bad)
		}
	}
	named, err := b.with(t, []answer{b.right()}, rest.WithUserAgent("acme/1.0"))
	if err != nil || !strings.HasPrefix(named.sent[0].header.Get("User-Agent"), "acme/1.0 ") {
		t.Errorf("a User-Agent of the program's own is not sent first: %v", err)
	}
	for _, bad := range []string{"", " ", "a\nb"} {
		if _, err := b.make(rest.WithBaseURL(base), rest.WithToken(token), rest.WithUserAgent(bad)); err == nil {
			t.Errorf("User-Agent %q is taken", bad)
		}
	}
	agent := w.sent[0].header.Get("User-Agent")
	if agent == "" || strings.HasPrefix(agent, "Go-http-client") {
		t.Errorf("User-Agent %q is one that CDNs turn away", agent)
	}
}

// source gives first, and second when first was refused.
type source struct{ asked []string }

func (s *source) Token(_ context.Context, refused string) (rest.Token, error) {
	s.asked = append(s.asked, refused)
	if refused != "" || len(s.asked) > 2 {
		return rest.Token{Value: "second"}, nil
	}
	return rest.Token{Value: "first"}, nil
}

// renewal says that a refused token is replaced once, and that nothing else replaces it.
func (b *binding) renewal(t *testing.T) {
	refusal := func(words string) answer {
		return answer{status: 401, body: jsonText(map[string]any{"statusCode": 401, "message": words})}
	}
	for _, c := range []struct {
		answers []answer
		tokens  string
		fails   error
	}{
		{[]answer{refusal("Invalid JWT"), b.right()}, "first second", nil},
		{[]answer{refusal("Invalid token: access token is invalid"), refusal("Invalid JWT"), b.right()}, "first second", rest.ErrInvalidToken},
		{[]answer{refusal("The token is not authorized for this scope."), b.right()}, "first", rest.ErrMissingScope},
		{[]answer{refusal("version header is invalid"), b.right()}, "first", rest.ErrBadVersion},
		{[]answer{{status: 403, body: `{}`}, b.right()}, "first", rest.ErrForbidden},
	} {
		w, err := b.with(t, c.answers, rest.WithTokenSource(&source{}))
		var sent []string
		for _, r := range w.sent {
			sent = append(sent, strings.TrimPrefix(r.header.Get("Authorization"), "Bearer "))
		}
		if strings.Join(sent, " ") != c.tokens || (err == nil) != (c.fails == nil) || !errors.Is(err, c.fails) {
			t.Errorf("after %s: tokens %q, error %v; want %q, %v", c.answers[0].body, sent, err, c.tokens, c.fails)
		}
	}
	w, err := b.with(t, []answer{b.right()}, rest.WithTokenSource(rest.TokenFunc(func(context.Context) (string, error) {
		return "", errors.New("vault is closed")
	})))
	if err == nil || len(w.sent) > 0 || !strings.Contains(err.Error(), "vault is closed") {
		t.Errorf("a source without a token: %d requests, %v", len(w.sent), err)
	}
}

func (b *binding) callOptions(t *testing.T) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(b.right())
	var got rest.Response
	err = b.callWith(t, b.client(t, w, options...), request, rest.CallHeader("X-Request-Id", "r-1"), rest.CallResponse(&got))
	if err != nil || len(w.sent) != 1 || w.sent[0].header.Get("X-Request-Id") != "r-1" {
		t.Errorf("a header for one call: %d requests, error %v", len(w.sent), err)
	}
	err = b.callWith(t, b.client(t, w, options...), request, rest.CallHeader("X-Request-Id", "r-1"), rest.CallHeader("x-request-id", "r-2"))
	if err != nil || !slices.Equal(w.sent[len(w.sent)-1].header.Values("X-Request-Id"), []string{"r-2"}) {
		t.Errorf("a header that is set twice for one call: %v, want the last, %v", w.sent[len(w.sent)-1].header, err)
	}
	if got.Status != b.success() || got.Attempts != 1 || got.Header == nil {
		t.Errorf("the response of a call is %+v", got)
	}
	for name, value := range map[string]string{
		"Authorization": "x", "Host": "x", "Content-Length": "1", "Transfer-Encoding": "x", "bad name": "x", "bad:name": "x", "bäd": "x", "": "x",
		"X-Line": "a\r\nX-Evil: 1", "X-Zero": "a\x00", "X-Delete": "a\x7f",
	} {
		w := b.newWire(b.right())
		err := b.callWith(t, b.client(t, w, options...), request, rest.CallHeader(name, value))
		if !errors.Is(err, rest.ErrInvalidRequest) || len(w.sent) > 0 {
			t.Errorf("header %q for one call: %d requests, error %v", name, len(w.sent), err)
		}
	}
}

// noTime says that no time at all is a mistake, and no call without a bound.
func (b *binding) noTime(t *testing.T) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []time.Duration{0, -1} {
		w := b.newWire(b.right())
		if err := b.callWith(t, b.client(t, w, options...), request, rest.CallTimeout(bad)); !errors.Is(err, rest.ErrInvalidRequest) || len(w.sent) > 0 {
			t.Errorf("a call with a timeout of %v: %d requests, %v", bad, len(w.sent), err)
		}
	}
}

// counting is a budget that grants everything and counts.
type counting struct {
	taken, settled atomic.Int64
	outcome        rest.Outcome // the last
}

func (c *counting) Take(context.Context, string) (func(rest.Outcome), error) {
	c.taken.Add(1)
	return func(o rest.Outcome) { c.settled.Add(1); c.outcome = o }, nil
}

type spent struct{}

func (spent) Take(context.Context, string) (func(rest.Outcome), error) {
	return nil, &rest.DailyLimitError{Reset: time.Hour}
}

// budget says that every attempt is asked for and accounted, and that nothing is sent without leave.
func (b *binding) budget(t *testing.T) {
	var c counting
	refused := answer{status: 401, body: `{"message":"Invalid JWT"}`}
	w, err := b.with(t, []answer{refused, b.right()}, rest.WithTokenSource(&source{}), rest.WithBudget(&c))
	if err != nil || len(w.sent) != 2 || c.taken.Load() != 2 || c.settled.Load() != 2 {
		t.Errorf("%d requests, %d taken from the budget, %d settled, error %v", len(w.sent), c.taken.Load(), c.settled.Load(), err)
	}
	b.outcomes(t)
	w, err = b.with(t, []answer{b.right()}, rest.WithBudget(spent{}))
	if len(w.sent) > 0 || !errors.Is(err, rest.ErrDailyLimit) {
		t.Errorf("a spent budget: %d requests, error %v", len(w.sent), err)
	}
}

// outcomes says that the budget is told what the service said of it.
func (b *binding) outcomes(t *testing.T) {
	said := http.Header{"X-Ratelimit-Max": {"100"}, "X-Ratelimit-Remaining": {"7"}, "Retry-After": {"3"}}
	rate := rest.Rate{Limit: 100, Remaining: 7, HasRemaining: true}
	right := b.right()
	right.header = said
	for _, c := range []struct {
		name string
		answer
		want rest.Outcome
	}{
		{"a success", right, rest.Outcome{Answered: true, Rate: rate}},
		{"a 429", answer{status: 429, body: `{}`, header: said}, rest.Outcome{Answered: true, Refused: true, Rate: rate, RetryAfter: 3 * time.Second}},
		{"a 400", answer{status: 400, body: `{}`}, rest.Outcome{Answered: true}},
		{"no connection", answer{err: &net.OpError{Op: "dial", Err: errors.New("refused")}}, rest.Outcome{Unsent: true}},
		{"no answer", answer{err: errors.New("reset")}, rest.Outcome{}},
	} {
		var got counting
		if _, _ = b.with(t, []answer{c.answer}, rest.WithBudget(&got)); got.outcome != c.want || got.settled.Load() != 1 {
			t.Errorf("after %s the budget is told %+v, want %+v", c.name, got.outcome, c.want)
		}
	}
}

// byHand fills a request without generated code: what leads to another path is refused by the engine itself.
func (b *binding) byHand(t *testing.T) {
	for _, p := range b.params {
		if p.In != "path" {
			continue
		}
		for _, bad := range []string{"", ".", "..", "a\r\nb", "\x00", "\u0085"} {
			w := b.newWire(b.right())
			engine, err := rest.New(rest.WithBaseURL(base), rest.WithToken(token), rest.WithBudget(nil), rest.WithHTTPClient(&http.Client{Transport: w}))
			if err != nil {
				t.Fatal(err)
			}
			r := rest.NewRequest(b.rest)
			for _, other := range b.params {
				if other.In == "path" {
					r.SetPath(other.Name, "x")
				}
			}
			r.SetPath(p.Name, bad)
			if err := rest.Send(t.Context(), engine, r); !errors.Is(err, rest.ErrInvalidRequest) || len(w.sent) > 0 {
				t.Errorf("path value %s = %q: %d requests, error %v", p.Name, bad, len(w.sent), err)
			}
		}
	}
}
