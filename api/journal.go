package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/filelock"
)

// Journal is a file that remembers what became of each item of a [Bulk], so that a bulk which was interrupted, even by kill -9 or
// a power failure, goes on where it was and does nothing twice. An item is written down, and the disk told to keep it, before
// the item is begun and after it has ended. The file is only ever appended to: one JSON object a line, with the results, and no
// token. Only its owner may read it. A Journal is safe for concurrent use; one process at a time can open it.
type Journal struct {
	path   string
	unlock func()

	mu      sync.Mutex
	file    *os.File
	broken  error // why nothing more can be written
	entries map[string]*JournalEntry
	order   []string // keys, as they first came
}

// JournalEntry is what a journal knows of one item.
type JournalEntry struct {
	Key    string          // names the item; see Bulking.Key
	State  JournalState    // what became of it
	Result json.RawMessage // what it came to; nil unless State is JournalDone
	Error  string          // how it failed; empty while it is begun, or where it succeeded
	Time   time.Time       // of the last change
}

// JournalState is what became of an item.
type JournalState string

// The states of an item.
const (
	JournalBegun      JournalState = "begun"        // it was begun, and nothing is known of its end: perhaps done
	JournalDone       JournalState = "done"         // its result is known
	JournalNotDone    JournalState = "not done"     // it failed, and surely was not done
	JournalPerhaps    JournalState = "perhaps done" // it failed, and may have been done
	JournalUnreadable JournalState = "unreadable"   // it was done, but the answer could not be read
)

// Effect returns what the state says about the item.
func (s JournalState) Effect() Effect {
	switch s {
	case JournalDone, JournalUnreadable:
		return EffectDone
	case JournalNotDone:
		return EffectNone
	default:
		return EffectUnknown
	}
}

