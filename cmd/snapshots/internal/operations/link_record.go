package operations

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api"
)

// LinkKey identifies share links of which a newer one can end the older. The recipients of a link are not part of it.
type LinkKey struct {
	Service  string `json:"service,omitempty"` // empty for the usual one
	Company  string `json:"company"`
	Snapshot string `json:"snapshot"`
	Type     string `json:"type"`
}

// LinkRecord records which share links were, or may have been, created, since the service does not list them. It is a file
// of JSON lines that several commands and servers can use at the same time. It does not contain links that were created
// elsewhere.
type LinkRecord struct {
	path string

	mu        sync.Mutex
	unwritten map[LinkKey]int // links that are not in the file, counted like its lines
}

// linkNote is a line of the file.
type linkNote struct {
	Time   time.Time `json:"time"`
	Undone bool      `json:"undone,omitempty"` // the link of an earlier line was not created after all
	LinkKey
}

// NewLinkRecord returns the record in a file, which need not exist yet. Without a path it lasts as long as the process.
func NewLinkRecord(path string) *LinkRecord {
	return &LinkRecord{path: path, unwritten: map[LinkKey]int{}}
}

// Has reports whether such a link was, or may have been, created before.
func (r *LinkRecord) Has(key LinkKey) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	count, err := r.written(key)
	if err != nil {
		return false, fmt.Errorf("the record of links cannot be read: %w", err)
	}
	return count+r.unwritten[key] > 0, nil
}

// written counts such links in the file.
func (r *LinkRecord) written(key LinkKey) (count int, err error) {
	if r.path == "" {
		return 0, nil
	}
	file, err := os.Open(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		var known linkNote
		if err := json.Unmarshal(lines.Bytes(), &known); err != nil {
			return 0, fmt.Errorf("%s:%d: %w; fix or delete the line", r.path, number, err)
		}
		switch {
		case known.LinkKey != key:
		case known.Undone:
			count--
		default:
			count++
		}
	}
	if err := lines.Err(); err != nil {
		return 0, fmt.Errorf("%s: %w", r.path, err)
	}
	return count, nil
}

// Track writes a line about a link before make sends the request, so that it is on record even if the process is killed, and
// a line that undoes it if the link was certainly not created. A write error does not stop the request; it is returned
// afterwards.
func (r *LinkRecord) Track(key LinkKey, make func() error) error {
	noted := r.write(linkNote{LinkKey: key})
	if err := make(); api.EffectOf(err) != api.EffectNone {
		return noted
	}
	if noted != nil { // there is no line to undo
		r.mu.Lock()
		defer r.mu.Unlock()
		r.unwritten[key]--
		return nil
	}
	return r.write(linkNote{LinkKey: key, Undone: true})
}

// write adds a line. A line that cannot be written is remembered as long as the process runs.
func (r *LinkRecord) write(note linkNote) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.append(note)
	if err != nil || r.path == "" {
		if note.Undone {
			r.unwritten[note.LinkKey]--
		} else {
			r.unwritten[note.LinkKey]++
		}
	}
	return err
}

func (r *LinkRecord) append(note linkNote) error {
	if r.path == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	note.Time = time.Now().UTC()
	line, _ := json.Marshal(note)
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Close())
}
