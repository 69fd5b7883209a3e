package sandbox_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// with opens a sandbox with a state file, and fails the test when that does not work.
func with(t *testing.T, file string, opts ...sandbox.Option) *sandbox.Sandbox {
	t.Helper()
	s := sandbox.New(append(opts, sandbox.WithStateFile(file))...)
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return s
}

func asText(t *testing.T, s *sandbox.Sandbox) string {
	t.Helper()
	text, err := json.Marshal(s.State())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func share(t *testing.T, s *sandbox.Sandbox) *api.ShareLink {
	t.Helper()
	link, err := client(t, s).CreateShareLink(t.Context(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink})
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func TestStateIsTheSameAfterACleanStopAndAfterNone(t *testing.T) {
	leak.Check(t)
	for _, clean := range []bool{true, false} {
		file := filepath.Join(t.TempDir(), "state")
		s := with(t, file, sandbox.WithSeed(sandbox.SeedDemo))
		share(t, s)
		share(t, s)
		s.SetStatus(s.Push(sandbox.Snapshot1, "loc").ID, sandbox.Failed)
		s.Push(sandbox.Snapshot2, "loc")
		if _, err := client(t, s).LatestPush(t.Context(), api.LatestPushRequest{SnapshotID: sandbox.Snapshot2, LocationID: "loc"}); err != nil {
			t.Fatal(err)
		}
		s.AddSnapshot("another", api.Snapshot{Name: "x"})
		want := asText(t, s)
		if clean {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		} else { // the file of a killed process, with an incomplete line
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, append(text, `{"links":[{"id":"sha`...), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		again := with(t, file, sandbox.WithSeed(sandbox.SeedDemo))
		if got := asText(t, again); got != want {
			t.Errorf("clean=%v:\n%s\nwant\n%s", clean, got, want)
		}
		link := share(t, again)
		links := again.Links()
		if last := links[len(links)-2]; last.SupersededBy != link.ID || last.ID == link.ID {
			t.Errorf("clean=%v: the last link is superseded by %q, want %q", clean, last.SupersededBy, link.ID)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStateFileIsForItsOwnerAndOneSandbox(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	s := with(t, file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := sandbox.New(sandbox.WithStateFile(file)).Err(); err == nil || !strings.Contains(err.Error(), "another process uses it") {
		t.Errorf("a second one: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := with(t, file).Close(); err != nil {
		t.Error(err)
	}
}

func TestOtherFileIsNotChanged(t *testing.T) {
	leak.Check(t)
	const head = `{"sandbox":"state","version":1}` + "\n"
	for _, text := range []string{
		"important\n", "important", `{"sandbox":"state","version":2}` + "\n", head[:10], // something else, or a later version's
		head, head + `{"rows":{"links":[`, // cut off
		head + "important\n", head + "null\n", head + "{}\n", head + "\n", head + `{"rows":{}} {}` + "\n", // corrupt
		head + `{"rows":{},"extra":1}` + "\n", head + `{"rows":{"lynks":[]}}` + "\n", head + `{"rows":{},"removed":{"lynks":["a"]}}` + "\n",
		head + `{"rows":{"links":[{"id":""}]}}` + "\n", head + `{"rows":{"links":[{"id":"a","urk":"b"}]}}` + "\n", head + `{"rows":{"links":"a"}}` + "\n",
		head + `{"rows":{"links":[]},"counter":1}` + "\n" + `{"rows":{"links":[{"id":7}]}}` + "\n",
	} {
		file := filepath.Join(t.TempDir(), "state")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := sandbox.New(sandbox.WithStateFile(file))
		if err := s.Err(); err == nil || !strings.Contains(err.Error(), file+":") || !strings.HasSuffix(err.Error(), "name another file, this one is left as it is") {
			t.Errorf("%q: %v", text, err)
		}
		if status, body := ask(t, s, "GET", "/snapshots/?companyId=c", ""); status != http.StatusInternalServerError || !strings.Contains(body, "state") {
			t.Errorf("%q: answered %d %s", text, status, body)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("%q became %q, %v", text, got, err)
		}
	}
}

func TestOtherTemporaryFileIsNotRemoved(t *testing.T) {
	leak.Check(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "state")
	if err := os.WriteFile(file+".new", []byte("important"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sandbox.New(sandbox.WithStateFile(file)).Err(); err == nil || !strings.Contains(err.Error(), file+".new stands in the way") {
		t.Errorf("%v", err)
	}
	if got, err := os.ReadFile(file + ".new"); err != nil || string(got) != "important" {
		t.Errorf("it became %q, %v", got, err)
	}
	if err := sandbox.New(sandbox.WithStateFile(dir)).Err(); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a folder: %v", err)
	}
	for _, leftover := range []string{"", `{"sandbox":"sta`, `{"sandbox":"state","version":1}` + "\n{"} { // of a killed process
		if err := os.WriteFile(file+".new", []byte(leftover), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := with(t, file).Close(); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
}

// A link to the file is locked with the file.
func TestStateFileIsTheSameThroughALink(t *testing.T) {
	leak.Check(t)
	dir := t.TempDir()
	file, alias := filepath.Join(dir, "state"), filepath.Join(dir, "alias")
	if err := os.Symlink("state", alias); err != nil {
		t.Skip(err)
	}
	s := with(t, alias)
	share(t, s)
	if err := sandbox.New(sandbox.WithStateFile(file)).Err(); err == nil || !strings.Contains(err.Error(), "another process uses it") {
		t.Errorf("under its own name: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s = with(t, file); len(s.Links()) != 1 {
		t.Errorf("links: %v", s.Links())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// A second Close does not overwrite the state of the next sandbox.
func TestClosedSandboxDoesNotWriteAgain(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	first := with(t, file)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := with(t, file)
	share(t, second)
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if second = with(t, file); len(second.Links()) != 1 {
		t.Errorf("links: %v", second.Links())
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
}

// A change that cannot be written is not acknowledged.
func TestChangeThatCannotBeWrittenIsRefused(t *testing.T) {
	leak.Check(t)
	s := with(t, filepath.Join(t.TempDir(), "state"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	body := `{"snapshot_id":"` + sandbox.Snapshot1 + `","share_type":"link"}`
	if status, text := ask(t, s, "POST", "/snapshots/share/link?companyId="+sandbox.CompanyID, body); status != http.StatusInternalServerError {
		t.Errorf("answered %d %s", status, text)
	}
}

// The file is replaced when its changes are larger than the state.
func TestStateFileDoesNotGrowForEver(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "state")
	s := with(t, file)
	id := s.Push(sandbox.Snapshot1, "loc").ID
	for range 80 {
		s.SetStatus(id, strings.Repeat("x", 20<<10))
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() > 1200<<10 {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
	want := asText(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = with(t, file)
	if got := asText(t, s); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestStateIsACopy(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithSeed(sandbox.SeedDemo))
	want := asText(t, s)
	st := s.State()
	for _, list := range []any{st.Snapshots, st.Links, st.Pushes, st.Locations} {
		if reflect.ValueOf(list).Len() == 0 {
			t.Errorf("%T is empty", list)
		}
	}
	st.Links[2].RelationshipNumbers[0], st.Links[0].ID, st.Pushes[0].Completed[0], st.Locations[0].Fields["country"] = "x", "x", "x", "x"
	if got := asText(t, s); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestHandlerOfItsOwnIsReachedAtItsPath(t *testing.T) {
	leak.Check(t)
	server, err := sandbox.Start(sandbox.WithHandler("/console", func(s *sandbox.Sandbox) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("at " + r.URL.Path)) })
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for path, want := range map[string]int{"/console": 200, "/console/x": 200, "/consoles": 404} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if _ = resp.Body.Close(); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
	if n := len(server.Requests()); n != 1 {
		t.Errorf("%d requests in the log", n)
	}
	if err := sandbox.New(sandbox.WithHandler("console/", nil)).Err(); err == nil {
		t.Error("a path without a slash is accepted")
	}
}
