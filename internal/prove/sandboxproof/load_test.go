package sandboxproof_test

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// kinds are the requests of the load and what is to be answered: out of each 50 requests one makes a link and one is refused.
var kinds = []struct {
	method, target, body string
	status               int
}{
	{"GET", "/snapshots/?companyId=" + sandbox.CompanyID, "", 200},
	{"GET", "/snapshots/snapshot-status/" + sandbox.Snapshot1 + "?companyId=" + sandbox.CompanyID + "&from=2020-01-01&to=2040-01-01", "", 200},
	{"GET", "/snapshots/snapshot-status/" + sandbox.Snapshot2 + "/location/sandbox-location-3?companyId=" + sandbox.CompanyID, "", 200},
	{"GET", "/locations/search?companyId=" + sandbox.CompanyID, "", 200},
	{"POST", "/snapshots/share/link?companyId=" + sandbox.CompanyID, `{"snapshot_id":"` + sandbox.Snapshot1 + `","share_type":"link"}`, 201},
	{"GET", "/nowhere", "", 404},
}

func kindOf(n int) int {
	switch n % 50 {
	case 48:
		return 4
	case 49:
		return 5
	}
	return n % 4
}

// TestManyRequestsNeedNoMoreMemoryThanFew sends 1,000 requests a second for 30 seconds to a sandbox with a state file. In the
// ordinary tests it is a second, for the errors.
func TestManyRequestsNeedNoMoreMemoryThanFew(t *testing.T) {
	if testing.Short() {
		t.Skip("sends requests for more than a second")
	}
	length := time.Second
	if prove.Nightly() {
		length = 30 * time.Second
	}
	const perSecond = 1000
	p := start(t, filepath.Join(t.TempDir(), "state"))
	url, ready := <-p.url
	if !ready {
		p.kill()
		t.Fatal("the sandbox ended")
	}
	l := load{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 10 * time.Second}, url: url}
	defer l.client.CloseIdleConnections()
	warmUp := l.run(t, 5*time.Second/time.Duration(30*time.Second/length), perSecond)
	before, _ := l.memory(t)
	sent := l.run(t, length, perSecond)
	after, system := l.memory(t)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	took := slices.Sorted(slices.Values(l.took))
	t.Logf("%d requests after %d to warm up, in %v: half of them took %v, 99 of 100 %v, the slowest %v; the heap was %d KiB and then %d KiB, all memory %d KiB",
		sent, warmUp, length, took[len(took)/2], took[len(took)*99/100], took[len(took)-1], before>>10, after>>10, system>>10)
	links := uint64(sent / 50)
	if most := before + links*2048 + 2<<20; prove.Nightly() && after > most {
		t.Errorf("the heap has grown from %d to %d bytes, more than %d links and 2 MiB account for", before, after, links)
	}
	if want := int(length/time.Second) * perSecond * 98 / 100; prove.Nightly() && sent < want {
		t.Errorf("%d requests were answered, want %d", sent, want)
	}
}

type load struct {
	client *http.Client
	url    string

	mu   sync.Mutex
	took []time.Duration
}

// run sends requests at a rate, from 64 clients, and returns how many were answered as they should be.
func (l *load) run(t *testing.T, length time.Duration, perSecond int) (answered int) {
	t.Helper()
	work := make(chan int, 64)
	var wg sync.WaitGroup
	l.took = nil
	for range 64 {
		wg.Go(func() {
			for n := range work {
				begun := time.Now()
				err := l.send(n)
				l.mu.Lock()
				if l.took = append(l.took, time.Since(begun)); err == nil {
					answered++
				} else {
					t.Error(err)
				}
				l.mu.Unlock()
			}
		})
	}
	begun := time.Now()
	total := int(length.Seconds() * float64(perSecond))
	for n := range total {
		time.Sleep(time.Until(begun.Add(time.Duration(n) * time.Second / time.Duration(perSecond))))
		work <- n
	}
	close(work)
	wg.Wait()
	if late := time.Since(begun) - length; prove.Nightly() && late > length/20+time.Second/2 {
		t.Errorf("it took %v longer than the rate of %d a second does", late, perSecond)
	}
	return answered
}

func (l *load) send(n int) error {
	kind := kinds[kindOf(n)]
	r, err := http.NewRequest(kind.method, l.url+kind.target, strings.NewReader(kind.body))
	if err != nil {
		return err
	}
	r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"2021-07-28"}, "Content-Type": {"application/json"}}
	resp, err := l.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != kind.status {
		return fmt.Errorf("%s %s: %s %s", kind.method, kind.target, resp.Status, body)
	}
	return nil
}

func (l *load) memory(t *testing.T) (heap, system uint64) {
	t.Helper()
	resp, err := l.client.Get(l.url + "/memory")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := fmt.Fscan(resp.Body, &heap, &system); err != nil {
		t.Fatal(err)
	}
	return heap, system
}
