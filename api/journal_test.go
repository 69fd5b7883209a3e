package api_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
				return nil, fmt.Errorf("x: %w", api.ErrNoAnswer)
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

// What is wrong with the journal or its keys is told before anything is sent.
func TestJournalThatCannotBeUsedSendsNothing(t *testing.T) {
	leak.Check(t)
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"))
	sent := 0
	fn := func(context.Context, api.CreateShareLinkRequest) (*int, error) { sent++; return new(int), nil }
	type how = api.Bulking[api.CreateShareLinkRequest, int]
	for name, c := range map[string]struct {
		how   how
		items []api.CreateShareLinkRequest
		words string
	}{
		"no key":    {how{Journal: j}, partners(1), "Key"},
		"same key":  {how{Journal: j, Key: func(api.CreateShareLinkRequest) string { return "k" }}, partners(2), "items 0 and 1"},
		"empty key": {how{Journal: j, Key: func(api.CreateShareLinkRequest) string { return "" }}, partners(1), "empty"},
	} {
		if _, err := api.Bulk(t.Context(), c.items, fn, c.how); !errors.Is(err, api.ErrInvalidRequest) || !strings.Contains(err.Error(), c.words) || sent != 0 {
			t.Errorf("%s: %d sent, %v", name, sent, err)
		}
	}
}

func TestJournalsFileIsReadStrictly(t *testing.T) {
	leak.Check(t)
	const header = `{"journal":"bulk","version":1}` + "\n"
	begun := func(key string) string {
		return fmt.Sprintf(`{"time":"2026-01-01T00:00:00Z","key":%q,"state":"begun"}`+"\n", key)
	}
	for name, c := range map[string]struct {
		text  string
		words string // of the error; empty for none
		keys  []string
		left  string // of the file; empty when it is as it was
	}{
		"new":                   {"", "", nil, header},
		"header not complete":   {header[:10], "", nil, header},
		"last line torn":        {header + begun("a") + begun("b")[:20], "", []string{"a"}, header + begun("a")},
		"last line only begun":  {header + begun("a") + "{", "", []string{"a"}, header + begun("a")},
		"another file":          {"access token\n", "not a journal", nil, ""},
		"another file, no line": {"precious", "not a journal", nil, ""},
		"another version":       {strings.Replace(header, "1", "2", 1), "not a journal", nil, ""},
		"a line broken":         {header + begun("a") + "{\n" + begun("b"), ":3:", nil, ""},
		"an empty line":         {header + "\n" + begun("b"), ":2:", nil, ""},
		"an unknown state":      {header + strings.Replace(begun("a"), "begun", "won", 1), "won", nil, ""},
	} {
		path := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := api.OpenJournal(path)
		if (err == nil) != (c.words == "") || err != nil && !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			var keys []string
			for _, e := range j.Entries() {
				keys = append(keys, e.Key)
			}
			if !slices.Equal(keys, c.keys) {
				t.Errorf("%s: keys %q", name, keys)
			}
			_ = j.Close()
		}
		if c.left == "" {
			c.left = c.text
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != c.left {
			t.Errorf("%s: the file is now %q, %v", name, got, err)
		}
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
