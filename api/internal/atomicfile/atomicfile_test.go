package atomicfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file has its name only when its content is on the disk, and the name is on the disk when Replace returns.
func TestReplaceWaitsForTheDiskInOrder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	var steps []string
	broken := ""
	step := func(name string) error {
		if steps = append(steps, name); name == broken {
			return errors.New("broken")
		}
		return nil
	}
	defer func(s func(*os.File) error, r func(string, string) error) { syncFile, rename = s, r }(syncFile, rename)
	syncFile = func(f *os.File) error {
		data, _ := os.ReadFile(f.Name())
		return step(fmt.Sprintf("sync %s %q", strings.TrimPrefix(f.Name(), dir), data))
	}
	rename = func(from, to string) error {
		if err := step("rename " + strings.TrimPrefix(from, dir) + " " + strings.TrimPrefix(to, dir)); err != nil {
			return err
		}
		return os.Rename(from, to)
	}
	write := func(text string) error {
		tmp, err := os.Create(path + ".tmp")
		if err != nil {
			t.Fatal(err)
		}
		return Replace(path, tmp, []byte(text))
	}
	if err := write("one"); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(steps, ", "), `sync /file.tmp "one", rename /file.tmp /file, sync  ""`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, broken = range []string{`sync /file.tmp "two"`, "rename /file.tmp /file"} {
		if err := write("two"); err == nil {
			t.Errorf("%s: no error", broken)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != "one" {
			t.Errorf("%s: %q, %v", broken, data, err)
		}
		if _, err := os.Stat(path + ".tmp"); err == nil {
			t.Errorf("%s: the other file is left", broken)
		}
	}
	steps = nil
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if err := Append(file, []byte("!")); err != nil || strings.Join(steps, ", ") != `sync /file "one!"` {
		t.Errorf("%v, %v", err, steps)
	}
	broken = `sync /file "one!!"`
	if err := Append(file, []byte("!")); err == nil {
		t.Error("no error")
	}
}
