package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadIsBounded(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, MaxSize+1); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{large: "more than 64 MB", dir: "is a directory", filepath.Join(dir, "none"): "no such file"} {
		if data, err := Read(file); err == nil || data != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", file, err, want)
		}
	}
	if err := os.Truncate(large, MaxSize); err != nil {
		t.Fatal(err)
	}
	if data, err := Read(large); err != nil || len(data) != MaxSize {
		t.Errorf("%d bytes and the error %v", len(data), err)
	}
}

func TestReplaceLeavesNothingBeside(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	for _, text := range []string{"one", "two"} {
		if err := Replace(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
		if err := os.Chmod(file, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d files, want 1", len(entries))
	}
	if err := Replace(dir, nil); err == nil || !strings.Contains(err.Error(), "it is a directory") {
		t.Errorf("a directory: %v", err)
	}
	if err := Replace(filepath.Join(dir, "none", "a"), nil); err == nil || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("a directory that is not there: %v", err)
	}
}

func TestReplaceInStaysInItsDirectory(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := ReplaceIn(root, "../out", []byte("x")); err == nil {
		t.Error("a file outside was written")
	}
	if err := ReplaceIn(root, "in", []byte("x")); err != nil {
		t.Error(err)
	}
}
