package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A sandbox that other machines can reach says so, and still names an address that this machine can ask for.
func TestSandboxWarnsWhenOtherMachinesCanReachIt(t *testing.T) {
	for addr, warns := range map[string]bool{"0.0.0.0:0": true, ":0": false, "127.0.0.1:0": false} {
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		var said bytes.Buffer
		ended := make(chan int)
		go func() {
			code := run(ctx, []string{"sandbox", "--addr", addr}, strings.NewReader(""), in, &said)
			_ = in.Close()
			ended <- code
		}()
		lines := bufio.NewReader(out)
		first, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, lines) }()
		_, url, _ := strings.Cut(first, "listens on ")
		url, _, _ = strings.Cut(url, " ")
		resp, err := http.Get(url + "/snapshots/")
		if err != nil || resp.StatusCode != http.StatusUnauthorized { // without a token
			t.Errorf("%s: the sandbox at %s: %v, %v", addr, url, resp, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
		http.DefaultClient.CloseIdleConnections()
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("%s: exit code %d: %s", addr, code, &said)
		}
		if got := strings.Contains(said.String(), "WARNING: the sandbox listens on "); got != warns {
			t.Errorf("%s: said %q", addr, &said)
		}
	}
}
