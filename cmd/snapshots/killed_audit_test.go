package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// auditedAgency is a service with some snapshots and sub-accounts that counts how often each pair is asked for.
type auditedAgency struct {
	mu    sync.Mutex
	asked map[string]int
}

const auditedSnapshots, auditedLocations = 4, 15

func (g *auditedAgency) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch path := r.URL.Path; {
	case path == "/snapshots/":
		var list api.SnapshotList
		for i := range auditedSnapshots {
			list.Snapshots = append(list.Snapshots, api.Snapshot{ID: fmt.Sprintf("snapshot-%d", i), Name: fmt.Sprintf("Snapshot %d", i)})
		}
		_ = json.NewEncoder(w).Encode(list)
	case path == "/locations/search":
		var found []map[string]any
		for i := range auditedLocations {
			found = append(found, map[string]any{"id": fmt.Sprintf("location-%02d", i), "name": fmt.Sprintf("Location %02d", i)})
		}
		if r.URL.Query().Get("skip") != "" && r.URL.Query().Get("skip") != "0" {
			found = nil
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"locations": found})
	default:
		time.Sleep(rand.N(8 * time.Millisecond))
		g.mu.Lock()
		g.asked[path]++
		g.mu.Unlock()
		var snapshot, location int
		if n, _ := fmt.Sscanf(path, "/snapshots/snapshot-status/snapshot-%d/location/location-%d", &snapshot, &location); n != 2 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if (snapshot+location)%3 == 0 { // the service knows no push
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"statusCode":404,"message":"no push"}`))
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{"id": "push", "locationId": fmt.Sprint(location), "status": []string{"completed", "failed"}[location%2]}})
	}
}

// An audit is killed at any moment and begun again. Its result is that of one which ran through, and what was read is not read
// again.
func TestKilledAuditGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("-short kills only a share of many rows")
	}
	kills, repeated := 0, 0
	for range rounds() {
		agency := &auditedAgency{asked: map[string]int{}}
		url, dir := serve(t, agency), t.TempDir()
		want := auditOf(t, url, dir)
		for path, times := range agency.asked {
			if times != 1 {
				t.Errorf("%s was asked for %d times without a kill", path, times)
			}
		}
		agency.asked = map[string]int{}
		journal := filepath.Join(dir, "journal")
		exit, said, killed := runKilled(t, url, dir, 6, 60*time.Millisecond, "audit", "--journal", journal, "-o", "jsonl")
		if exit != exitOK {
			t.Fatalf("exit code %d:\n%s", exit, said)
		}
		kills += killed
		inAll := 0
		for _, times := range agency.asked {
			inAll += times
		}
		if len(agency.asked) != auditedSnapshots*auditedLocations || inAll > len(agency.asked)+8*killed { // eight at once
			t.Errorf("%d pairs were asked for %d times after %d kills", len(agency.asked), inAll, killed)
		}
		repeated += inAll - len(agency.asked)
		if got := auditOf(t, url, dir, "--journal", journal); got != want {
			t.Errorf("the result is\n%s\nwant\n%s", got, want)
		}
		after := 0
		for _, times := range agency.asked {
			after += times
		}
		if after != inAll {
			t.Errorf("%d requests although all was read", after-inAll)
		}
	}
	t.Logf("%d kills, after which %d requests were sent again", kills, repeated)
}

// auditOf runs an audit to its end and returns the result.
func auditOf(t *testing.T, url, dir string, flags ...string) string {
	t.Helper()
	cmd := exec.Command("snapshots", append([]string{"audit", "-o", "jsonl"}, flags...)...)
	cmd.Env = append(os.Environ(), "HIGHLEVEL_BASE_URL="+url, "HIGHLEVEL_TOKEN=t", "HIGHLEVEL_COMPANY=c", "HIGHLEVEL_CONFIG="+dir)
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	if lines := strings.Count(out.String(), "\n"); lines != auditedSnapshots*auditedLocations {
		t.Fatalf("%d lines", lines)
	}
	return out.String()
}
