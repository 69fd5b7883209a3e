package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceFile writes a file so that it is there whole or not at all. A link stays one: what it leads to is written. So do a
// pipe and a device, such as /dev/stdout, which must never be replaced by a file.
func replaceFile(file string, data []byte) error {
	mode := fs.FileMode(0o644)
	target := file
	if info, err := os.Stat(file); err == nil {
		switch {
		case info.IsDir():
			return fmt.Errorf("%s cannot be written: it is a directory", file)
		case !info.Mode().IsRegular():
			return named(file, os.WriteFile(file, data, 0))
		}
		mode = info.Mode().Perm()
		if target, err = filepath.EvalSymlinks(file); err != nil {
			return named(file, err)
		}
	} else if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return fmt.Errorf("%s cannot be written: it is a link that leads nowhere", file)
	}
	return named(file, replaceBy(target, data, mode))
}

// replaceBy writes another file beside one, and puts it in its place.
func replaceBy(file string, data []byte, mode fs.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err = temp.Write(data); err == nil {
		err = temp.Chmod(mode)
	}
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temp.Name(), file)
	}
	return err
}

// named says which file could not be written: the error may name the one beside it, which nobody knows.
func named(file string, err error) error {
	if err == nil {
		return nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s cannot be written: %w", file, err)
}
