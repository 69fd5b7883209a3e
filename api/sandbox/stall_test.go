package sandbox_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestSlowBodyDoesNotDelayOthers(t *testing.T) {
	leak.Check(t)
	server, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	stalled, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stalled.Close() }()
	head := "POST /snapshots/share/link?companyId=" + sandbox.CompanyID + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + sandbox.Token +
		"\r\nVersion: 2021-07-28\r\nContent-Type: application/json\r\n"
	if _, err := stalled.Write([]byte(head + "Expect: 100-continue\r\nContent-Length: 61\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(stalled)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100") { // now it is read
		t.Fatalf("%q, %v", line, err)
	}
	c, err := server.Client(api.WithTimeout(5 * time.Second))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
		t.Errorf("another client: %v", err)
	}
	if _, err := stalled.Write([]byte(`{"snapshot_id":"sandbox-snapshot-own", "share_type": "link" }`)); err != nil {
		t.Fatal(err)
	}
	_, _ = answers.ReadString('\n') // the line after the 100
	resp, err := http.ReadResponse(answers, nil)
	if err != nil || resp.StatusCode != http.StatusCreated {
		t.Errorf("the stalled one is answered %v, %v", resp, err)
	}
	if err == nil {
		_ = resp.Body.Close()
	}
}

// Shutdown skips delays, and cuts connections whose body does not come or whose answer is not read. The state is saved.
func TestShutdownEndsWhatDoesNotEndByItself(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	server, err := sandbox.Start(sandbox.WithStateFile(file), sandbox.WithRateLimit(100_000, time.Second, true))
	if err != nil {
		t.Fatal(err)
	}
	c, err := server.Client(rest.WithRetry(rest.Retry{Attempts: 1}))
	if err != nil {
		t.Fatal(err)
	}
	addFault(t, server.Sandbox, "delay=1h; operation=create-snapshot-share-link")
	ended := make(chan error)
	go func() {
		_, err := c.CreateShareLink(context.Background(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink})
		ended <- err
	}()
	for len(server.Links()) == 0 {
		time.Sleep(time.Millisecond)
	}
	dial(t, server, "POST /snapshots/share/link?companyId=c HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
	dial(t, server, "")
	unread := dial(t, server, "")
	_ = unread.SetWriteDeadline(time.Now().Add(200 * time.Millisecond))
	for range 50_000 { // until neither side can write any more
		if _, err := unread.Write([]byte("GET /snapshots/?companyId=c HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
			break
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := server.Shutdown(ctx); err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	if err := <-ended; err != nil {
		t.Errorf("the delayed request: %v", err)
	}
	s := with(t, file)
	if n := len(s.Links()); n != 1 {
		t.Errorf("%d links are kept", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// dial opens a connection to a sandbox and sends a text over it.
func dial(t *testing.T, server *sandbox.Server, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// Without a network, the context ends the wait for a body that does not come.
func TestBodyThatDoesNotComeEndsWithTheContext(t *testing.T) {
	leak.Check(t)
	never, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", "http://sandbox.test/snapshots/share/link", never)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sandbox.New().RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestTooLargeBodyIsReadAndAnswered(t *testing.T) {
	leak.Check(t)
	server, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	r, err := http.NewRequest("POST", server.URL+"/snapshots/share/link?companyId=c", strings.NewReader(strings.Repeat("x", 8<<20)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if _ = resp.Body.Close(); err != nil || resp.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), "larger than the 1048576 bytes") {
		t.Errorf("%s %s %v", resp.Status, text, err)
	}
	http.DefaultClient.CloseIdleConnections()
}

// An address without a host is this machine's own, and the URL is one that this machine can ask for.
func TestSandboxListensToOtherMachinesOnlyWhenAsked(t *testing.T) {
	leak.Check(t)
	for addr, loopback := range map[string]bool{":0": true, "localhost:0": true, "127.0.0.1:0": true, "0.0.0.0:0": false, "[::]:0": false} {
		server, err := sandbox.Listen(addr)
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		if got := server.Addr.(*net.TCPAddr).IP.IsLoopback(); got != loopback {
			t.Errorf("%s: listens on %v", addr, server.Addr)
		}
		resp, err := http.Get(server.URL + "/")
		if err != nil || !strings.HasPrefix(server.URL, "http://127.0.0.1:") && !strings.HasPrefix(server.URL, "http://[::1]:") {
			t.Errorf("%s: %s: %v", addr, server.URL, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
		server.Close()
	}
	http.DefaultClient.CloseIdleConnections()
}
