package tokens_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
)

// wait listens at a redirect URL of this machine, and returns the address of it.
func listen(t *testing.T) (*tokens.Callback, string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + free.Addr().String() + "/callback"
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	callback, err := tokens.Listen(address, "right")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(callback.Close)
	return callback, address
}

func visit(t *testing.T, method, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(page)
}

// Only the request that the service sends the browser to counts, and of several the first.
func TestCallbackReturnsTheFirstCodeWithTheState(t *testing.T) {
	callback, address := listen(t)
	for _, other := range []string{"?code=forged&state=wrong", "?code=forged", "/other?code=forged&state=right", "?error=access_denied&state=wrong", "?code=a&code=b"} {
		if status, page := visit(t, http.MethodGet, address+other); status < 400 || strings.Contains(page, "granted") || strings.Contains(page, "forged") {
			t.Errorf("%s: %d %s", other, status, page)
		}
	}
	if status, _ := visit(t, http.MethodPost, address+"?code=forged&state=right"); status != http.StatusNotFound {
		t.Errorf("POST: %d", status)
	}
	if status, page := visit(t, http.MethodGet, address+"?code=first&state=right"); status != http.StatusOK || !strings.Contains(page, "go back to the terminal") {
		t.Errorf("%d %s", status, page)
	}
	visit(t, http.MethodGet, address+"?code=second&state=right")
	visit(t, http.MethodGet, address+"?error=access_denied&state=right")
	if code, err := callback.Wait(t.Context()); err != nil || code != "first" {
		t.Errorf("%q, %v", code, err)
	}
}

func TestCallbackReturnsWhyThereIsNoCode(t *testing.T) {
	for query, want := range map[string]string{
		"?error=access_denied&error_description=%1b%5b2Jno&state=right": `access was not granted: "access_denied \x1b[2Jno"`,
		"?state=right": "the service sent no code",
	} {
		callback, address := listen(t)
		if status, page := visit(t, http.MethodGet, address+query); status != http.StatusBadRequest || !strings.Contains(page, "not granted") {
			t.Errorf("%s: %d %s", query, status, page)
		}
		if code, err := callback.Wait(t.Context()); err == nil || err.Error() != want || code != "" {
			t.Errorf("%s: %q, %v", query, code, err)
		}
	}
	callback, _ := listen(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := callback.Wait(ctx); err == nil {
		t.Error("nobody came, and there is no error")
	}
}

func TestPortInUseIsAnError(t *testing.T) {
	_, address := listen(t)
	if second, err := tokens.Listen(address, "other"); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("%v, %v", second, err)
	}
}

func TestCallbackListensOnLoopbackAddressesOnly(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:8976/callback": true, "http://localhost:1": true, "http://[::1]:8976/": true, "http://127.9.9.9/": true,
		"https://127.0.0.1/": false, "http://10.0.0.1/": false, "http://localhost.example.com/": false, "http://0.0.0.0/": false, "x": false, "http://%": false,
	} {
		if tokens.IsLoopback(address) != want {
			t.Errorf("IsLoopback(%q) is %v", address, !want)
		}
	}
	for address, want := range map[string]bool{
		"https://app.example.com/back": true, "http://127.0.0.1:8976/callback": true,
		"not a url": false, "": false, "/callback": false, "ftp://app.example.com/": false, "http://:80/": false, "http://127.0.0.1:0/": false, "http://%": false,
	} {
		if err := tokens.CheckRedirect(address); (err == nil) != want {
			t.Errorf("CheckRedirect(%q): %v", address, err)
		}
	}
	if _, err := tokens.Listen("http://0.0.0.0:0/", "s"); err == nil {
		t.Error("an address of every network was listened at")
	}
}