// record is a line of the file.
type record struct {
	Time   time.Time       `json:"time"`
	Key    string          `json:"key"`
	State  JournalState    `json:"state"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// journalHeader is the first line of the file, so that no other file is taken for a journal and changed.
const journalHeader = `{"journal":"bulk","version":1}` + "\n"

// OpenJournal opens the journal at path, or makes one. A last line that was not written to its end is dropped: nothing had been
// sent for it. Any other line that cannot be read is an error with its number. Close the journal after the bulk.
func OpenJournal(path string) (*Journal, error) {
	unlock, err := filelock.TryLock(path + ".lock")
	if errors.Is(err, filelock.ErrLocked) {
		return nil, fmt.Errorf("journal %s is in use, by another process or by this one", path)
	}
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	j := &Journal{path: path, unlock: unlock, entries: map[string]*JournalEntry{}}
	if err := j.open(); err != nil {
		_ = j.Close()
		return nil, fmt.Errorf("journal: %w", err)
	}
	return j, nil
}

func (j *Journal) open() (err error) {
	if j.file, err = os.OpenFile(j.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return err
	}
	end, err := j.read()
	if err != nil {
		return err
	}
	if err := os.Truncate(j.path, end); err != nil { // by its name: not every system can through a file that is appended to
		return err
	}
	if end == 0 {
		if _, err := j.file.WriteString(journalHeader); err != nil {
			return err
		}
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(j.path)); err == nil {
		_ = dir.Sync() // the name of a new file; not every system can
		_ = dir.Close()
	}
	return nil
}

// read reads all complete lines, and returns where they end.
func (j *Journal) read() (end int64, err error) {
	lines := bufio.NewReader(j.file)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			if number == 1 && !bytes.HasPrefix([]byte(journalHeader), line) {
				return 0, fmt.Errorf("%s is not a journal of a bulk", j.path)
			}
			return end, nil
		}
		if err != nil {
			return 0, err
		}
		end += int64(len(line))
		if number == 1 {
			if string(line) != journalHeader {
				return 0, fmt.Errorf("%s is not a journal of a bulk that this version can read", j.path)
			}
			continue
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return 0, fmt.Errorf("%s:%d: %w", j.path, number, err)
		}
		switch r.State {
		case JournalBegun, JournalDone, JournalNotDone, JournalPerhaps, JournalUnreadable:
			j.note(r)
		default:
			return 0, fmt.Errorf("%s:%d: unknown state %q", j.path, number, r.State)
		}
	}
}

// note takes over a record that is in the file.
func (j *Journal) note(r record) {
	if j.entries[r.Key] == nil {
		j.order = append(j.order, r.Key)
	}
	j.entries[r.Key] = &JournalEntry{Key: r.Key, State: r.State, Result: r.Result, Error: r.Error, Time: r.Time}
}

// append writes a record, and returns when it is on the disk.
func (j *Journal) append(r record) error {
	r.Time = time.Now().UTC()
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("journal: item %s: %w", r.Key, err)
	}
	if j.broken != nil {
		return j.broken
	}
	if _, err = j.file.Write(append(line, '\n')); err == nil {
		err = j.file.Sync()
	}
	if err != nil { // there may be a part of the line, which must stay the last one
		j.broken = fmt.Errorf("journal: %w", err)
		return j.broken
	}
	j.note(r)
	return nil
}

// begin writes that an item is begun.
func (j *Journal) begin(key string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.entries[key]; e != nil && e.State != JournalNotDone {
		return fmt.Errorf("journal: item %s is %s already", key, e.State)
	}
	return j.append(record{Key: key, State: JournalBegun})
}

// end writes what became of an item that was begun.
func (j *Journal) end(key string, result any, failed error) error {
	r := record{Key: key, State: JournalDone}
	if failed != nil {
		r.Error = failed.Error()
		switch EffectOf(failed) {
		case EffectNone:
			r.State = JournalNotDone
		case EffectUnknown:
			r.State = JournalPerhaps
		case EffectDone:
			r.State = JournalUnreadable
		}
	} else {
		var err error
		if r.Result, err = json.Marshal(result); err != nil {
			r.State, r.Error = JournalUnreadable, "the result cannot be written as JSON: "+err.Error()
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.append(r)
}

// Entries lists what the journal knows, in the order in which the items were first begun.
func (j *Journal) Entries() []JournalEntry {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]JournalEntry, len(j.order))
	for i, key := range j.order {
		all[i] = *j.entries[key]
	}
	return all
}

// Unsettled lists the items that are perhaps done, or done with an answer that could not be read. A [Bulk] does not do them again.
// Look at the service for each, and then call [Journal.Settle] or [Journal.Forget].
func (j *Journal) Unsettled() []JournalEntry {
	var all []JournalEntry
	for _, e := range j.Entries() {
		if e.State != JournalDone && e.State != JournalNotDone {
			all = append(all, e)
		}
	}
	return all
}

// Settle writes that an item has been done, with a result that was found elsewhere.
func (j *Journal) Settle(key string, result any) error { return j.end(key, result, nil) }

// Forget writes that an item was not done, so that the next [Bulk] does it.
func (j *Journal) Forget(key string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.append(record{Key: key, State: JournalNotDone})
}

// entry returns what the journal knows of an item.
func (j *Journal) entry(key string) (JournalEntry, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.entries[key]; e != nil {
		return *e, true
	}
	return JournalEntry{}, false
}

// Close closes the file, and lets others open it.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.unlock == nil {
		return nil
	}
	var err error
	if j.file != nil {
		err = j.file.Close()
	}
	j.broken = fmt.Errorf("journal %s is closed", j.path)
	j.unlock()
	j.unlock = nil
	return err
}

// EarlierError is the error of an item that an earlier run has begun, and that is not done again since it may have been done.
type EarlierError struct{ JournalEntry }

// Error says what became of the item, and what to do.
func (e *EarlierError) Error() string {
	said := ""
	if e.JournalEntry.Error != "" {
		said = " (" + e.JournalEntry.Error + ")"
	}
	return fmt.Sprintf("an earlier run left the item %s%s; look at the service, then Settle or Forget it in the journal", e.State, said)
}

// Effect returns what is known of the item.
func (e *EarlierError) Effect() Effect { return e.State.Effect() }
