package mcpserver

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/highlevel-go/snapshots/api/rest"
)

// secrets are the tokens that were sent. No result may contain one of them, whatever the service repeats.
type secrets struct {
	mu   sync.Mutex
	sent []string
}

// collect records the token of each request.
func (s *secrets) collect(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if _, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && token != "" {
			s.add(token)
		}
		return next.RoundTrip(r)
	})
}

func (s *secrets) add(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	inJSON, _ := json.Marshal(token) // JSON escapes some characters, and so do results
	for _, form := range []string{token, strings.Trim(string(inJSON), `"`)} {
		if !slices.Contains(s.sent, form) {
			s.sent = append(s.sent, form)
		}
	}
}

// redact returns text without the tokens, and without anything that looks like one.
func (s *secrets) redact(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return rest.RedactError(errors.New(text), s.sent...).Error()
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
