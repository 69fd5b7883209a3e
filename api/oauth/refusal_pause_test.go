package oauth

import (
	"errors"
	"net/http"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// A refusal is not the last word: after some minutes the same refresh token is sent again.
func TestRefusedRefreshTokenIsSentAgainAfterMinutes(t *testing.T) {
	leak.Check(t)
	synctest.Test(t, func(t *testing.T) {
		asked, refuse := 0, true
		service := lossy(func(q *http.Request) (*http.Response, error) {
			asked++
			if refuse {
				return says(q, 400, `{"error":"invalid_grant"}`), nil
			}
			return says(q, 200, `{"access_token":"access-secret-1","refresh_token":"refresh-secret-1","expires_in":86399}`), nil
		})
		config := Config{ClientID: "app", ClientSecret: "client-secret", Options: []rest.Option{rest.WithHTTPClient(&http.Client{Transport: service})}}
		s := source(t, config, MemoryStore(Token{AccessToken: "access-secret-0", RefreshToken: "refresh-secret-0", Expires: time.Now()}))
		begin := time.Now()
		for range 10 { // a call every ten seconds
			if _, err := s.Token(t.Context(), ""); !errors.Is(err, ErrAuthorizeAgain) {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Second)
		}
		if asked != 1 {
			t.Errorf("asked %d times in %v", asked, time.Since(begin))
		}
		refuse = false
		time.Sleep(3 * time.Minute)
		if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-1" {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
	})
}

// A location that is paused answers with an error as long as it is; nothing of it is remembered.
func TestPausedLocationServesAsSoonAsItIsActive(t *testing.T) {
	leak.Check(t)
	i, config := start(t)
	paused := true
	config.Options = append(config.Options, rest.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return lossy(func(q *http.Request) (*http.Response, error) {
			if paused {
				return says(q, 400, `{"error":"invalid_grant","message":"Location is not active"}`), nil
			}
			return next.RoundTrip(q)
		})
	}))
	s := source(t, config, MemoryStore(ended))
	for range 3 {
		if _, err := s.Token(t.Context(), ""); err == nil || errors.Is(err, ErrAuthorizeAgain) {
			t.Errorf("error is %v", err)
		}
	}
	paused = false
	if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-1" || i.count() != 1 {
		t.Errorf("error %v", err)
	}
}

// A store that ends the goroutine of a refresh must not leave its callers waiting.
func TestRefreshThatEndsItsGoroutineIsAnError(t *testing.T) {
	leak.Check(t)
	_, config := start(t)
	s := source(t, config, MemoryStore(ended))
	s.OnRefresh = func(error) { runtime.Goexit() }
	if _, err := s.Token(t.Context(), ""); err == nil {
		t.Error("no error")
	}
	s.OnRefresh = nil
	if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-1" {
		t.Errorf("after it: %v", err)
	}
}
