package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

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

func TestServerOfAnOperationIsSentNoTokenUnencrypted(t *testing.T) {
	leak.Check(t)
	const server = "http://files.test"
	if _, err := New(WithBaseURL("https://service.test"), WithServers(server), WithToken("t")); err == nil || !strings.Contains(err.Error(), server) {
		t.Errorf("got %v", err)
	}
	for _, allowed := range [][]Option{{WithServers(server), WithPlainHTTP()}, {WithServers("http://127.0.0.1:1")}, {WithServers("https://files.test")}} {
		if _, err := New(append(allowed, WithToken("t"))...); err != nil {
			t.Errorf("allowed, but refused: %v", err)
		}
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

// renewing returns "old" until that is refused, then "new".
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
