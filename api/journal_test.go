package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
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
	const done, notDone = `{"key":"a","state":"done","result":{"id":"1"}}` + "\n", `{"key":"a","state":"not done"}` + "\n"
	for name, c := range map[string]struct {
		text  string
		words string // of the error; empty for none
		keys  []string
		left  string // of the file; empty when it is as it was
	}{
		"new":                     {"", "", nil, header},
		"header not complete":     {header[:10], "", nil, header},
		"last line torn":          {header + begun("a") + begun("b")[:20], "", []string{"a"}, header + begun("a")},
		"last line only begun":    {header + begun("a") + "{", "", []string{"a"}, header + begun("a")},
		"another file":            {"access token\n", "not a journal", nil, ""},
		"another file, no line":   {"precious", "not a journal", nil, ""},
		"another version":         {strings.Replace(header, "1", "2", 1), "not a journal", nil, ""},
		"a line broken":           {header + begun("a") + "{\n" + begun("b"), ":3:", nil, ""},
		"an empty line":           {header + "\n" + begun("b"), ":2:", nil, ""},
		"header without end":      {header[:len(header)-1], "", nil, header},
		"lines of Windows":        {strings.ReplaceAll(header+begun("a")+begun("b"), "\n", "\r\n"), "", []string{"a", "b"}, ""},
		"Windows, torn":           {strings.ReplaceAll(header+begun("a"), "\n", "\r\n") + begun("b")[:9], "", []string{"a"}, strings.ReplaceAll(header+begun("a"), "\n", "\r\n")},
		"an editor's last line":   {strings.TrimSuffix(header+begun("a")+begun("b"), "\n"), "", []string{"a", "b"}, header + begun("a") + begun("b")},
		"last line of zeros":      {header + begun("a") + strings.Repeat("\x00", 999), "", []string{"a"}, header + begun("a")},
		"two journals in one":     {header + begun("a") + header + begun("b"), ":3:", nil, ""},
		"without a key":           {header + `{"state":"begun"}` + "\n", ":2: the item has no key", nil, ""},
		"done, and then not":      {header + done + notDone, ":3: item a is not done, but an earlier line has its result", nil, ""},
		"done, and then begun":    {header + done + begun("a"), ":3:", nil, ""},
		"not done, then done":     {header + notDone + begun("a") + done, "", []string{"a"}, ""},
		"another's JSON":          {`{"name":"package","version":"1.0.0"}` + "\n", "not a journal", nil, ""},
		"another's JSON Lines":    {begun("a") + begun("b"), "not a journal", nil, ""},
		"names of another case":   {header + strings.Replace(begun("a"), "{", `{"KEY":"b","State":"done",`, 1) + strings.Replace(begun("c"), "}", `,"Key":"d"}`, 1), "", []string{"a", "c"}, ""},
		"no key but another case": {header + strings.Replace(begun("a"), "key", "Key", 1) + begun("b"), ":2: the item has no key", nil, ""},
		"a list":                  {header + "[]\n" + begun("b"), ":2:", nil, ""},
		"null":                    {header + "null\n" + begun("b"), ":2:", nil, ""},
		"an unknown state":        {header + strings.Replace(begun("a"), "begun", "won", 1), "won", nil, ""},
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

func TestWhatIsNoFileIsNotOpenedAsAJournal(t *testing.T) {
	leak.Check(t)
	for _, path := range []string{t.TempDir(), "/dev/zero", filepath.Join(t.TempDir(), "missing", "journal")} {
		if j, err := api.OpenJournal(path); err == nil {
			_ = j.Close()
			t.Errorf("%s is opened", path)
		}
	}
}

// Two names of one file are one journal.
func TestAJournalIsLockedByWhateverName(t *testing.T) {
	leak.Check(t)
	dir := t.TempDir()
	path, other := filepath.Join(dir, "journal"), filepath.Join(dir, "other")
	j := openJournal(t, path)
	if err := os.Symlink(path, other); err != nil {
		t.Skip(err)
	}
	if _, err := api.OpenJournal(other); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("opened twice: %v", err)
	}
	_ = j.Close()
	openJournal(t, other)
	if _, err := api.OpenJournal(path); err == nil {
		t.Error("opened twice, the other way around")
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

// A full disk, as far as a limit on the size of files shows it, ends the bulk. What was begun is listed after it.
func TestAFullDiskLosesNothing(t *testing.T) {
	leak.Check(t)
	path := filepath.Join(t.TempDir(), "journal")
	cmd := exec.Command("sh", "-c", "ulimit -f 1; trap '' XFSZ; exec \"$0\" \"$1\" full", os.Args[0], path)
	cmd.Env = append(os.Environ(), "API_TEST_ROLE=bulk")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "file too large") {
		t.Skipf("cannot limit the size of files here: %s, %v", out, err)
	}
	var done int
	if _, err := fmt.Sscanf(string(out), "done %d", &done); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	j := openJournal(t, path)
	if known := len(j.Entries()); known < done || done == 0 || known > done+1 {
		t.Errorf("%d done, %d known", done, known)
	}
}
