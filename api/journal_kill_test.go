package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// A process that runs a bulk is this test binary once more.
func TestMain(m *testing.M) {
	if os.Getenv("API_TEST_ROLE") != "bulk" {
		os.Exit(m.Run())
	}
	run := bulkInAProcess
	if os.Args[2] == "full" {
		run = bulkOnAFullDisk
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

// bulkOnAFullDisk writes how many items were done, and how the bulk ended.
func bulkOnAFullDisk(path, _ string) error {
	journal, err := api.OpenJournal(path)
	if err != nil {
		return err
	}
	done, items := 0, make([]int, 1000)
	for i := range items {
		items[i] = i
	}
	_, err = api.Bulk(context.Background(), items, func(_ context.Context, i int) (*int, error) { done++; return &i, nil },
		api.Bulking[int, int]{Workers: 1, Journal: journal})
	fmt.Printf("done %d; %v\n", done, err)
	return journal.Close()
}

const killItems = 60

func bulkInAProcess(path, url string) error {
	journal, err := api.OpenJournal(path)
	if err != nil {
		return err
	}
	client, err := api.New(api.WithBaseURL(url), api.WithToken("t"), api.WithCompany("c"), api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}))
	if err != nil {
		return err
	}
	items := make([]string, killItems)
	for i := range items {
		items[i] = fmt.Sprintf("snapshot-%02d", i)
	}
	fmt.Println("begun")
	_, _ = api.Bulk(context.Background(), items, func(ctx context.Context, snapshot string) (*api.ShareLink, error) {
		return client.CreateShareLink(ctx, api.CreateShareLinkRequest{SnapshotID: snapshot, ShareType: api.ShareTypePermanentLink})
	}, api.Bulking[string, api.ShareLink]{Workers: 4, Journal: journal})
	return journal.Close()
}

// linkMaker is a service that counts the links of each snapshot. Now and then it makes one and loses the answer.
type linkMaker struct {
	mu   sync.Mutex
	made map[string]int
}

func (l *linkMaker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Snapshot string `json:"snapshot_id"`
	}
	body, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(body, &in)
	time.Sleep(rand.N(3 * time.Millisecond))
	l.mu.Lock()
	l.made[in.Snapshot]++
	l.mu.Unlock()
	time.Sleep(rand.N(3 * time.Millisecond))
	if rand.N(20) == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = fmt.Fprintf(w, `{"id":"link of %s","shareLink":"https://link.example/%s"}`, in.Snapshot, in.Snapshot)
}

// A bulk is killed at any moment and begun again, until it comes to its end. No link is made twice, and each that was made is
// either known or listed as perhaps made.
func TestKilledBulkMakesNoLinkTwice(t *testing.T) {
	leak.Check(t)
	service := &linkMaker{made: map[string]int{}}
	server := httptest.NewServer(service)
	defer server.Close()
	path := filepath.Join(t.TempDir(), "bulk.journal")
	kills := 0
	for run := 0; ; run++ {
		if run == 100 {
			t.Fatal("the bulk does not come to its end")
		}
		cmd := exec.Command(os.Args[0], path, server.URL)
		cmd.Env = append(os.Environ(), "API_TEST_ROLE=bulk")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		if lines.Scan(); lines.Text() != "begun" {
			t.Fatalf("the process wrote %q", lines.Text())
		}
		if run < 8 {
			time.Sleep(rand.N(25 * time.Millisecond))
			_ = cmd.Process.Kill()
		}
		if cmd.Wait() == nil {
			break
		}
		kills++
	}
	journal := openJournal(t, path)
	perhaps := journal.Unsettled()
	known := map[string]bool{}
	for _, e := range journal.Entries() {
		known[e.Key] = true
		switch e.State {
		case api.JournalDone:
			var kept api.ShareLink
			if err := json.Unmarshal(e.Result, &kept); err != nil || kept.ID != "link of "+e.Key {
				t.Errorf("%s: the result is %s, %v", e.Key, e.Result, err)
			}
		case api.JournalNotDone:
			t.Errorf("%s is left undone: %s", e.Key, e.Error)
		}
	}
	for _, snapshot := range slices.Sorted(maps.Keys(service.made)) {
		if n := service.made[snapshot]; n != 1 || !known[snapshot] {
			t.Errorf("%s: %d links, known %v", snapshot, n, known[snapshot])
		}
	}
	t.Logf("%d kills; %d links made; %d of %d perhaps", kills, len(service.made), len(perhaps), len(known))
	if kills == 0 || len(known) != killItems || len(service.made)+len(perhaps) < killItems {
		t.Errorf("%d kills, %d items known, %d links made, %d perhaps", kills, len(known), len(service.made), len(perhaps))
	}
}
