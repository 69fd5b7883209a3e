package oauth

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/filelock"
	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// Whoever goes by the file's other name must find the new refresh token, not the one that is used up.
func TestTokenFileIsReplacedWhereASymbolicLinkLeads(t *testing.T) {
	leak.Check(t)
	for name, there := range map[string]bool{"a file": true, "no file yet": false} {
		dir := t.TempDir()
		real, link, far := filepath.Join(dir, "real", "token.json"), filepath.Join(dir, "link.json"), filepath.Join(dir, "far.json")
		if err := os.Mkdir(filepath.Dir(real), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join("real", "token.json"), link); err != nil {
			t.Skip("links cannot be made here:", err)
		}
		if err := os.Symlink(link, far); err != nil {
			t.Fatal(err)
		}
		if there {
			if err := FileStore(real).Swap(t.Context(), Token{}, ended); err != nil {
				t.Fatal(err)
			}
		}
		next := Token{AccessToken: "next", RefreshToken: "next"}
		unlock, err := FileStore(far).Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := filelock.TryLock(real + ".lock"); err == nil {
			t.Errorf("%s: two names have two locks", name)
		}
		unlock()
		if err := FileStore(far).Swap(t.Context(), Token{}, next); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{real, link, far} {
			if got, err := FileStore(path).Load(t.Context()); err != nil || !got.equal(next) {
				t.Errorf("%s, by %s: %q, %v", name, filepath.Base(path), got.AccessToken, err)
			}
		}
		if info, err := os.Lstat(far); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s: the link was replaced by a file: %v", name, err)
		}
	}
}

func TestSymbolicLinkInACircleIsAnError(t *testing.T) {
	leak.Check(t)
	path := filepath.Join(t.TempDir(), "token.json")
	if err := os.Symlink(path, path); err != nil {
		t.Skip("links cannot be made here:", err)
	}
	if _, err := FileStore(path).Load(t.Context()); err == nil {
		t.Error("a token is read from nothing")
	}
}
