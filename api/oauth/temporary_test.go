package oauth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
)

type awayStore struct{ Store }

func (awayStore) Lock(context.Context) (func(), error) { return nil, errors.New("connection refused") }

// temporary reports what an error says of itself.
func temporary(err error) bool {
	one, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](err)
	return ok && one.Temporary()
}

// Whoever waits for something has to know whether to go on, whichever endpoint gave no token.
func TestAnErrorSaysWhetherItMayPass(t *testing.T) {
	leak.Check(t)
	for _, c := range []struct {
		status int
		body   string
		passes bool
	}{
		{403, `<html><h1>403 Forbidden</h1></html>`, true},
		{403, `error code: 1010`, true},
		{403, ``, true},
		{400, `{"message":"Location is not active"}`, true},
		{400, `{"error":"invalid_grant","error_description":"Location is not active"}`, true},
		{401, `{"message":"upstream connect error or disconnect/reset before headers"}`, true},
		{400, `invalid_grant`, true},
		{404, `<html>not found</html>`, true},
		{500, `{"error":"invalid_client"}`, true},
		{503, ``, true},
		{429, ``, true},
		{408, ``, true},
		{200, `<html>login</html>`, true},
		{200, `{"status":"ok"}`, true},
		{400, `{"error":"invalid_grant"}`, false},
		{400, "\xef\xbb\xbf" + `{"error":"invalid_grant"}`, false},
		{401, `{"error":"invalid_client"}`, false},
		{400, `{"error":"unauthorized_client"}`, false},
		{422, `{"message":["client_id must be a string"]}`, false},
		{404, `{"message":"Cannot POST /oauth/token"}`, false},
		{401, `{"message":"The token is not authorized for this scope."}`, false},
		{403, `{"message":"The token does not have access to this location."}`, false},
		{302, ``, true},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
		}))
		options := []rest.Option{rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil)}
		app := source(t, Config{ClientID: "app", ClientSecret: "a", BaseURL: server.URL, Options: options}, MemoryStore(ended))
		agency, err := NewClient(append(options, rest.WithBaseURL(server.URL), rest.WithToken("access-secret"))...)
		if err != nil {
			t.Fatal(err)
		}
		location, err := agency.LocationSource(LocationTokenRequest{CompanyID: "c", LocationID: "l"})
		if err != nil {
			t.Fatal(err)
		}
		for name, tokens := range map[string]rest.TokenSource{"app": app, "location": location} {
			client, err := rest.New(append(options, rest.WithBaseURL("https://service.test"), rest.WithTokenSource(tokens))...)
			if err != nil {
				t.Fatal(err)
			}
			err = rest.Send(t.Context(), client, rest.NewRequest(&getThing))
			if name == "location" && c.body == `{"error":"invalid_grant"}` {
				continue // such words are of the other endpoint
			}
			if !errors.Is(err, rest.ErrTokenSource) || temporary(err) != c.passes {
				t.Errorf("%s: %d %s: may pass %v, %v", name, c.status, c.body, temporary(err), err)
			}
			client.CloseIdleConnections()
		}
		agency.restClient().CloseIdleConnections()
		server.Close()
	}
	for name, c := range map[string]struct {
		store  Store
		passes bool
	}{"an empty store": {MemoryStore(Token{}), false}, "a store that is away": {awayStore{MemoryStore(ended)}, true}} {
		s := source(t, Config{ClientID: "app", ClientSecret: "a"}, c.store)
		if _, err := s.Token(t.Context(), ""); err == nil || temporary(err) != c.passes {
			t.Errorf("%s: %v", name, err)
		}
	}
}
