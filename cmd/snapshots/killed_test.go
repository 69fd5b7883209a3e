package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// linkMaker is a service with many snapshots that counts the links of each. Now and then it makes one and loses the answer.
type linkMaker struct {
	snapshots int
	mu        sync.Mutex
	made      map[string]int
}

func (l *linkMaker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodGet {
		var list api.SnapshotList
		for i := range l.snapshots {
			list.Snapshots = append(list.Snapshots, api.Snapshot{ID: fmt.Sprintf("snapshot-%02d", i), Name: fmt.Sprintf("Snapshot %02d", i)})
		}
		_ = json.NewEncoder(w).Encode(list)
		return
	}
	var in struct {
		Snapshot string `json:"snapshot_id"`
	}
	body, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(body, &in)
	time.Sleep(rand.N(4 * time.Millisecond))
	l.mu.Lock()
	l.made[in.Snapshot]++
	l.mu.Unlock()
	time.Sleep(rand.N(4 * time.Millisecond))
	if rand.N(20) == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusCreated)
	_, _ = fmt.Fprintf(w, `{"id":"link of %s","shareLink":"https://link.example/%s"}`, in.Snapshot, in.Snapshot)
}

// rounds is how often something is killed and begun again, each time some times; with PROVE=full it is more often.
func rounds() int {
	if os.Getenv("PROVE") == "full" {
		return 20
	}
	return 1
}

// runKilled runs a command, kills it at a random moment and runs it again, until it has ended by itself or was killed as often as
// that. It returns the exit code and the standard error of the last run.
func runKilled(t *testing.T, url, dir string, kills int, within time.Duration, args ...string) (exit int, said string, killed int) {
	t.Helper()
	for {
		var stderr strings.Builder
		cmd := exec.Command("snapshots", args...)
		cmd.Env = append(os.Environ(), "HIGHLEVEL_BASE_URL="+url, "HIGHLEVEL_TOKEN=t", "HIGHLEVEL_COMPANY=c", "HIGHLEVEL_CONFIG="+dir)
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if killed < kills {
			time.Sleep(10*time.Millisecond + rand.N(within))
			_ = cmd.Process.Kill()
		}
		if _ = cmd.Wait(); cmd.ProcessState.ExitCode() >= 0 {
			return cmd.ProcessState.ExitCode(), stderr.String(), killed
		}
		killed++
	}
}

// A share of many rows is killed at any moment and begun again. No link is made twice, and each that was made is in the results
// or listed as perhaps made.
func TestKilledShareMakesNoLinkTwice(t *testing.T) {
	kills := 0
	for range rounds() {
		service := &linkMaker{snapshots: 60, made: map[string]int{}}
		url, dir := serve(t, service), t.TempDir()
		rows := "snapshot,type\n"
		for i := range service.snapshots {
			rows += fmt.Sprintf("Snapshot %02d,permanent_link\n", i)
		}
		file, results := filepath.Join(dir, "rows.csv"), filepath.Join(dir, "results.jsonl")
		if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		exit, _, killed := runKilled(t, url, dir, 8, 75*time.Millisecond, "share", "--file", file, "--results", results, "--yes", "--concurrent", "2")
		checkResults(t, service, results, exit)
		kills += killed
	}
	t.Logf("%d kills", kills)
}

func serve(t *testing.T, service http.Handler) string {
	t.Helper()
	server := httptest.NewServer(service)
	server.Config.ErrorLog = nil
	t.Cleanup(server.Close)
	return server.URL
}

func checkResults(t *testing.T, service *linkMaker, results string, exit int) {
	t.Helper()
	data, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	lines, perhaps := 0, 0
	for line := range strings.Lines(string(data)) {
		lines++
		var row struct {
			Snapshot string `json:"snapshot_id"`
			State    string `json:"state"`
			URL      string `json:"url"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		made := service.made[row.Snapshot]
		switch {
		case made > 1:
			t.Errorf("%s: %d links were made", row.Snapshot, made)
		case row.State == "done" && (made != 1 || row.URL != "https://link.example/"+row.Snapshot):
			t.Errorf("%s is done with %q, and %d links were made", row.Snapshot, row.URL, made)
		case row.State == "perhaps done":
			perhaps++
		case row.State != "done":
			t.Errorf("%s is %s, and %d links were made", row.Snapshot, row.State, made)
		}
	}
	want := 0
	if perhaps > 0 {
		want = exitPerhapsDone
	}
	if lines != service.snapshots || exit != want {
		t.Errorf("%d rows, %d of them perhaps done, and exit code %d", lines, perhaps, exit)
	}
}
