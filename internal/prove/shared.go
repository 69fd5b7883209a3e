package prove

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared lists files of the reference data, which is not part of the project and is next to the checkout, or in the
// directory named by SNAPSHOTS_SHARED. If there are none, the test is skipped.
func Shared(t testing.TB, pattern string) []string {
	t.Helper()
	dir := os.Getenv("SNAPSHOTS_SHARED")
	if dir == "" {
		dir = filepath.Join(checkout(t), "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("%s is not in %s; SNAPSHOTS_SHARED names the directory of the reference data", pattern, dir)
	}
	return files
}

// checkout returns the root of the checkout, which contains go.work, from the directory of any package below it.
func checkout(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !exists(filepath.Join(dir, "go.work")) {
		if dir == filepath.Dir(dir) {
			t.Fatal("the test does not run inside the checkout")
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
