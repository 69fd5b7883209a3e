package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/highlevel-go/snapshots/api/internal/atomicfile"
	"github.com/highlevel-go/snapshots/api/internal/filelock"
)

// The state file is a list of lines, each a JSON object: first the format, then one with the complete state, then one for each change,
// whose rows replace earlier ones with the same key. An answer is sent when every change before it is on the disk, so that neither a
// killed process nor a power failure loses what was acknowledged; an incomplete last line was acknowledged to nobody. Changes during a
// write are written together after it. The file is replaced by the complete state when the changes are larger than that, and when the
// sandbox is closed.

// WithStateFile stores the state in a file, which is created if it does not exist. Two sandboxes cannot share one. It has the tokens that
// were issued, so only its owner may read it. [Sandbox.Close] writes it a last time.
func WithStateFile(path string) Option {
	return func(s *Sandbox) { s.statePath = path }
}

// stateFile is an open state file.
type stateFile struct {
	path   string
	unlock func()
	filled bool // it contained a state when it was opened

	// Guarded by the sandbox's lock:
	pending  []byte // lines that are not on disk yet
	replaces bool   // pending is the complete state, and replaces the file
	changes  uint64 // number of changes so far
	size     int64  // of the file with pending; base is that of its last replacement
	base     int64
	closed   bool

	onDisk atomic.Uint64 // number of changes that are on disk

	disk sync.Mutex // guards the following fields. It is locked before the sandbox's lock, never after it
	file *os.File
	err  error // after which nothing is appended, since the end of the file is unknown

	replace func(path string, tmp *os.File, data []byte) error
	append  func(file *os.File, data []byte) error
}

// openState locks the state file for this process, and reads it into the tables.
func openState(path string, t *tables) (*stateFile, error) {
	path = atomicfile.Follow(path)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("state file %s: it is not a regular file", path) // reading from a pipe would never end
	}
	unlock, err := filelock.TryLock(path + ".lock")
	if errors.Is(err, filelock.ErrLocked) {
		return nil, fmt.Errorf("state file %s: another process uses it", path)
	}
	if err != nil {
		return nil, fmt.Errorf("state file: %w", err)
	}
	f := &stateFile{path: path, unlock: unlock, replace: atomicfile.Replace, append: atomicfile.Append}
	if err := f.read(t); err != nil {
		unlock()
		return nil, err
	}
	for link := range t.links.all() {
		if link.SupersededBy == "" {
			t.newest[link.series()] = link.ID
		}
	}
	return f, nil
}

// read reads all complete lines.
func (f *stateFile) read(t *tables) error {
	in, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	defer func() { _ = in.Close() }()
	lines := bufio.NewReader(in)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("state file: %w", err)
		}
		switch {
		case number == 1 && len(line) == 0:
			return nil
		case number == 1 && string(line) != stateHeader:
			return f.refuse(number, "it is not a state file of a sandbox")
		case number == 1:
			continue
		case err == io.EOF && number == 2: // these two are written together
			return f.refuse(number, "the file is cut off")
		case err == io.EOF:
			return nil // an incomplete line
		}
		if err := t.load(line); err != nil {
			return f.refuse(number, err.Error())
		}
		f.filled = true
	}
}

// refuse returns the error for an invalid file.
func (f *stateFile) refuse(line int, why string) error {
	return fmt.Errorf("%s:%d: %s; name another file, this one is left as it is", f.path, line, why)
}

// outgrown is the minimum size of changes at which the file may be replaced.
const outgrown = 1 << 20

// add adds a change to those to write. The sandbox is locked.
func (f *stateFile) add(r record[any], t *tables) error {
	if f.closed {
		return errors.New("state file: it is closed")
	}
	if f.size-f.base > max(outgrown, 3*f.base) {
		return f.addWhole(t)
	}
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	f.pending = append(append(f.pending, line...), '\n')
	f.size += int64(len(line)) + 1
	f.changes++
	return nil
}

// addWhole sets the complete state to be written. The sandbox is locked.
func (f *stateFile) addWhole(t *tables) error {
	line, err := json.Marshal(t.everything())
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	f.pending = append(append([]byte(stateHeader), line...), '\n')
	f.replaces = true
	f.size, f.base = int64(len(f.pending)), int64(len(f.pending))
	f.changes++
	return nil
}

// flush returns when so many changes are on disk. The first caller writes for all.
func (f *stateFile) flush(changes uint64, lock sync.Locker) error {
	if f.onDisk.Load() >= changes {
		return nil
	}
	f.disk.Lock()
	defer f.disk.Unlock()
	if f.onDisk.Load() >= changes {
		return nil
	}
	lock.Lock()
	text, replaces, last := f.pending, f.replaces, f.changes
	f.pending, f.replaces = nil, false
	lock.Unlock()
	switch {
	case replaces:
		f.err = f.writeWhole(text)
	case f.err == nil:
		f.err = f.append(f.file, text)
	}
	if f.err != nil {
		return fmt.Errorf("state file: %w", f.err)
	}
	f.onDisk.Store(last)
	return nil
}

// writeWhole writes the complete state to another file and replaces the state file with it. A killed process may have left that file.
func (f *stateFile) writeWhole(text []byte) error {
	name := f.path + ".new"
	if err := removeOwn(name); err != nil {
		return err
	}
	next, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if f.file != nil {
		_ = f.file.Close() // some systems do not replace a file that is open
		f.file = nil
	}
	if err := f.replace(f.path, next, text); err != nil {
		return err
	}
	f.file, err = os.OpenFile(f.path, os.O_WRONLY|os.O_APPEND, 0o600)
	return err
}

// removeOwn removes a file, if a sandbox has begun to write it.
func removeOwn(name string) error {
	text := make([]byte, len(stateHeader))
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	n, err := io.ReadFull(file, text)
	_ = file.Close()
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	if !strings.HasPrefix(stateHeader, string(text[:n])) {
		return fmt.Errorf("%s stands in the way: it is not a state file of a sandbox", name)
	}
	return os.Remove(name)
}
