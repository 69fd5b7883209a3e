package rest

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestASharedClientKeepsItsOwnDefaultsAndServers(t *testing.T) {
	leak.Check(t)
	const own = "https://other.test"
	seen := 0
	owner := func(opts ...Option) *Client {
		c, err := New(append([]Option{WithBaseURL("https://service.test"), WithToken("pit-1"), WithDefault("Version", "1"), WithDefault("companyId", "c"),
			WithHooks(Hooks{AttemptStart: func(context.Context, Attempt) { seen++ }}), WithBudget(nil), WithRetry(Retry{Attempts: 1})}, opts...)...)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for name, c := range map[string]struct {
		owner *Client
		want  string
	}{
		"at the section's own address": {owner(), "https://other.test/thing"},
		"at the program's address":     {owner(WithBaseURL("https://sandbox.test")), "https://sandbox.test/thing"},
	} {
		var url, token string
		transport := roundTripFunc(func(r *http.Request) (*http.Response, error) {
			url, token = r.URL.String(), r.Header.Get("Authorization")
			return nil, errors.New("cut off")
		})
		section, err := New(WithBaseURL("https://service.test"), WithServers(own), WithDefault("Version", "2"), WithShared(c.owner),
			WithHTTPClient(&http.Client{Transport: transport}))
		if err != nil {
			t.Fatal(err)
		}
		if section.Default("Version") != "2" || section.Default("companyId") != "c" || c.owner.Default("Version") != "1" || section.Identity() != c.owner.Identity() {
			t.Errorf("%s: version %s, company %s", name, section.Default("Version"), section.Default("companyId"))
		}
		seen = 0
		_ = Send(t.Context(), section, NewRequest(&Operation{ID: "get-thing", Method: "GET", Path: "/thing", Server: own}))
		if url != c.want || token != "Bearer pit-1" || seen != 1 {
			t.Errorf("%s: sent to %s with %q, %d hooks", name, url, token, seen)
		}
	}
	for _, bad := range []*Client{nil, {}} {
		if _, err := New(WithShared(bad)); !errors.Is(err, ErrInvalidRequest) {
			t.Error(err)
		}
	}
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
