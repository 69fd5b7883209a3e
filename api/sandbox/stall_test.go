package sandbox_test

import (
	"bufio"
	"context"
	"errors"
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

func TestBodyThatDoesNotComeHoldsNobodyUp(t *testing.T) {
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

// A request that does not end holds the end up no longer than it may, and the state is kept all the same.
func TestShutdownCutsOffWhatDoesNotEnd(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	server, err := sandbox.Start(sandbox.WithStateFile(file))
	if err != nil {
		t.Fatal(err)
	}
	c, err := server.Client(rest.WithRetry(rest.Retry{Attempts: 1}))
	if err != nil {
		t.Fatal(err)
	}
	addFault(t, server.Sandbox, "delay=1h")
	ended := make(chan error)
	go func() {
		_, err := c.CreateShareLink(context.Background(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink})
		ended <- err
	}()
	for len(server.Links()) == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("shutdown: %v", err)
	}
	if err := <-ended; !errors.Is(err, api.ErrNoAnswer) {
		t.Errorf("the request: %v", err)
	}
	s := with(t, file)
	if n := len(s.Links()); n != 1 {
		t.Errorf("%d links are kept", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
