package fileio

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace writes a file completely or not at all. For a link, the file that it leads to is replaced. A pipe or device, such as /dev/stdout,
// is written to and not replaced. A file that has this content already is not written.
func Replace(file string, data []byte) error {
	mode, target := fs.FileMode(0o644), file
	if info, err := os.Stat(file); err == nil {
		switch {
		case info.IsDir():
			return fmt.Errorf("%s cannot be written: it is a directory", file)
		case !info.Mode().IsRegular():
			return cannotWrite(file, os.WriteFile(file, data, 0))
		}
		if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, data) {
			return nil
		}
		mode = info.Mode().Perm()
		if target, err = filepath.EvalSymlinks(file); err != nil {
			return cannotWrite(file, err)
		}
	} else if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return fmt.Errorf("%s cannot be written: it is a link that leads nowhere", file)
	}
	dir, err := os.OpenRoot(filepath.Dir(target))
	if err != nil {
		return cannotWrite(file, err)
	}
	defer dir.Close()
	return cannotWrite(file, replaceIn(dir, filepath.Base(target), data, mode))
}

// ReplaceIn is Replace for a file in a directory that nothing may be written outside of, whatever names and links say.
func ReplaceIn(dir *os.Root, name string, data []byte) error {
	return cannotWrite(name, replaceIn(dir, name, data, 0o644))
}

// replaceIn writes a file beside the old one and renames it.
func replaceIn(dir *os.Root, name string, data []byte, mode fs.FileMode) error {
	temp := filepath.Join(filepath.Dir(name), ".write-"+rand.Text()+".tmp")
	file, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = dir.Rename(temp, name)
	}
	if err != nil {
		_ = dir.Remove(temp) // the first error is the one that counts
	}
	return err
}

// cannotWrite makes an error with the name of the file, in place of that of the temporary file.
func cannotWrite(file string, err error) error {
	if err == nil {
		return nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s cannot be written: %w", file, err)
}
