package api

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// agency is a service with 3 snapshots and 120 sub-accounts. Snapshot n was pushed to each sub-account whose number n divides.
func agency() *service {
	return &service{answer: func(r *http.Request, _ int) (int, string) {
		path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
		switch {
		case len(path) == 1:
			return 200, `{"snapshots":[{"id":"1"},{"id":"2"},{"id":"3"}]}`
		case path[1] == "search":
			skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
			var all []string
			for n := skip; n < min(skip+50, 120); n++ { // it caps a page at 50
				all = append(all, fmt.Sprintf(`{"id":"%d"}`, n))
			}
			return 200, `{"locations":[` + strings.Join(all, ",") + `]}`
		case len(path) == 3:
			if r.URL.Query().Get("lastDoc") != "" {
				return 200, `{"data":[]}`
			}
			return 200, `{"data":[{"id":"p` + path[2] + `","locationId":"0","status":"completed"}]}`
		}
		snapshot, _ := strconv.Atoi(path[2])
		if n, _ := strconv.Atoi(path[4]); n%snapshot != 0 {
			return 404, `{"message":"Snapshot push not found"}`
		}
		return 200, `{"data":{"id":"p","status":"completed"}}`
	}}
}

func TestAnAuditTellsWhichSubAccountsHaveWhichSnapshot(t *testing.T) {
	leak.Check(t)
	s := agency()
	calls := 0
	entries, err := s.client(t).Audit(t.Context(), AuditRequest{}, Auditing[AuditEntry]{Progress: func(known, all int, e *AuditEntry, err error) error {
		if calls++; known != calls || all != 360 || e == nil || err != nil {
			t.Errorf("progress %d of %d: %v, %v", known, all, e, err)
		}
		return nil
	}})
	if err != nil || len(entries) != 360 || calls != 360 {
		t.Fatalf("%d entries, %d calls, %v", len(entries), calls, err)
	}
	for i, e := range entries {
		snapshot, _ := strconv.Atoi(e.SnapshotID)
		if e.SnapshotID != fmt.Sprint(1+i/120) || e.LocationID != fmt.Sprint(i%120) || (e.Push != nil) != (i%120%snapshot == 0) {
			t.Fatalf("entry %d is %+v", i, e)
		}
	}
	pushes, err := s.client(t).AuditPushes(t.Context(), AuditRequest{From: time.Unix(0, 0), To: time.Now()}, Auditing[SnapshotPushes]{})
	if err != nil || len(pushes) != 3 || len(pushes[1].Pushes) != 1 || pushes[1].Pushes[0].ID != "p2" {
		t.Errorf("%+v, %v", pushes, err)
	}
}

// What a kill leaves is the journal as it is at that moment: here it is copied in the middle of an audit.
func TestAnAuditThatWasKilledReadsOnlyTheRest(t *testing.T) {
	leak.Check(t)
	dir := t.TempDir()
	open := func(name string) *Journal {
		j, err := OpenJournal(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = j.Close() })
		return j
	}
	request := AuditRequest{Snapshots: []string{"1", "2"}, Locations: []string{"0", "1", "2", "3", "4"}}
	copied := 0
	_, err := agency().client(t).Audit(t.Context(), request, Auditing[AuditEntry]{Journal: open("first"), Workers: 3, Progress: func(known, _ int, _ *AuditEntry, _ error) error {
		if known == 4 {
			data, err := os.ReadFile(filepath.Join(dir, "first"))
			if err != nil {
				return err
			}
			copied = strings.Count(string(data), `"done"`)
			return os.WriteFile(filepath.Join(dir, "second"), data, 0o600)
		}
		return nil
	}})
	if err != nil || copied < 4 {
		t.Fatalf("%d copied, %v", copied, err)
	}
	s, first := agency(), 0
	entries, err := s.client(t).Audit(t.Context(), request, Auditing[AuditEntry]{Journal: open("second"), Progress: func(known, all int, _ *AuditEntry, _ error) error {
		if first == 0 {
			first = known
		}
		return nil
	}})
	if err != nil || len(entries) != 10 || len(s.sent) != 10-copied || first != copied+1 {
		t.Errorf("%d entries, %d requests after %d known, first progress %d, %v", len(entries), len(s.sent), copied, first, err)
	}
	for i, e := range entries {
		if e.SnapshotID != request.Snapshots[i/5] || e.LocationID != request.Locations[i%5] || (e.Push == nil) != (i/5 == 1 && i%5%2 == 1) {
			t.Errorf("entry %d is %+v", i, e)
		}
	}
}

