package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func openJournal(t *testing.T, path string) *api.Journal {
	t.Helper()
	j, err := api.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

// linkFor returns what an item comes to.
func linkFor(id string) *api.ShareLink {
	return &api.ShareLink{ID: id, URL: "https://link.example/?a=b&c=" + id}
}

func TestJournalKeepsResultsAndDoesNothingTwice(t *testing.T) {
	leak.Check(t)
	path := filepath.Join(t.TempDir(), "bulk.journal")
	items := []string{"done", "refused", "lost", "unreadable", "panics", "other"}
	asked := map[string]int{}
	work := func(fail bool) func(context.Context, string) (*api.ShareLink, error) {
		return func(_ context.Context, item string) (*api.ShareLink, error) {
			asked[item]++
			switch {
			case !fail || item == "done":
				return linkFor(item), nil
			case item == "refused":
				return nil, &api.Error{Status: 422}
			case item == "lost":
				return nil, fmt.Errorf("x, sent with Bearer pit-01234567-89ab-cdef: %w", api.ErrNoAnswer)
			case item == "unreadable":
				return nil, &api.Error{Status: 201}
			default:
				panic("at the disco")
			}
		}
	}
	j := openJournal(t, path)
	how := api.Bulking[string, api.ShareLink]{Workers: 1, Journal: j}
	first, err := api.Bulk(t.Context(), items, work(true), how)
	if err == nil || first[0].Err != nil || !errors.Is(first[5].Err, api.ErrNotBegun) {
		t.Fatalf("first run: %v", err)
	}
	if _, err := api.OpenJournal(path); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("opened twice: %v", err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "pit-") {
		t.Errorf("the journal holds a token, or cannot be read: %v", err)
	}
	if _, err := api.Bulk(t.Context(), []string{"late"}, work(false), how); err == nil || asked["late"] != 0 {
		t.Errorf("a closed journal: %v", err)
	}

	how.Journal = openJournal(t, path)
	second, err := api.Bulk(t.Context(), items, work(false), how)
	var failed *api.BulkError
	if !errors.As(err, &failed) || !slices.Equal(failed.Failed, []int{2, 3, 4}) || failed.Effect() != api.EffectDone {
		t.Errorf("second run: %v", err)
	}
	if *second[0].Out != *linkFor("done") || *second[1].Out != *linkFor("refused") || *second[5].Out != *linkFor("other") {
		t.Errorf("results are %+v", second)
	}
	for i, want := range map[int]api.Effect{2: api.EffectUnknown, 3: api.EffectDone, 4: api.EffectUnknown} {
		if earlier, ok := errors.AsType[*api.EarlierError](second[i].Err); !ok || earlier.Key != items[i] || api.EffectOf(second[i].Err) != want {
			t.Errorf("%s: %v", items[i], second[i].Err)
		}
	}
	if want := map[string]int{"done": 1, "refused": 2, "lost": 1, "unreadable": 1, "panics": 1, "other": 1}; fmt.Sprint(asked) != fmt.Sprint(want) {
		t.Errorf("asked %v", asked)
	}
	var keys []string
	for _, e := range how.Journal.Unsettled() {
		keys = append(keys, fmt.Sprint(e.Key, " ", e.State, " ", e.State.Effect()))
	}
	if got := strings.Join(keys, ", "); got != "lost perhaps done perhaps done, unreadable unreadable done, panics perhaps done perhaps done" {
		t.Errorf("unsettled are %s", got)
	}

	// Somebody has looked at the service.
	if err := errors.Join(how.Journal.Settle("lost", linkFor("found")), how.Journal.Forget("panics")); err != nil {
		t.Fatal(err)
	}
	third, err := api.Bulk(t.Context(), items, work(false), how)
	if !errors.As(err, &failed) || !slices.Equal(failed.Failed, []int{3}) || *third[2].Out != *linkFor("found") || *third[4].Out != *linkFor("panics") || asked["panics"] != 2 || asked["lost"] != 1 {
		t.Errorf("third run: %v, asked %v", err, asked)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// When the disk does not keep what is written, nothing more is sent.
func TestBulkStopsWhenTheJournalCannotBeWritten(t *testing.T) {
	leak.Check(t)
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	var sent atomic.Int64
	results, err := api.Bulk(t.Context(), []string{"a", "b", "c"}, func(_ context.Context, item string) (*api.ShareLink, error) {
		sent.Add(1)
		if item == "b" {
			_ = j.Close()
		}
		return linkFor(item), nil
	}, api.Bulking[string, api.ShareLink]{Workers: 1, Journal: j})
	if err == nil || !strings.Contains(err.Error(), "journal") || sent.Load() != 2 {
		t.Errorf("%d sent, %v", sent.Load(), err)
	}
	if results[1].Out == nil || !errors.Is(results[2].Err, api.ErrNotBegun) { // what was made is not lost
		t.Errorf("results are %+v", results)
	}
}

func TestTextsAndWholeNumbersAreTheirOwnKeys(t *testing.T) {
	leak.Check(t)
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	type id string
	if _, err := api.Bulk(t.Context(), []id{"a"}, func(context.Context, id) (*int, error) { return new(int), nil }, api.Bulking[id, int]{Journal: j}); err != nil {
		t.Error(err)
	}
	if _, err := api.Bulk(t.Context(), []int64{7}, func(context.Context, int64) (*int, error) { return new(int), nil }, api.Bulking[int64, int]{Journal: j}); err != nil {
		t.Error(err)
	}
	if all := j.Entries(); len(all) != 2 || all[0].Key != "a" || all[1].Key != "7" {
		t.Errorf("entries are %+v", all)
	}
}

// bulkOf runs a bulk of one item with a journal.
func bulkOf[Out any](t *testing.T, j *api.Journal, key string, out *Out) (api.Result[string, Out], error) {
	t.Helper()
	results, err := api.Bulk(t.Context(), []string{key}, func(context.Context, string) (*Out, error) { return out, nil }, api.Bulking[string, Out]{Journal: j})
	return results[0], err
}

// left returns a journal with an item that was begun by a process which then died.
func left(t *testing.T, key string) *api.Journal {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal")
	text := fmt.Sprintf(`{"journal":"bulk","version":1}`+"\n"+`{"key":%q,"state":"begun"}`+"\n", key)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return openJournal(t, path)
}

func TestWhatSettlesAnItemIsAResult(t *testing.T) {
	leak.Check(t)
	var noLink *api.ShareLink
	for name, result := range map[string]any{"nil": nil, "nil pointer": noLink, "a function": func() {}, "raw null": json.RawMessage("null"), "broken": json.RawMessage("{")} {
		j := left(t, "a")
		if err := j.Settle("a", result); err == nil || !strings.Contains(err.Error(), "item a") || len(j.Unsettled()) != 1 {
			t.Errorf("%s: %v, %+v", name, err, j.Entries())
		}
	}
	// What is read as nothing is no result either, whoever wrote it.
	for _, result := range []string{`null`, `{"link":"https://x"}`, `[]`, `7`, `"x"`, `{"shareLink":""}`} {
		j := left(t, "a")
		if result == `null` {
			_ = j.Close()
			path := filepath.Join(t.TempDir(), "journal")
			_ = os.WriteFile(path, []byte(`{"journal":"bulk","version":1}`+"\n"+`{"key":"a","state":"done","result":null}`+"\n"), 0o600)
			j = openJournal(t, path)
		} else if err := j.Settle("a", json.RawMessage(result)); err != nil {
			t.Fatal(err)
		}
		r, err := bulkOf(t, j, "a", linkFor("again"))
		if earlier, ok := errors.AsType[*api.EarlierError](r.Err); err == nil || !ok || r.Out != nil || earlier.State != api.JournalUnreadable {
			t.Errorf("%s: %+v, %v", result, r.Out, err)
		}
	}
	j := left(t, "a")
	if err := j.Settle("a", 0); err != nil {
		t.Fatal(err)
	}
	if r, err := bulkOf(t, j, "a", new(int)); err != nil || *r.Out != 0 {
		t.Errorf("a 0 that was meant: %+v, %v", r, err)
	}
}

func TestOnlyWhatIsOpenIsSettledOrForgotten(t *testing.T) {
	leak.Check(t)
	j := left(t, "a")
	for name, err := range map[string]error{
		"forget a key that is mistyped": j.Forget("A"), "forget nothing": j.Forget(""), "settle nothing": j.Settle("", 1), "settle bytes": j.Settle("a\xff", 1),
	} {
		if err == nil || len(j.Entries()) != 1 {
			t.Errorf("%s: %v, %+v", name, err, j.Entries())
		}
	}
	if err := j.Settle("a", linkFor("1")); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"forget": j.Forget("a"), "settle": j.Settle("a", linkFor("2"))} {
		if err == nil {
			t.Errorf("%s what has a result", name)
		}
	}
	if r, err := bulkOf(t, j, "a", linkFor("3")); err != nil || *r.Out != *linkFor("1") {
		t.Errorf("%+v, %v", r, err)
	}
	// An item that is being worked on is perhaps done: nobody can know yet.
	_, err := api.Bulk(t.Context(), []string{"b"}, func(context.Context, string) (*int, error) {
		if j.Forget("b") == nil || j.Settle("b", 1) == nil {
			t.Error("decided while it is worked on")
		}
		if _, err := bulkOf(t, j, "b", new(int)); err == nil {
			t.Error("done twice at once")
		}
		return new(int), nil
	}, api.Bulking[string, int]{Journal: j})
	if err != nil {
		t.Error(err)
	}
}

// A result that the journal cannot keep is in the results, and ends the bulk: so it would be with all others.
func TestAResultThatCannotBeKeptEndsTheBulk(t *testing.T) {
	leak.Check(t)
	type hidden struct{ id string }
	type broken struct{ F func() }
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	r, err := bulkOf(t, j, "a", &hidden{"x"})
	if err == nil || r.Err != nil || r.Out.id != "x" || !strings.Contains(err.Error(), "read back as nothing") {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := bulkOf(t, j, "b", &broken{func() {}}); err == nil || r.Err != nil {
		t.Errorf("%+v, %v", r, err)
	}
	for _, e := range j.Unsettled() {
		if e.State != api.JournalUnreadable || e.State.Effect() != api.EffectDone {
			t.Errorf("%+v", e)
		}
	}
	if n := len(j.Unsettled()); n != 2 {
		t.Errorf("%d items are open", n)
	}
}

// Any number of bulks may share a journal: together they do nothing twice.
func TestBulksAtOnceDoNothingTwice(t *testing.T) {
	leak.Check(t)
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	items := make([]int, 60)
	for i := range items {
		items[i] = i
	}
	var made [60]atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			_, _ = api.Bulk(t.Context(), items, func(_ context.Context, i int) (*int, error) { made[i].Add(1); return &i, nil }, api.Bulking[int, int]{Journal: j})
		})
	}
	all.Wait()
	for i := range made {
		if n := made[i].Load(); n > 1 {
			t.Errorf("item %d was done %d times", i, n)
		}
	}
}
