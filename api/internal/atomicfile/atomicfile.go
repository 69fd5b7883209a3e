// Package atomicfile replaces files as a whole, so that a crash leaves the old file or the new one.
package atomicfile

import (
	"os"
	"path/filepath"
)

// Follow returns the file that a path leads to through symbolic links, even if it does not exist yet. Replacing a link
// itself would leave the old content in its target, for programs that use the other name.
func Follow(path string) string {
	for range 40 { // the usual limit of operating systems
		target, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path
}

// Replaced in tests that record what is on disk at each step.
var (
	syncFile = (*os.File).Sync
	rename   = os.Rename
)

// Replace writes data to tmp, a new file in the directory of path, syncs it to disk, and renames it to path. It closes tmp,
// and removes it if something fails.
func Replace(path string, tmp *os.File, data []byte) (err error) {
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = syncFile(tmp)
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = rename(tmp.Name(), path)
	}
	if err != nil {
		return err
	}
	if dir, opening := os.Open(filepath.Dir(path)); opening == nil {
		_ = syncFile(dir) // makes the new name durable; not every system can
		_ = dir.Close()
	}
	return nil
}

// Append writes data to the end of a file, and syncs it to disk.
func Append(file *os.File, data []byte) error {
	if _, err := file.Write(data); err != nil {
		return err
	}
	return syncFile(file)
}
