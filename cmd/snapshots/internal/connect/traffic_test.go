package connect

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// send sends a request through what shows traffic, and returns what was shown.
func send(t *testing.T, path, body, answer string) string {
	t.Helper()
	var shown strings.Builder
	transport := showTraffic(&shown)(roundTripper(func(r *http.Request) (*http.Response, error) {
		if _, err := io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		return &http.Response{Status: "200 OK", StatusCode: 200, Header: http.Header{"Set-Cookie": {"session=secret-cookie"}}, Body: io.NopCloser(strings.NewReader(answer))}, nil
	}))
	r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1"+path, io.NopCloser(strings.NewReader(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer secret-token")
	got, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if read, err := io.ReadAll(got.Body); err != nil || string(read) != answer {
		t.Errorf("the answer is %q, %v", read, err)
	}
	return shown.String()
}

func TestTrafficIsShownWithoutSecrets(t *testing.T) {
	shown := send(t, "/snapshots/", `{"a":1}`, "the token secret-token,\x1b[2J "+strings.Repeat("x", 2*maxShown))
	for _, want := range []string{"> POST http://127.0.0.1/snapshots/\n", "> Authorization: Bearer [token]\n", `> {"a":1}`, "< 200 OK", "the token [token]", `\x1b[2J`, "…"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in\n%.2000s", want, shown)
		}
	}
	if strings.Contains(shown, "secret") || strings.Contains(shown, "\x1b") {
		t.Errorf("shown is\n%.2000s", shown)
	}
}

func TestBodiesOfTheTokenEndpointAreNotShown(t *testing.T) {
	shown := send(t, "/oauth/token", "client_secret=secret-1&refresh_token=secret-2", `{"access_token":"secret-3"}`)
	if strings.Contains(shown, "secret-") || strings.Count(shown, "[the body is not shown") != 2 {
		t.Errorf("shown is\n%s", shown)
	}
}
