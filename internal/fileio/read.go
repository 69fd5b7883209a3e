// Package fileio reads and replaces files with care: reading ends, whatever the path leads to, and a reader of a replaced file
// sees the old or the new one, never half of it.
package fileio

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

// MaxSize is how large a file may be that is read: far beyond any API description or page.
const MaxSize = 64 << 20

// pipeTimeout is how long reading a pipe may take.
const pipeTimeout = 4 * time.Second

// Read reads a file of at most [MaxSize] bytes. It returns for a pipe that nobody writes to and for a device without an end.
func Read(file string) ([]byte, error) {
	// Without O_NONBLOCK, opening a pipe waits for a writer.
	f, err := os.OpenFile(file, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &os.PathError{Op: "read", Path: file, Err: errors.New("is a directory")}
	}
	_ = f.SetReadDeadline(time.Now().Add(pipeTimeout)) // regular files have none and need none
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = &os.PathError{Op: "read", Path: file, Err: fmt.Errorf("has more than %d MB, which is more than is read", MaxSize>>20)}
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Reason returns an error of the file system without the operation and the path, for a message that names the file itself.
func Reason(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
