// Package atomicfile replaces files as a whole, so that a crash leaves the old file or the new one.
package atomicfile

import (
	"os"
	"path/filepath"
)

// Follow returns the file that a path leads to over symbolic links, also one that is not there yet. Replacing a link itself would
// leave the old content where it leads, for whoever goes by the other name.
func Follow(path string) string {
	for range 40 { // as often as systems do
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

// Replaced in tests, which note what is on the disk when.
var (
	syncFile = (*os.File).Sync
	rename   = os.Rename
)

// Replace writes data to tmp, a new file in the folder of path, makes sure that it is on the disk, and puts it in path's place. It closes
// tmp, and removes it when something fails.
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
		_ = syncFile(dir) // the new name; not every system can
		_ = dir.Close()
	}
	return nil
}

// Append writes data at the end of a file, and makes sure that it is on the disk.
func Append(file *os.File, data []byte) error {
	if _, err := file.Write(data); err != nil {
		return err
	}
	return syncFile(file)
}
