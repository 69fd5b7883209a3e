package api_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

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
