package sandbox

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/atomicfile"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// post makes a link, and returns the status of the answer.
func post(t *testing.T, s *Sandbox) int {
	t.Helper()
	r, err := http.NewRequest("POST", "http://sandbox.test/snapshots/share/link?companyId="+CompanyID, strings.NewReader(`{"snapshot_id":"`+Snapshot1+`","share_type":"link"}`))
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Header = http.Header{"Authorization": {"Bearer " + Token}, "Version": {"v3"}, "Content-Type": {"application/json"}}
	resp, err := s.RoundTrip(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	return resp.StatusCode
}

// An answer waits until its change is on the disk; changes that wait at the same time are written at once.
func TestAnswersWaitForTheDiskTogether(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	s := New(WithStateFile(file))
	begun, goOn, times := make(chan bool), make(chan bool), 0
	s.file.append = func(file *os.File, data []byte) error {
		times++
		begun <- true
		<-goOn
		return atomicfile.Append(file, data)
	}
	var wg sync.WaitGroup
	answered := make(chan int, 6)
	wg.Go(func() { answered <- post(t, s) })
	<-begun // and while the disk is slow, five more
	for range 5 {
		wg.Go(func() { answered <- post(t, s) })
	}
	for len(s.Links()) < 6 { // reading does not wait
		time.Sleep(time.Millisecond)
	}
	if len(answered) != 0 {
		t.Error("an answer came before its change was on the disk")
	}
	goOn <- true
	<-begun
	goOn <- true
	wg.Wait()
	if times != 2 || len(answered) != 6 {
		t.Errorf("%d answers, for which the disk was waited for %d times", len(answered), times)
	}
	close(answered)
	for status := range answered {
		if status != http.StatusCreated {
			t.Errorf("answered %d", status)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// After a failed write the changes are refused, and the file can still be read.
func TestFailedWriteLeavesAValidStateFile(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	s := New(WithStateFile(file))
	if status := post(t, s); status != http.StatusCreated {
		t.Fatalf("answered %d", status)
	}
	s.file.append = func(file *os.File, data []byte) error {
		_, _ = file.Write(data[:len(data)/2])
		return errors.New("the disk is full")
	}
	if status := post(t, s); status != http.StatusInternalServerError || s.Err() == nil || !strings.Contains(s.Err().Error(), "full") {
		t.Errorf("answered %d, %v", status, s.Err())
	}
	s.file.append = atomicfile.Append
	if s.AddSnapshot("c", api.Snapshot{Name: "x"}); s.Err() == nil {
		t.Error("it goes on")
	}
	half, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for name, text := range map[string][]byte{"killed": half, "closed": nil} {
		if text != nil {
			if err := os.WriteFile(file+name, text, 0o600); err != nil {
				t.Fatal(err)
			}
		} else if err := os.Rename(file, file+name); err != nil {
			t.Fatal(err)
		}
		again := New(WithStateFile(file + name))
		if n := len(again.Links()); again.Err() != nil || n < 1 {
			t.Errorf("%s: %d links, %v", name, n, again.Err())
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
}
