package oauth

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Only what the service itself says about the grant ends it. A gateway that answers in its place, or a fault of the app,
// must not keep a good refresh token from being sent again.
func TestWhichRefusalsEndAGrant(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		status int
		body   string
		again  bool // a person has to authorize again
	}{
		{400, `{"error":"invalid_grant","error_description":"used up"}`, true},
		{400, `{"statusCode":400,"message":"Invalid grant: refresh token is invalid"}`, true},
		{401, `{"statusCode":401,"message":"This refresh token is invalid","error":"Unauthorized"}`, true},
		{400, `{"error":"invalid_client"}`, false},
		{401, `{"error":"invalid_client","error_description":"bad secret"}`, false},
		{400, `{"error":"unauthorized_client"}`, false},
		{400, `{"error":"invalid_request"}`, false},
		{401, `{"statusCode":401,"message":"version header was not found."}`, false},
		{400, `<html><title>400 Bad Request</title></html>`, false},
		{400, ``, false},
		{401, `error code: 1010`, false},
		{403, `{"message":"no"}`, false},
		{404, `{"message":"Cannot POST /oauth/token"}`, false},
		{422, `{"message":["client_id must be a string"]}`, false},
		{500, `{"error":"invalid_grant"}`, false},
		{429, `{"error":"invalid_grant"}`, false},
		{400, `{"error":{"code":"INVALID_GRANT","message":"The grant cannot be used."}}`, true},
		{400, `{"code":400,"error":"invalid_grant","message":"Bad"}`, true},
		{403, `{"error":"invalid_grant"}`, true},
		{400, `{"message":["Invalid grant: authorization code is invalid"]}`, true},
		{400, `{"message":"Location is not active"}`, false},
		{400, `{"error":"invalid_grant","error_description":"Location is not active"}`, false},
		{400, `{"statusCode":400,"message":"Company is not active","error":"Bad Request"}`, false},
		{400, `{"error":"invalid_grant","error_description":"Token is not active"}`, true},
		{400, `{"message":"upstream connect error"}`, false},
		{400, `{"message":"upstream connect error or disconnect/reset before headers. reset reason: connection failure"}`, false},
		{401, `{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`, false},
		{400, `{"error":"unsupported_grant_type","message":"Invalid grant type"}`, false},
		{400, `{"message":"invalid_grant_type"}`, false},
		{400, `{"error":"bad_request"}`, false},
		{400, `{}`, false},
		{400, `[]`, false},
		{400, `null`, false},
		{400, `{"error":"invalid_grant"`, false},
		{400, `invalid_grant`, false},
		{400, `Invalid grant: refresh token is invalid`, false},
		{400, `{"message":"It could not be found out whether the refresh token is invalid; try later"}`, false},
		{400, `{"message":"Your refresh token is invalid."}`, true},
		{400, "error: invalid_grant\n", false},
		{400, "\xef\xbb\xbf" + `{"error":"invalid_grant"}`, true},
		{400, "\xef\xbb\xbf" + `{"message":"Location is not active"}`, false},
		{400, `"invalid_grant"`, true},
		{400, ` {"error" : "invalid_grant"}` + "\r\n", true},
		{400, `<html><body>{"error":"invalid_grant"}</body></html>`, false},
		{403, `<html><h1>403 Forbidden</h1></html>`, false},
	} {
		var asked atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
		}))
		s := source(t, Config{ClientID: "app", ClientSecret: "client-secret", BaseURL: server.URL,
			Options: []rest.Option{rest.WithRetry(rest.Retry{Attempts: 1})}}, MemoryStore(ended))
		want := int64(2)
		if c.again {
			want = 1
		}
		for range 2 {
			if _, err := s.Token(t.Context(), ""); err == nil || errors.Is(err, ErrAuthorizeAgain) != c.again {
				t.Errorf("%d %s: %v", c.status, c.body, err)
			}
		}
		if asked.Load() != want {
			t.Errorf("%d %s: asked %d times, want %d", c.status, c.body, asked.Load(), want)
		}
		server.Close()
	}
}

// A token that lives for a minute is near its end all the time; it serves nevertheless.
func TestShortLivedTokenIsNotReplacedWithEveryCall(t *testing.T) {
	leak.Check(t)
	for _, lives := range []int{60, 299, 300, 301, 3600} {
		i, c := start(t)
		i.lives = lives
		path := filepath.Join(t.TempDir(), "token.json")
		if err := FileStore(path).Swap(t.Context(), Token{}, ended); err != nil {
			t.Fatal(err)
		}
		for range 3 { // programs, one after the other
			s := source(t, c, FileStore(path))
			for range 5 {
				if _, err := s.Token(t.Context(), ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		if i.count() != 1 {
			t.Errorf("a token of %d s: %d refreshes", lives, i.count())
		}
	}
}

// While the token still serves, one caller in a while finds out that no new one comes; the others do not wait for it.
func TestCallersDoNotWaitForANewTokenWhileTheOldOneServes(t *testing.T) {
	leak.Check(t)
	i, c := start(t)
	i.status = 503
	near := ended
	near.Expires = time.Now().Add(time.Minute)
	s := source(t, c, MemoryStore(near))
	for range 10 {
		if got, err := s.Token(t.Context(), ""); err != nil || got.Value != near.AccessToken {
			t.Errorf("error %v", err)
		}
	}
	if i.count() != 2 { // one refresh of two attempts
		t.Errorf("the endpoint was asked %d times", i.count())
	}
	i.mu.Lock()
	i.status = 0
	i.mu.Unlock()
	s.failed = s.failed.Add(-failurePause)
	if got, err := s.Token(t.Context(), ""); err != nil || got.Value != "access-secret-1" {
		t.Errorf("a while later: error %v", err)
	}
}

// Comparing and replacing are one step for all who have the file open, lock or no lock.
func TestOneOfManySwapsOfAFileWins(t *testing.T) {
	leak.Check(t)
	path := filepath.Join(t.TempDir(), "token.json")
	if err := FileStore(path).Swap(t.Context(), Token{}, ended); err != nil {
		t.Fatal(err)
	}
	for turn := range 10 {
		old, err := FileStore(path).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for n := range 8 {
			all.Go(func() {
				err := FileStore(path).Swap(t.Context(), old, Token{AccessToken: fmt.Sprint(turn, "-", n)})
				if err == nil {
					won.Add(1)
				} else if !errors.Is(err, ErrChanged) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 {
			t.Errorf("%d swaps won", won.Load())
		}
	}
}

func TestNoSecretIsLogged(t *testing.T) {
	leak.Check(t)
	_, c := start(t)
	c.Options = nil
	var log strings.Builder
	l := slog.New(slog.NewJSONHandler(&log, nil))
	l.Info("x", "config", c, "pointer", &c, "token", ended, "token pointer", &ended, "source", source(t, c, MemoryStore(ended)),
		"call", struct{ Token rest.Token }{rest.Token{Value: "access-secret"}})
	if strings.Contains(log.String(), "-secret") {
		t.Error(log.String())
	}
}
