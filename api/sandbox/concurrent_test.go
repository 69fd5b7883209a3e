package sandbox_test

import (
	"io"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// Clients of both versions work on the same state at the same time, while a console reads it and faults are added and lifted.
func TestClientsOfBothVersionsAtTheSameTime(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	server, err := sandbox.Start(sandbox.WithSeed(sandbox.SeedEmpty), sandbox.WithStateFile(file), sandbox.WithRateLimit(1_000_000, time.Second, true))
	if err != nil {
		t.Fatal(err)
	}
	server.AddSnapshot(sandbox.CompanyID, api.Snapshot{ID: sandbox.Snapshot1})
	transport := &http.Transport{MaxIdleConnsPerHost: 8}
	defer transport.CloseIdleConnections()
	var clients, others sync.WaitGroup
	var made atomic.Int64
	each := 25 // links of a client; each waits for the disk
	if testing.Short() {
		each = 5
	}
	for n := range 6 {
		c, err := server.Client(api.WithVersion([]string{api.Version20210728, api.VersionV3}[n%2]), api.WithHTTPClient(&http.Client{Transport: transport}), rest.WithRetry(rest.Retry{Attempts: 1}), rest.WithBudget(nil))
		if err != nil {
			t.Fatal(err)
		}
		clients.Go(func() {
			for range each {
				if _, err := c.CreateShareLink(t.Context(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink}); err != nil {
					t.Error(err)
				}
				made.Add(1)
				_, _ = c.Snapshots(t.Context(), api.SnapshotsRequest{}) // which may get the fault
			}
		})
	}
	done := make(chan struct{})
	for _, look := range []func(){
		func() { server.State(); server.Requests(); server.Faults(); server.Link("share-1") },
		func() { _ = server.WriteHAR(io.Discard) },
		func() {
			id, err := server.AddFault(sandbox.Fault{Operation: "get-custom-snapshots", Status: 500, Times: sandbox.Always})
			if err != nil || !server.LiftFault(id) {
				t.Errorf("%s, %v", id, err)
			}
		},
		func() {
			server.SetStatus(server.Push(sandbox.Snapshot1, "loc").ID, sandbox.Failed)
			server.Pause("loc", true)
			server.Pause("loc", false)
		},
	} {
		others.Go(func() {
			for {
				look()
				select {
				case <-done:
					return
				case <-time.After(10 * time.Millisecond):
				}
			}
		})
	}
	clients.Wait()
	close(done)
	others.Wait()
	want := asText(t, server.Sandbox)
	server.Close()
	s := with(t, file)
	if got := asText(t, s); got != want {
		t.Errorf("kept: %s\nwant %s", got, want)
	}
	open := 0
	for _, l := range s.Links() {
		if l.SupersededBy == "" {
			open++
		}
	}
	if n := len(s.Links()); n != int(made.Load()) || n != 6*each || open != 1 {
		t.Errorf("%d links of %d are kept, and %d are superseded by no other", n, made.Load(), open)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
