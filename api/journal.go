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

// Journal is a file that records the outcome of each item of a [Bulk], so that a bulk which was interrupted, even by kill -9
// or a power failure, can continue and does nothing twice. Each item is written and synced to disk before it is begun and
// after it has ended. The file is append-only: one JSON object per line, with the results, and without tokens. Only its
// owner can read it. A Journal is safe for concurrent use; only one process at a time can open it.
//
//	journal, err := api.OpenJournal("links.journal")
//	if err != nil {
//		return err
//	}
//	defer journal.Close()
//	results, err := api.Bulk(ctx, snapshotIDs, createLink, api.Bulking[string, api.ShareLink]{Journal: journal})
//	for _, e := range journal.Unsettled() {
//		fmt.Println("may exist:", e.Key, e.Error) // then journal.Settle with the result, or journal.Forget
//	}
type Journal struct {
	path   string
	unlock func()

	mu      sync.Mutex
	file    *os.File
	broken  error // why nothing more can be written
	entries map[string]*JournalEntry
	order   []string        // keys, in order of first occurrence
	running map[string]bool // keys of the items in progress
}

// JournalEntry is the record of one item.
type JournalEntry struct {
	Key    string          // the key of the item; see Bulking.Key
	State  JournalState    // its outcome
	Result json.RawMessage // its result; nil unless State is JournalDone
	Error  string          // its error; empty if it succeeded or has not ended
	Time   time.Time       // of the last change
}

// JournalState is the outcome of an item.
type JournalState string

// The states of an item.
const (
	JournalBegun      JournalState = "begun"        // it was begun, and its end is not known: it may have been done
	JournalDone       JournalState = "done"         // its result is known
	JournalNotDone    JournalState = "not done"     // it failed, and was certainly not done
	JournalPerhaps    JournalState = "perhaps done" // it failed, and may have been done
	JournalUnreadable JournalState = "unreadable"   // it was done, but the response could not be read
)

// Effect returns the effect that the state represents.
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

// OpenJournal opens the journal at path, or creates it. An incomplete last line is removed: nothing had been sent for it.
// Any other line that cannot be read, or that contradicts an earlier one, is an error with its line number. Close the
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

// begin records that an item is begun.
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

// end records the outcome of an item that was begun: its result, or why there is none.
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

// Entries lists all items, in the order in which they were first begun.
func (j *Journal) Entries() []JournalEntry {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]JournalEntry, len(j.order))
	for i, key := range j.order {
		all[i] = *j.entries[key]
	}
	return all
}

// Unsettled lists the items that may have been done, or were done with a response that could not be read. A [Bulk] does not
// do them again. Look up each one in the service, and then call [Journal.Settle] or [Journal.Forget].
func (j *Journal) Unsettled() []JournalEntry {
	var all []JournalEntry
	for _, e := range j.Entries() {
		if e.State != JournalDone && e.State != JournalNotDone {
			all = append(all, e)
		}
	}
	return all
}

// Settle records that an item was done, with a result that was found elsewhere. The result is stored as JSON, and decoded as
// the result type of the [Bulk]. It returns an error if the result is nil or cannot be encoded, or if the item is in
// progress or has a result already.
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

// Forget records that an item was not done, so that the next [Bulk] does it. It returns an error for an item that is not in
// the journal, is in progress, or has a result: to do something again, use another key.
func (j *Journal) Forget(key string) error { return j.decide(record{Key: key, State: JournalNotDone}) }

// decide records what a caller has found out about an item.
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

// entry returns what the journal knows about an item.
func (j *Journal) entry(key string) (JournalEntry, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.entries[key]; e != nil {
		return *e, true
	}
	return JournalEntry{}, false
}

// Close closes the file, so that others can open it.
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

// EarlierError is the error of an item that an earlier run began, and that is not done again because it may have been done.
type EarlierError struct{ JournalEntry }

// Error says what happened to the item, and what to do.
func (e *EarlierError) Error() string {
	said := ""
	if e.JournalEntry.Error != "" {
		said = " (" + e.JournalEntry.Error + ")"
	}
	return fmt.Sprintf("an earlier run left the item %s%s; look at the service, then Settle or Forget it in the journal", e.State, said)
}

// Effect returns what is known about the item.
func (e *EarlierError) Effect() Effect { return e.State.Effect() }
