//go:build unix

package fileio

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestReadEndsWhereAFileDoesNot(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes with names here")
	}
	if data, err := Read(pipe); err != nil || len(data) != 0 {
		t.Errorf("a pipe that nobody writes to: %q, %v", data, err)
	}
	if _, err := Read("/dev/zero"); err == nil || !strings.Contains(err.Error(), "more than 64 MB") {
		t.Errorf("an endless device: %v", err)
	}
	writer, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.WriteString("through the pipe"); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(50*time.Millisecond, func() { _ = writer.Close() })
	if data, err := Read(pipe); err != nil || string(data) != "through the pipe" {
		t.Errorf("%q, %v", data, err)
	}
}
