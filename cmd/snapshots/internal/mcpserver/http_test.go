package mcpserver_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/mcpserver"
)

const httpToken = "0123456789abcdef0123456789abcdef"

func serveHTTP(t *testing.T, token string) *httptest.Server {
	t.Helper()
	server, err := mcpserver.New(sandboxOptions(t, sandbox.New()))
	if err != nil {
		t.Fatal(err)
	}
	out := httptest.NewServer(mcpserver.Handler(server, token))
	t.Cleanup(out.Close)
	return out
}

func TestHTTPServesClientsWithTheToken(t *testing.T) {
	server := serveHTTP(t, httpToken)
	withToken := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		r.Header.Set("Authorization", "Bearer "+httpToken)
		return http.DefaultTransport.RoundTrip(r)
	})}
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(),
		&mcp.StreamableClientTransport{Endpoint: server.URL, HTTPClient: withToken}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got := read[api.SnapshotList](t, c, "get-custom-snapshots", nil); len(got.Snapshots) != 2 {
		t.Errorf("read %+v", got)
	}
}

func TestHTTPRefusesStrangers(t *testing.T) {
	server := serveHTTP(t, httpToken)
	for name, test := range map[string]struct {
		header map[string]string
		host   string
		want   int
	}{
		"no token":          {want: http.StatusUnauthorized},
		"a wrong token":     {header: map[string]string{"Authorization": "Bearer " + httpToken[1:]}, want: http.StatusUnauthorized},
		"another scheme":    {header: map[string]string{"Authorization": "Basic " + httpToken}, want: http.StatusUnauthorized},
		"another host":      {header: map[string]string{"Authorization": "Bearer " + httpToken}, host: "rebound.example", want: http.StatusForbidden},
		"a page of the web": {header: map[string]string{"Authorization": "Bearer " + httpToken, "Origin": "https://page.example"}, want: http.StatusForbidden},
		"a page of no host": {header: map[string]string{"Authorization": "Bearer " + httpToken, "Origin": "null"}, want: http.StatusForbidden},
		"a similar host":    {header: map[string]string{"Authorization": "Bearer " + httpToken, "Origin": "http://localhost.example"}, want: http.StatusForbidden},
		"a local page":      {header: map[string]string{"Authorization": "Bearer " + httpToken, "Origin": "http://localhost:3000"}, want: http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(
				`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			for key, value := range test.header {
				r.Header.Set(key, value)
			}
			if test.host != "" {
				r.Host = test.host
			}
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != test.want {
				t.Errorf("status %d, want %d", resp.StatusCode, test.want)
			}
		})
	}
}

// TestARequestToASessionNeedsTheToken has the id of another client's session, and then one that no client has.
func TestARequestToASessionNeedsTheToken(t *testing.T) {
	server := serveHTTP(t, httpToken)
	post := func(token, session, body string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"},
			"Authorization": {"Bearer " + token}, "Mcp-Session-Id": {session}}
		if session == "" {
			r.Header.Del("Mcp-Session-Id")
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp
	}
	session := post(httpToken, "", `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`).Header.Get("Mcp-Session-Id")
	if len(session) < 16 {
		t.Fatalf("the session is %q", session)
	}
	const list = `{"jsonrpc":"2.0","id":2,"method":"tools/list"}`
	for _, test := range []struct {
		token, session, body string
		want                 int
	}{
		{httpToken, session, `{"jsonrpc":"2.0","method":"notifications/initialized"}`, http.StatusAccepted},
		{httpToken, session, list, http.StatusOK},
		{"another-token-of-16-characters", session, list, http.StatusUnauthorized},
		{httpToken, session + "x", list, http.StatusNotFound},
		{httpToken, session, strings.Repeat(" ", 5<<20) + list, http.StatusRequestEntityTooLarge},
		{httpToken, session, "garbage", http.StatusBadRequest},
	} {
		if got := post(test.token, test.session, test.body).StatusCode; got != test.want {
			t.Errorf("session %s, %.40q: status %d, want %d", test.session, test.body, got, test.want)
		}
	}
}

func TestHTTPWithoutATokenRefusesEverything(t *testing.T) {
	server := serveHTTP(t, "")
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, nil)
	r.Header.Set("Authorization", "Bearer ")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("status %d, want 401", resp.StatusCode)
	}
}

func TestListenAcceptsLoopbackAddressesOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "127.0.0.1"} {
		if listener, err := mcpserver.Listen(addr); err == nil {
			_ = listener.Close()
			t.Errorf("listened on %s", addr)
		}
	}
	listener, err := mcpserver.Listen("localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
}
