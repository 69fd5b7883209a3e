package operations

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Begun is a record on disk of one request that changes something. It exists as long as the outcome is unknown: after kill
// -9 the next run of the same command finds it. Bulk requests have a journal instead.
type Begun struct {
	path string
	what string
}

// NewBegun returns the record in dir of the request identified by the parts of key. what describes it, such as "to load
// Onboarding into sub-account x". Without a directory nothing is recorded.
func NewBegun(dir, what string, key ...string) *Begun {
	b := &Begun{what: what}
	if dir != "" {
		name := sha256.Sum256([]byte(strings.Join(key, "\x00")))
		b.path = filepath.Join(dir, hex.EncodeToString(name[:12])+".json")
	}
	return b
}

// BegunError is the error of a request that an earlier run has begun, and the content of its record.
type BegunError struct {
	What string    `json:"what"`
	Time time.Time `json:"time"`
}

// Error says what was begun, and that the outcome is unknown.
func (e *BegunError) Error() string {
	return fmt.Sprintf("an earlier command began %s at %s and was killed, got no clear answer, or is still at it; nothing was sent now",
		e.What, e.Time.Local().Format(time.DateTime))
}

// Earlier returns a *[BegunError] in a *[PerhapsDoneError] if an earlier run has begun the request and its outcome is
// unknown.
func (b *Begun) Earlier() error {
	if b.path == "" {
		return nil
	}
	data, err := os.ReadFile(b.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	begun := new(BegunError)
	if json.Unmarshal(data, begun) != nil { // a damaged record: that it exists is what counts
		begun = &BegunError{What: b.what}
		if info, err := os.Stat(b.path); err == nil {
			begun.Time = info.ModTime()
		}
	}
	return &PerhapsDoneError{begun}
}

// Write writes the record and returns when it is on disk. If it fails, an earlier record stays, since the outcome of that request is
// still unknown.
func (b *Begun) Write() error {
	if b.path == "" {
		return nil
	}
	data, err := json.Marshal(BegunError{b.what, time.Now().UTC()})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(b.path), 0o700); err != nil {
		return err
	}
	// Not fileio.Replace: it chooses a new name for each temporary file, which End could not remove after a kill.
	file, err := os.OpenFile(b.temporary(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(b.temporary(), b.path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(b.path)); err == nil {
		_ = dir.Sync() // the name of the file; not every system can do it
		_ = dir.Close()
	}
	return nil
}

func (b *Begun) temporary() string { return b.path + ".tmp" }

// End removes the record: the outcome of the request is known.
func (b *Begun) End() {
	if b.path != "" {
		_ = os.Remove(b.path) // otherwise the next run asks one unneeded question
		_ = os.Remove(b.temporary())
	}
}
