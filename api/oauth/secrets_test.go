package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

func TestNoWayOfPrintingLoggingOrEncodingShowsASecret(t *testing.T) {
	leak.Check(t)
	_, config := start(t)
	config.Options = nil // functions cannot be encoded
	store := MemoryStore(ended)
	values := map[string]any{
		"token": ended, "token pointer": &ended, "tokens": []Token{ended}, "token pointers": []*Token{&ended}, "token map": map[string]Token{"a": ended},
		"token in a struct": struct{ Token Token }{ended}, "config": config, "config pointer": &config, "configs": []Config{config},
		"config in a struct": struct{ Config Config }{config}, "store": store, "stores": []Store{store}, "store in a struct": struct{ Store Store }{store},
		"hidden store": struct{ store Store }{store}, "source": source(t, config, store), "sources": []*Source{source(t, config, store)},
		"rest token": ended.wire(), "info": ended.Info(),
	}
	for name, v := range values {
		var logged strings.Builder
		for _, handler := range []slog.Handler{slog.NewJSONHandler(&logged, nil), slog.NewTextHandler(&logged, nil)} {
			slog.New(handler).Info("x", "value", v, slog.Group("group", "value", v))
		}
		encoded, err := json.Marshal(v)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for way, text := range map[string]string{
			"print": fmt.Sprintf("%v %+v %#v %s %q %x", v, v, v, v, v, v), "slog": logged.String(), "JSON": string(encoded),
		} {
			if strings.Contains(text, "-secret") || strings.Contains(text, fmt.Sprintf("%x", "secret")) {
				t.Errorf("%s: %s shows %s", name, way, text)
			}
		}
	}
}

// chatty is a store whose errors repeat what it was given and what it holds.
type chatty struct {
	Store
	lock, load, swap error
}

func (c *chatty) Lock(ctx context.Context) (func(), error) {
	if c.lock != nil {
		return nil, c.lock
	}
	return c.Store.Lock(ctx)
}

func (c *chatty) Load(ctx context.Context) (Token, error) {
	if c.load != nil {
		return Token{}, c.load
	}
	return c.Store.Load(ctx)
}

func (c *chatty) Swap(ctx context.Context, old, next Token) error {
	if c.swap == nil {
		return c.Store.Swap(ctx, old, next)
	}
	return fmt.Errorf("%w: replace %s %s by %s %s", c.swap, old.AccessToken, old.RefreshToken, next.AccessToken, next.RefreshToken)
}

func TestErrorOfAStoreShowsNoToken(t *testing.T) {
	leak.Check(t)
	_, config := start(t)
	broken := errors.New("broken")
	for name, store := range map[string]*chatty{
		"swap":                 {swap: broken},
		"load of JSON":         {load: fmt.Errorf(`%w: cannot read {"access_token": "access-secret-9","refresh_token":"refresh-secret-9"}`, broken)},
		"load of an address":   {load: fmt.Errorf(`%w: GET https://store.example/?refresh_token=refresh-secret-9&x=1`, broken)},
		"load of a struct":     {load: fmt.Errorf(`%w: {AccessToken:access-secret-9 RefreshToken:refresh-secret-9}`, broken)},
		"load of escaped JSON": {load: fmt.Errorf(`%w: row {\"access_token\": \"access-secret-9\",\"refresh_token\":\"refresh-secret-9\"}`, broken)},
		"load of a hash":       {load: fmt.Errorf(`%w: {"refresh_token" => "refresh-secret-9"}, access token := access-secret-9`, broken)},
		"load of an escape":    {load: fmt.Errorf(`%w: to=%%2Fx%%3Frefresh_token%%3Drefresh-secret-9`, broken)},
		"lock":                 {lock: fmt.Errorf(`%w: held for {"refreshToken":"refresh-secret-9"} of client-secret`, broken)},
	} {
		store.Store = MemoryStore(ended)
		s := source(t, config, store)
		var told []error
		s.OnRefresh = func(err error) { told = append(told, err) }
		_, err := s.Token(t.Context(), "")
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
		if text := fmt.Sprintf("%v %+v %v", err, err, told); strings.Contains(text, "-secret") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// The new tokens may be in an answer that cannot be read.
func TestUnreadableAnswerOfTheTokenEndpointIsNotInTheError(t *testing.T) {
	leak.Check(t)
	for _, body := range []string{`{"access_token":"access-secret-1","refresh_token":"refresh-secret-1"`, `["access-secret-1"]`, `access-secret-1`} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
		config := Config{ClientID: "app", ClientSecret: "client-secret", BaseURL: server.URL, Options: []rest.Option{rest.WithRetry(rest.Retry{Attempts: 1})}}
		_, err := config.Exchange(t.Context(), "code-secret")
		e, ok := errors.AsType[*rest.Error](err)
		if !ok {
			t.Fatalf("%s: %v", body, err)
		}
		if text := fmt.Sprintf("%v %s %v %v", err, e.Body, e.Messages, e.Header); strings.Contains(text, "-secret") || errors.Is(err, ErrAuthorizeAgain) {
			t.Errorf("%s: %s", body, text)
		}
		server.Close()
	}
}

// A short secret may stand in any word, also in those that tell a used grant from other refusals.
func TestShortSecretDoesNotHideAUsedGrant(t *testing.T) {
	leak.Check(t)
	i, config := start(t)
	i.status = 400
	config.ClientSecret = "invalid"
	if _, err := config.Exchange(t.Context(), "grant"); !errors.Is(err, ErrAuthorizeAgain) {
		t.Errorf("error is %v", err)
	}
}