func TestAnAuditListsWhatItCouldNotRead(t *testing.T) {
	leak.Check(t)
	for name, c := range map[string]struct {
		status  int
		message string
		entries int
		is      error
		begun   int
	}{
		"one sub-account":   {403, "The token does not have access to this location.", 4, ErrForbidden, 5},
		"the token is over": {401, "Invalid JWT", 2, ErrNotBegun, 3},
	} {
		good := agency().answer
		s := &service{answer: func(r *http.Request, n int) (int, string) {
			if strings.HasSuffix(r.URL.Path, "/location/2") {
				return c.status, `{"message":"` + c.message + `"}`
			}
			return good(r, n)
		}}
		entries, err := s.client(t).Audit(t.Context(), AuditRequest{Snapshots: []string{"1"}, Locations: []string{"0", "1", "2", "3", "4"}}, Auditing[AuditEntry]{Workers: 1})
		if _, ok := errors.AsType[*BulkError](err); !ok || !errors.Is(err, c.is) || len(entries) != c.entries || len(s.sent) != c.begun {
			t.Errorf("%s: %d entries after %d requests, %v", name, len(entries), len(s.sent), err)
		}
	}
	nameless := &service{answer: func(*http.Request, int) (int, string) { return 200, `{"snapshots":[{"name":"n"}]}` }}
	if _, err := nameless.client(t).Audit(t.Context(), AuditRequest{}, Auditing[AuditEntry]{}); err == nil {
		t.Error("a snapshot without an id is left out without a word")
	}
}

func TestAnAuditOfPushesWithoutATimeSendsNothing(t *testing.T) {
	leak.Check(t)
	now := time.Now()
	for name, req := range map[string]AuditRequest{
		"no time":           {},
		"ends before begin": {From: now, To: now.Add(-time.Hour)},
	} {
		s := agency()
		_, err := s.client(t).AuditPushes(t.Context(), req, Auditing[SnapshotPushes]{})
		if bad, ok := errors.AsType[*RequestError](err); !ok || len(s.sent) > 0 || bad.Problems[0].Field != "From" {
			t.Errorf("%s: %d requests were sent; %v", name, len(s.sent), err)
		}
	}
}

func TestAnAuditEndsAtAPageThatCannotBeRead(t *testing.T) {
	leak.Check(t)
	for page, want := range map[string]string{
		`{"locations":["no","no"]}`: "/0 is a text, not an object",
		`{"locations":"no"}`:        "/locations is a text, not a list",
		`{"locations":[` + strings.Repeat(`{"id":"1","name":{}},`, 101) + `"no"]}`: "101 of its 102 items",
	} {
		s := agency()
		right := s.answer
		s.answer = func(r *http.Request, n int) (int, string) {
			if r.URL.Path == "/locations/search" && r.URL.Query().Get("skip") == "50" {
				return 200, page
			}
			return right(r, n)
		}
		entries, err := s.client(t).Audit(t.Context(), AuditRequest{}, Auditing[AuditEntry]{})
		if entries != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %d entries, %v", page, len(entries), err)
		}
	}
}

func TestAnAuditFillsTheResponseOfItsCaller(t *testing.T) {
	leak.Check(t)
	s := agency()
	var came Response
	if _, err := s.client(t).Audit(t.Context(), AuditRequest{Snapshots: []string{"1"}, Locations: nil}, Auditing[AuditEntry]{
		Workers:  1,
		Progress: func(int, int, *AuditEntry, error) error { return errors.New("enough") },
	}, CallResponse(&came)); err == nil || came.Status != 200 {
		t.Errorf("status %d, %v", came.Status, err)
	}
}

func TestAnAuditEndsWhereAListHasAnItemThatCannotBeRead(t *testing.T) {
	leak.Check(t)
	for _, broken := range []string{"/snapshots/", "/locations/search"} {
		s := agency()
		right := s.answer
		s.answer = func(r *http.Request, n int) (int, string) {
			status, text := right(r, n)
			if r.URL.Path == broken {
				text = strings.Replace(text, `{"id"`, `"a snapshot or sub-account",{"id"`, 1)
			}
			return status, text
		}
		entries, err := s.client(t).Audit(t.Context(), AuditRequest{}, Auditing[AuditEntry]{})
		if entries != nil || err == nil || !strings.Contains(err.Error(), "/0 is a text, not an object") {
			t.Errorf("%s: %d entries, %v", broken, len(entries), err)
		}
	}
}
