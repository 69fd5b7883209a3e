package console

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestOnlyItsOwnPageOnThisMachineIsAnswered(t *testing.T) {
	server := start(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	host := func(host string) func(*http.Request) {
		return func(r *http.Request) { r.Host = strings.ReplaceAll(host, "PORT", port) }
	}
	header := func(pairs ...string) func(*http.Request) {
		return func(r *http.Request) {
			for i := 0; i < len(pairs); i += 2 {
				r.Header.Set(pairs[i], pairs[i+1])
			}
		}
	}
	for _, c := range []struct {
		name         string
		method, path string
		edit         func(*http.Request)
		want         int
	}{
		{"the page", "GET", "/", nil, 200},
		{"the page by the machine's name", "GET", "/", host("localhost:PORT"), 200},
		{"the name in capitals", "GET", "/", host("LOCALHOST:PORT"), 200},
		{"the name in capitals, with the origin that a browser makes of it", "GET", "/api/state", func(r *http.Request) {
			r.Host = "LocalHost:" + port
			r.Header.Set("Origin", "http://localhost:"+port)
		}, 200},
		{"IPv6", "GET", "/api/state", host("[::1]:PORT"), 200},
		{"IPv6 in another spelling", "GET", "/api/state", host("[0:0:0:0:0:0:0:1]:PORT"), 200},
		{"a link from elsewhere", "GET", "/", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"), 200},
		{"another name that leads here", "GET", "/", host("evil.example.com"), 403},
		{"another name with the port", "GET", "/", host("evil.example.com:PORT"), 403},
		{"another port", "GET", "/", host("127.0.0.1:1"), 403},
		{"no port", "GET", "/", host("localhost"), 403},
		{"a port that is not a number", "GET", "/", host("localhost:http"), 403},
		{"a dot after the name", "GET", "/", host("localhost.:PORT"), 403},
		{"a dot after the address", "GET", "/", host("127.0.0.1.:PORT"), 403},
		{"IPv6 without brackets", "GET", "/", host("::1:PORT"), 403},
		{"another address of IPv6", "GET", "/", host("[2001:db8::1]:PORT"), 403},
		{"the address that stands for all", "GET", "/", host("0.0.0.0:PORT"), 403},
		{"a number that is an address", "GET", "/", host("2130706433:PORT"), 403},
		{"a name that begins like this machine's", "GET", "/api/state", host("localhost.evil.example.com:PORT"), 403},
		{"another address", "GET", "/api/state", host("192.0.2.1:PORT"), 403},
		{"another origin", "GET", "/api/state", header("Origin", "https://evil.example.com"), 403},
		{"an origin without a name", "GET", "/api/state", header("Origin", "null"), 403},
		{"an origin of another scheme", "GET", "/api/state", header("Origin", "https://127.0.0.1:"+port), 403},
		{"another port of this machine", "GET", "/api/state", header("Origin", "http://127.0.0.1:1"), 403},
		{"another name of this machine", "GET", "/api/state", header("Origin", "http://localhost:"+port), 403},
		{"a script from elsewhere", "GET", "/api/state", header("Sec-Fetch-Site", "cross-site"), 403},
		{"a script of another port", "GET", "/api/events", header("Sec-Fetch-Site", "same-site"), 403},
		{"a link from elsewhere to what is known", "GET", "/api/state", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"), 403},
		{"a form from elsewhere", "POST", "/", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"), 403},
		{"a form without the header", "POST", "/api/faults", func(r *http.Request) { r.Header.Del("X-Console") }, 403},
		{"a question of a browser whether it may", "OPTIONS", "/api/faults", func(r *http.Request) { r.Header.Del("X-Console") }, 403},
		{"a body that is not JSON", "POST", "/api/faults", header("Content-Type", "text/plain"), 415},
		{"a body that is called a form", "POST", "/api/call", header("Content-Type", "application/x-www-form-urlencoded"), 415},
		{"no such page", "GET", "/none", nil, 404},
		{"no such method", "PUT", "/api/state", nil, 405},
		{"no such push", "POST", "/api/pushes/none", nil, 400},
	} {
		if got, text := send(t, server, c.method, c.path, nil, c.edit); got != c.want {
			t.Errorf("%s: status %d, want %d: %s", c.name, got, c.want, text)
		}
	}
}

// On any address, the console answers this machine only.
func TestRequestsFromOtherMachinesAreRefused(t *testing.T) {
	box := sandbox.New(withConsole(t.Context(), t))
	for from, want := range map[string]int{"127.0.0.1:5000": 200, "[::1]:5000": 200, "[::ffff:127.0.0.1]:5000": 200, "192.0.2.7:5000": 403, "[fe80::1%eth0]:5000": 403, "": 403, "@": 403} {
		r := httptest.NewRequest("GET", Path+"/api/state", nil)
		r.RemoteAddr, r.Host = from, "127.0.0.1:8080"
		r = r.WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4zero, Port: 8080}))
		w := httptest.NewRecorder()
		box.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("from %q: status %d, want %d: %s", from, w.Code, want, w.Body)
		}
	}
}

func TestEveryAnswerHasTheHeadersThatIsolateThePage(t *testing.T) {
	server := start(t)
	for _, c := range []struct {
		method, path string
		edit         func(*http.Request)
	}{
		{"GET", "/", nil},
		{"GET", "", nil},
		{"GET", "/console.js", nil},
		{"GET", "/none", nil},
		{"GET", "/console.js", func(r *http.Request) { r.Header.Set("Range", "bytes=99999999-") }},
		{"PUT", "/api/state", nil},
		{"GET", "/api/state", nil},
		{"GET", "/api/requests/1", nil},
		{"GET", "/api/requests.har", nil},
		{"POST", "/api/call", nil},
		{"GET", "/", func(r *http.Request) { r.Host = "evil.example.com" }},
	} {
		r, err := http.NewRequest(c.method, server.URL+Path+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.edit != nil {
			c.edit(r)
		}
		r.Header.Set("X-Console", "1")
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := response.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s %s: status %d: %s is %q, want %q", c.method, c.path, response.StatusCode, name, got, want)
			}
		}
		policy := response.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s %s: status %d: the policy %q does not have %s", c.method, c.path, response.StatusCode, policy, part)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("the policy is %q", policy)
		}
	}
}
