package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// faults answers as a service should not, and sometimes does. None may pass for a success or lose what it said.
func (b *binding) faults(t *testing.T) {
	b.unreadable(t)
	b.tooLarge(t)
	b.whole(t)
	b.kept(t)
	b.words(t)
	b.undocumented(t)
	b.redirects(t)
	b.unforeseen(t)
	b.noAnswer(t)
}

// unreadable are successes whose body is none.
func (b *binding) unreadable(t *testing.T) {
	if b.answerSchema(b.success()) == nil {
		return
	}
	right := b.right()
	for name, a := range map[string]answer{
		"empty":            {body: ""},
		"space":            {body: " \n"},
		"null":             {body: "null"},
		"HTML":             {body: "<html><title>Oops</title></html>", kind: "text/html"},
		"plain text":       {body: "error code: 1010", kind: "text/plain"},
		"cut off":          {body: right.body[:len(right.body)-1]},
		"data behind":      {body: right.body + "x"},
		"two values":       {body: right.body + right.body},
		"deeply nested":    {body: strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		"deep inside":      {body: strings.TrimSuffix(right.body, "}") + `,"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}"},
		"of another shape": {body: `"text"`},
	} {
		var value any
		if open := name == "null" || name == "of another shape"; open && json.Unmarshal([]byte(a.body), &value) == nil &&
			b.answerSchema(b.success()).VisitJSON(value) == nil {
			continue // a spec that leaves so much open
		}
		a.status = b.success()
		_, result, err := b.ask(t, a)
		var refused *rest.Error
		switch {
		case err == nil || result != nil:
			t.Errorf("answer that is %s passes for a success: %v", name, result)
		case !errors.Is(err, rest.ErrUndecodable) || !errors.As(err, &refused):
			t.Errorf("answer that is %s: the error is no ErrUndecodable: %v", name, err)
		case refused.Status != a.status || len(err.Error()) > 4096:
			t.Errorf("answer that is %s: status %d, %d bytes of words", name, refused.Status, len(err.Error()))
		}
	}
}

// tooLarge are answers beyond the cap: by what they claim, and by what they are.
func (b *binding) tooLarge(t *testing.T) {
	if b.answerSchema(b.success()) == nil {
		return
	}
	right := b.right().body
	for _, c := range []struct {
		name    string
		claims  int64
		options []rest.Option
		most    int64 // bytes that may be read
	}{
		{"claims to be large", 11 << 20, nil, 1 << 20},
		{"is larger than the client's cap", -1, []rest.Option{rest.WithMaxResponse(4096)}, 1 << 16},
	} {
		body := &counter{Reader: io.MultiReader(strings.NewReader(right), endless{})}
		_, result, err := b.ask(t, answer{status: b.success(), stream: body, length: c.claims}, c.options...)
		if result != nil || !errors.Is(err, rest.ErrTooLarge) || !errors.Is(err, rest.ErrUndecodable) {
			t.Errorf("answer that %s: result %v, error %v", c.name, result, err)
		}
		if body.n > c.most {
			t.Errorf("answer that %s: %d bytes of it were read", c.name, body.n)
		}
	}
}

// endless is space without end, up to what any cap should stop.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.n += int64(n); c.n > 64<<20 {
		return n, io.EOF // a client without a cap shall fail, not hang
	}
	return n, err
}

// undocumented are refusals in all forms that services, gateways and CDNs have.
func (b *binding) undocumented(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504, 599} {
		for _, a := range []answer{
			{body: `{"statusCode":` + fmt.Sprint(status) + `,"message":"first words"}`},
			{body: `{"message":["first words","second words"],"error":"Oops","traceId":"t-1"}`},
			{body: `{"status":` + fmt.Sprint(status) + `,"error":{"code":"c","message":"first words"}}`},
			{body: `first words`, kind: "text/plain"},
			{body: `<html><head><title>first words</title></head><body>` + strings.Repeat("x", 1<<17) + `</body></html>`, kind: "text/html"},
		} {
			a.status = status
			_, result, err := b.ask(t, a)
			if fault := b.refusedBy(status, "", result, err); fault != nil {
				t.Errorf("%d with %.60s: %v", status, a.body, fault)
				continue
			}
			if !strings.Contains(err.Error(), "first words") {
				t.Errorf("%d with %.60s: the service's words are lost: %v", status, a.body, err)
			}
			if is := errors.Is(err, rest.ErrServer); is != (status >= 500) {
				t.Errorf("%d: errors.Is(err, ErrServer) is %v", status, is)
			}
		}
	}
	for words, kind := range map[string]error{
		"The token is not authorized for this scope.":      rest.ErrMissingScope,
		"version header was not found.":                    rest.ErrVersionMissing,
		"version header is invalid":                        rest.ErrVersionUnknown,
		"Invalid JWT":                                      rest.ErrInvalidJWT,
		"Invalid token: access token is invalid":           rest.ErrInvalidAccessToken,
		"Invalid Private Integration token":                rest.ErrInvalidPrivateToken,
		"This token's user type is not yet supported!":     rest.ErrTokenType,
		"This location is not accessible from this token!": rest.ErrLocationAccess,
		"something that nobody has written down":           rest.ErrUnauthorized,
	} {
		_, _, err := b.ask(t, answer{status: 401, body: jsonText(map[string]any{"statusCode": 401, "message": words})})
		if !errors.Is(err, kind) || !errors.Is(err, rest.ErrUnauthorized) {
			t.Errorf("401 %q: the error is no %q: %v", words, kind, err)
		}
		for _, other := range []error{
			rest.ErrMissingScope, rest.ErrVersionMissing, rest.ErrVersionUnknown, rest.ErrInvalidJWT, rest.ErrInvalidAccessToken,
			rest.ErrInvalidPrivateToken, rest.ErrTokenType, rest.ErrLocationAccess, rest.ErrInvalidRequest, rest.ErrServer,
		} {
			if other != kind && errors.Is(err, other) {
				t.Errorf("401 %q: the error is %q as well: %v", words, other, err)
			}
		}
	}
	for _, c := range []struct {
		status int
		words  string
		is     []error
		isNot  []error
	}{
		{404, "first words", []error{rest.ErrNotFound}, []error{rest.ErrNoRoute, rest.ErrInvalid}},
		{404, "Cannot GET /snapshots", []error{rest.ErrNotFound, rest.ErrNoRoute}, nil},
		{400, "Snapshot not found", []error{rest.ErrNotFound, rest.ErrInvalid}, nil},
		{400, "first words", []error{rest.ErrInvalid}, []error{rest.ErrNotFound, rest.ErrBadVersion}},
		{400, "this is not available in API version v3 any more", []error{rest.ErrBadVersion, rest.ErrInvalid}, []error{rest.ErrNotFound}},
		{403, "The token does not have access to this location.", []error{rest.ErrForbidden, rest.ErrLocationAccess}, []error{rest.ErrBlocked}},
		{403, "error code: 1010", []error{rest.ErrForbidden, rest.ErrBlocked}, []error{rest.ErrLocationAccess}},
		{429, "first words", []error{rest.ErrRateLimited}, []error{rest.ErrDailyLimit}},
		{301, "first words", []error{rest.ErrRedirect}, []error{rest.ErrServer}},
		{500, "first words", []error{rest.ErrServer}, []error{rest.ErrRedirect, rest.ErrBlocked}},
	} {
		_, _, err := b.ask(t, answer{status: c.status, body: jsonText(map[string]any{"message": c.words})})
		for _, kind := range c.is {
			if !errors.Is(err, kind) {
				t.Errorf("%d %q: the error is no %q: %v", c.status, c.words, kind, err)
			}
		}
		for _, kind := range c.isNot {
			if errors.Is(err, kind) {
				t.Errorf("%d %q: the error is %q: %v", c.status, c.words, kind, err)
			}
		}
	}
	escaped := ""
	for _, letter := range token {
		escaped += fmt.Sprintf(`\u%04x`, letter)
	}
	for _, words := range []string{"Bearer " + token + " is no good", "the key " + token + " has ended", token, escaped} {
		for _, status := range []int{400, 401, 500} {
			body := fmt.Sprintf(`{"message":"%s","error":"%s"}`, words, words)
			_, _, err := b.ask(t, answer{status: status, body: body, header: http.Header{"X-Echo": {token}}})
			var refused *rest.Error
			if !errors.As(err, &refused) {
				t.Errorf("%d that repeats the token: %v", status, err)
			} else if strings.Contains(fmt.Sprint(err, string(refused.Body), refused.Header, refused.Messages, refused.LogValue()), token) {
				t.Errorf("%d: a service that repeats the token has it printed", status)
			}
		}
	}
}

// redirects must not be followed: they would take the token along.
func (b *binding) redirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{"https://elsewhere.test/", base + "/", "/snapshots/"} {
			w, result, err := b.ask(t, answer{status: status, header: http.Header{"Location": {to}}})
			if len(w.sent) != 1 {
				t.Errorf("%d to %s was followed", status, to)
			}
			if result != nil || !errors.Is(err, rest.ErrRedirect) {
				t.Errorf("%d to %s: result %v, error %v", status, to, result, err)
			}
			b.redirectsOfAProgram(t, answer{status: status, header: http.Header{"Location": {to}}})
		}
	}
}

// redirectsOfAProgram sends through a client of the program's own, which would follow redirects by itself.
func (b *binding) redirectsOfAProgram(t *testing.T, a answer) {
	t.Helper()
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(a, b.right())
	options = append(options, rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithHTTPClient(&http.Client{Transport: w, Timeout: time.Minute}))
	_, err = b.call(t.Context(), b.client(t, w, options...), request)
	if len(w.sent) != 1 || !errors.Is(err, rest.ErrRedirect) {
		t.Errorf("%d through a program's own client: %d requests, error %v", a.status, len(w.sent), err)
	}
}

// unforeseen puts keys into the answer that the spec does not know; they must not disturb.
func (b *binding) unforeseen(t *testing.T) {
	right := b.right()
	var value any
	if json.Unmarshal([]byte(right.body), &value) != nil {
		return
	}
	grow(value)
	_, result, err := b.ask(t, answer{status: right.status, body: jsonText(value)})
	if err != nil {
		t.Errorf("keys that the spec does not know: %v", err)
		return
	}
	if err := decoded(b.answerSchema(right.status), right.body, result); err != nil {
		t.Errorf("keys that the spec does not know: %v", err)
	}
}

func grow(value any) {
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			grow(inner)
		}
		v["unforeseen"] = map[string]any{"deep": []any{1.0, nil, "text"}}
	case []any:
		for _, inner := range v {
			grow(inner)
		}
	}
}

// noAnswer is a connection that fails.
func (b *binding) noAnswer(t *testing.T) {
	cause := errors.New("cable pulled")
	_, result, err := b.ask(t, answer{err: cause})
	if result != nil || !errors.Is(err, cause) || !errors.Is(err, rest.ErrNoAnswer) {
		t.Errorf("no answer: result %v, error %v", result, err)
	}
	if err != nil && (strings.Contains(err.Error(), token) || !strings.HasPrefix(err.Error(), b.rest.String()+": ")) {
		t.Errorf("no answer: the words are %v", err)
	}
}
