package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/filelock"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Journal is a file that remembers what became of each item of a [Bulk], so that a bulk which was interrupted, even by kill -9 or
// a power failure, goes on where it was and does nothing twice. An item is written down, and the disk told to keep it, before
// the item is begun and after it has ended. The file is only ever appended to: one JSON object a line, with the results, and no
// token. Only its owner may read it. A Journal is safe for concurrent use; one process at a time can open it.
//
//	journal, err := api.OpenJournal("links.journal")
//	if err != nil {
//		return err
//	}
//	defer journal.Close()
//	results, err := api.Bulk(ctx, snapshotIDs, createLink, api.Bulking[string, api.ShareLink]{Journal: journal})
//	for _, e := range journal.Unsettled() {
//		fmt.Println("perhaps made:", e.Key, e.Error) // then journal.Settle with the result, or journal.Forget
//	}
type Journal struct {
	path   string
	unlock func()

	mu      sync.Mutex
	file    *os.File
	broken  error // why nothing more can be written
	entries map[string]*JournalEntry
	order   []string        // keys, as they first came
	running map[string]bool // keys of the items that are being worked on
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

// OpenJournal opens the journal at path, or makes one. A last line that was not written to its end is dropped: nothing had been
// sent for it. Any other line that cannot be read, or that contradicts an earlier one, is an error with its number. Close the
// journal after the bulk.
func OpenJournal(path string) (*Journal, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the same file must have the same lock
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("journal: %s is not a file", path)
	}
	unlock, err := filelock.TryLock(path + ".lock")
	if errors.Is(err, filelock.ErrLocked) {
		return nil, fmt.Errorf("journal %s is in use, by another process or by this one", path)
	}
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	j := &Journal{path: path, unlock: unlock, entries: map[string]*JournalEntry{}, running: map[string]bool{}}
	if err := j.open(); err != nil {
		_ = j.Close()
		return nil, fmt.Errorf("journal: %w", err)
	}
	return j, nil
}

// begin writes that an item is begun.
func (j *Journal) begin(key string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.entries[key]; e != nil && e.State != JournalNotDone {
		return fmt.Errorf("journal: item %s is %s already", key, e.State)
	}
	if err := j.append(record{Key: key, State: JournalBegun}); err != nil {
		return err
	}
	j.running[key] = true
	return nil
}

// end writes what became of an item that was begun: its result, or why there is none.
func (j *Journal) end(key string, result json.RawMessage, failed error) error {
	r := record{Key: key, State: JournalDone, Result: result}
	if failed != nil {
		r.Result, r.Error = nil, rest.RedactError(failed).Error()
		switch EffectOf(failed) {
		case EffectNone:
			r.State = JournalNotDone
		case EffectUnknown:
			r.State = JournalPerhaps
		case EffectDone:
			r.State = JournalUnreadable
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.running, key)
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

// Settle writes that an item has been done, with a result that was found elsewhere. It is written as JSON, and read as what the
// [Bulk] makes. A result that cannot be written, or that is nil, is an error, and so is an item that is being worked on or has
// a result.
func (j *Journal) Settle(key string, result any) error {
	raw, err := json.Marshal(result)
	if err == nil && string(raw) == "null" {
		err = errors.New("it is nil")
	}
	if err != nil {
		return fmt.Errorf("journal: the result of item %s cannot be kept: %w", key, err)
	}
	return j.decide(record{Key: key, State: JournalDone, Result: raw})
}

// Forget writes that an item was not done, so that the next [Bulk] does it. An item that the journal does not know, that is
// being worked on or that has a result is an error: to do a thing again, give it another key.
func (j *Journal) Forget(key string) error { return j.decide(record{Key: key, State: JournalNotDone}) }

// decide writes what somebody has found out about an item.
func (j *Journal) decide(r record) error {
	if err := checkKey(r.Key); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch e := j.entries[r.Key]; {
	case j.running[r.Key]:
		return fmt.Errorf("journal: item %s is being worked on", r.Key)
	case e != nil && e.State == JournalDone:
		return fmt.Errorf("journal: item %s is done, and has a result", r.Key)
	case e == nil && r.State == JournalNotDone:
		return fmt.Errorf("journal: there is no item %s", r.Key)
	}
	return j.append(r)
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
