package sandboxproof_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// acknowledged are the links that a client was told to have.
type acknowledged struct {
	mu  sync.Mutex
	ids map[string]bool
}

// TestKilledSandboxLosesNoAcknowledgedLink kills a sandbox at any moment, also while it reads or rewrites its file, and looks
// for each link whose creation was answered.
func TestKilledSandboxLosesNoAcknowledgedLink(t *testing.T) {
	kills := 6
	if prove.InFull() {
		kills = 200
	}
	file := filepath.Join(t.TempDir(), "state")
	seen := acknowledged{ids: map[string]bool{}}
	dice := rand.New(rand.NewPCG(1, 2))
	early := 0
	for n := range kills {
		p := start(t, file)
		var url string
		// A third of them are killed before they are ready, for all that is known.
		if n%3 == 2 {
			time.Sleep(time.Duration(dice.IntN(30)) * time.Millisecond)
			p.kill()
			early++
			continue
		}
		url, ready := <-p.url
		if !ready {
			p.kill()
			t.Fatalf("kill %d: the sandbox ended", n)
		}
		done := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { seen.create(t, url, done) })
		}
		time.Sleep(time.Duration(20+dice.IntN(60)) * time.Millisecond)
		p.kill()
		close(done)
		wg.Wait()
	}
	s := sandbox.New(sandbox.WithStateFile(file))
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	kept, open := map[string]bool{}, 0
	for _, link := range s.Links() {
		kept[link.ID] = true
		if link.SupersededBy == "" && link.ShareType == api.ShareTypeLink {
			open++
		}
	}
	for id := range seen.ids {
		if !kept[id] {
			t.Errorf("link %s was acknowledged and is lost", id)
		}
	}
	if open != 1 {
		t.Errorf("%d links are superseded by no other, want 1", open)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if len(seen.ids) == 0 {
		t.Error("nothing was acknowledged")
	}
	t.Logf("%d kills, %d of them at the start: %d links acknowledged, %d kept", kills, early, len(seen.ids), len(kept))
}

// create makes links until the sandbox is gone.
func (a *acknowledged) create(t *testing.T, url string, done <-chan struct{}) {
	client := &http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	for {
		select {
		case <-done:
			return
		default:
		}
		r, err := http.NewRequest("POST", url+"/snapshots/share/link?companyId="+sandbox.CompanyID,
			strings.NewReader(`{"snapshot_id":"`+sandbox.Snapshot1+`","share_type":"link"}`))
		if err != nil {
			t.Error(err)
			return
		}
		r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"v3"}, "Content-Type": {"application/json"}}
		resp, err := client.Do(r)
		if err != nil {
			return // it was killed
		}
		var link api.ShareLink
		err = json.NewDecoder(resp.Body).Decode(&link)
		_ = resp.Body.Close()
		if err != nil {
			return
		}
		if resp.StatusCode != http.StatusCreated {
			t.Errorf("answered %s", resp.Status)
			return
		}
		a.mu.Lock()
		if a.ids[link.ID] {
			t.Errorf("link %s was handed out twice", link.ID)
		}
		a.ids[link.ID] = true
		a.mu.Unlock()
	}
}
