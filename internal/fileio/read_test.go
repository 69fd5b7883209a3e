package fileio

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
