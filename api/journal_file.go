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
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// record is a line of the file.
type record struct {
	Time   time.Time       `json:"time"`
	Key    string          `json:"key"`
	State  JournalState    `json:"state"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// journalHeader is the first line of the file, so that no other file is mistaken for a journal and changed.
const journalHeader = `{"journal":"bulk","version":1}` + "\n"

func (j *Journal) open() error {
	var err error
	if j.file, err = os.OpenFile(j.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return err
	}
	end, lacks, err := j.read()
	if err != nil {
		return err
	}
	if err := os.Truncate(j.path, end); err != nil { // by name: not every system can truncate a file that is open for appending
		return err
	}
	if lacks != "" {
		if _, err := j.file.WriteString(lacks); err != nil {
			return err
		}
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(j.path)); err == nil {
		_ = dir.Sync() // makes the name of a new file durable; not every system can
		_ = dir.Close()
	}
	return nil
}

// read reads all complete lines. It returns where they end, and what must be written there before another line.
func (j *Journal) read() (end int64, lacks string, err error) {
	lines := bufio.NewReader(j.file)
	head, err := lines.Peek(len(journalHeader) + len("\r"))
	if err != nil && err != io.EOF {
		return 0, "", err
	}
	first, _, whole := bytes.Cut(head, []byte("\n"))
	if !whole && bytes.HasPrefix([]byte(journalHeader), head) { // it is new, or its creation was interrupted
		return 0, journalHeader, nil
	}
	if string(bytes.TrimSuffix(first, []byte("\r")))+"\n" != journalHeader || !whole {
		return 0, "", fmt.Errorf("%s is not a journal of a bulk that this version can read", j.path)
	}
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return 0, "", err
		}
		if last := err == io.EOF; last && !json.Valid(line) { // it is incomplete
			return end, "", nil
		} else if last {
			lacks = "\n" // an editor has removed it
		}
		if end += int64(len(line)); number > 1 {
			if err := j.readLine(line); err != nil {
				return 0, "", fmt.Errorf("%s:%d: %w", j.path, number, err)
			}
		}
		if lacks != "" {
			return end, lacks, nil
		}
	}
}

// readLine applies the record in a line.
func (j *Journal) readLine(line []byte) error {
	if err := json.Unmarshal(line, new(record)); err != nil {
		return err
	}
	var r record
	if err := rest.Unmarshal(line, &r); err != nil { // it distinguishes "KEY" from "key"
		return err
	}
	switch r.State {
	case JournalBegun, JournalDone, JournalNotDone, JournalPerhaps, JournalUnreadable:
	default:
		return fmt.Errorf("unknown state %q", r.State)
	}
	if r.Key == "" {
		return errors.New("the item has no key")
	}
	if e := j.entries[r.Key]; e != nil && e.State == JournalDone && r.State != JournalDone {
		return fmt.Errorf("item %s is %s, but an earlier line has its result", r.Key, r.State) // otherwise it would be done twice
	}
	j.note(r)
	return nil
}

// note applies a record that is in the file.
func (j *Journal) note(r record) {
	if j.entries[r.Key] == nil {
		j.order = append(j.order, r.Key)
	}
	j.entries[r.Key] = &JournalEntry{Key: r.Key, State: r.State, Result: r.Result, Error: r.Error, Time: r.Time}
}

// append writes a record, and returns when it is on disk.
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
	if err != nil { // a part of the line may be in the file, and must stay the last one
		j.broken = fmt.Errorf("journal: %w", err)
		return j.broken
	}
	j.note(r)
	return nil
}
