package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/highlevel-go/snapshots/api/internal/filelock"
)

// The state file is a list of lines, each a JSON object: first what it is, then one with everything, then one for each change,
// whose rows take the place of those before with the same key. A change is written before its answer is sent, so that killing
// the process loses nothing that was acknowledged; the line that it may have left unfinished was acknowledged to nobody. When the
// changes have outgrown the rest, and when the sandbox is closed, the file is written anew, to a new file that then
// takes its name. Only then is the disk waited for: a power cut can lose the last changes, a killed process none.

// WithStateFile keeps the state in a file, which is made when it is not there. Two sandboxes cannot share one. It holds the
// tokens that were handed out, so only its owner may read it. [Sandbox.Close] writes it a last time.
func WithStateFile(path string) Option {
	return func(s *Sandbox) { s.statePath = path }
}

const stateHeader = `{"sandbox":"state","version":1}` + "\n"

// record is one line of the state file: rows and keys by the name of their table.
type record[Rows any] struct {
	Rows    map[string]Rows     `json:"rows,omitempty"`
	Removed map[string][]string `json:"removed,omitempty"`
	Counter int                 `json:"counter"`
}

// stored is a table of any type of row.
type stored interface {
	everything() any
	changes() (rows any, removed []string)
	load(rows json.RawMessage, removed []string) error
}

// stored lists the tables by name.
func (t *tables) stored() map[string]stored {
	return map[string]stored{
		"snapshots": &t.snapshots, "links": &t.links, "pushes": &t.pushes, "locations": &t.locations, "tags": &t.tags,
		"customFields": &t.customFields, "customValues": &t.customValues, "paused": &t.paused, "grants": &t.grants,
	}
}

// stateFile is an open state file.
type stateFile struct {
	path    string
	file    *os.File
	unlock  func()
	whole   int64 // size after it was last written as a whole
	size    int64
	written bool // it held a state when it was opened
}

// openState takes the state file for this process and reads it into the tables.
func openState(path string, t *tables) (*stateFile, error) {
	unlock, err := filelock.TryLock(path + ".lock")
	if errors.Is(err, filelock.ErrLocked) {
		return nil, fmt.Errorf("state file %s: another process uses it", path)
	}
	if err != nil {
		return nil, fmt.Errorf("state file: %w", err)
	}
	f := &stateFile{path: path, unlock: unlock}
	if err := f.read(t); err != nil {
		unlock()
		return nil, err
	}
	for link := range t.links.all() {
		if link.SupersededBy == "" {
			t.newest[link.shared()] = link.ID
		}
	}
	return f, nil
}

// read reads all finished lines.
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
		if number == 1 {
			if len(line) == 0 {
				return nil
			}
			if string(line) != stateHeader {
				return fmt.Errorf("%s:1: it is not a state file of a sandbox; name another file, this one is left as it is", f.path)
			}
			continue
		}
		if err == io.EOF {
			return nil // what stands after the last newline was not finished
		}
		if err := t.load(line); err != nil {
			return fmt.Errorf("%s:%d: %w", f.path, number, err)
		}
		f.written = true
	}
}

// load takes over what a line of the state file holds.
func (t *tables) load(line []byte) error {
	var r record[json.RawMessage]
	if err := json.Unmarshal(line, &r); err != nil {
		return err
	}
	known := t.stored()
	for name := range r.Rows {
		if known[name] == nil {
			return fmt.Errorf("unknown rows %q", name)
		}
	}
	for name, table := range known {
		if err := table.load(r.Rows[name], r.Removed[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t.counter = max(t.counter, r.Counter)
	return nil
}

// changes is the record of what has changed since the last one; ok is false when nothing has.
func (t *tables) changes() (r record[any], ok bool) {
	r = record[any]{Rows: map[string]any{}, Removed: map[string][]string{}, Counter: t.counter}
	for name, table := range t.stored() {
		rows, removed := table.changes()
		if rows != nil {
			r.Rows[name] = rows
		}
		if len(removed) > 0 {
			r.Removed[name] = removed
		}
	}
	return r, len(r.Rows)+len(r.Removed) > 0
}

// everything is the record of all that there is.
func (t *tables) everything() record[any] {
	r := record[any]{Rows: map[string]any{}, Counter: t.counter}
	for name, table := range t.stored() {
		r.Rows[name] = table.everything()
	}
	return r
}

// rewrite writes the file anew: to a new file, to the disk, and under its name.
func (f *stateFile) rewrite(t *tables) error {
	line, err := json.Marshal(t.everything())
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	next, err := os.OpenFile(f.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	text := append(append([]byte(stateHeader), line...), '\n')
	_, err = next.Write(text)
	if err == nil {
		err = next.Sync()
	}
	if closed := next.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(next.Name(), f.path)
	}
	if err == nil {
		next, err = os.OpenFile(f.path, os.O_WRONLY|os.O_APPEND, 0o600)
	}
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(f.path)); err == nil {
		_ = dir.Sync() // the name; not every system can
		_ = dir.Close()
	}
	if f.file != nil {
		_ = f.file.Close()
	}
	f.file, f.size, f.whole = next, int64(len(text)), int64(len(text))
	return nil
}

// outgrown is the size of changes from which on the file is written anew.
const outgrown = 1 << 20

// append writes a change.
func (f *stateFile) append(r record[any], t *tables) error {
	if f.file == nil {
		return errors.New("state file: it is closed")
	}
	if f.size-f.whole > max(outgrown, 3*f.whole) {
		return f.rewrite(t)
	}
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	n, err := f.file.Write(append(line, '\n'))
	f.size += int64(n)
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	return nil
}

func (f *stateFile) close(t *tables) error {
	err := f.rewrite(t)
	if f.file != nil {
		_ = f.file.Close()
		f.file = nil
	}
	f.unlock()
	return err
}

// commit writes what has changed to the state file, if there is one. What cannot be written is not acknowledged: from then on
// every answer is the error, so that nothing passes for kept that is not.
func (s *Sandbox) commit() {
	r, changed := s.changes()
	if !changed || s.file == nil {
		return
	}
	if err := s.file.append(r, &s.tables); err != nil {
		s.fail("%w", err)
	}
}

// Close writes the state file a last time and gives it free. Without a state file it does nothing. Requests after it that change
// something fail.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := s.file.close(&s.tables)
	if err != nil {
		s.fail("%w", err)
	}
	return err
}
