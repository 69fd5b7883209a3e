package mcpserver

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// linkKey is what share links have in common of which a newer one can end the older. Whom a link is for is no part of it.
type linkKey struct {
	Company  string `json:"company"`
	Snapshot string `json:"snapshot"`
	Type     string `json:"type"`
}

func (s *server) linkOf(given arguments) linkKey {
	return linkKey{cmp.Or(given.text("companyId"), s.Company), given.text("snapshot_id"), given.text("share_type")}
}

// linkRecord remembers which share links were made or perhaps made, since the service lists none. It is a file of JSON lines that
// several servers can use at once, or kept in memory. Links that were made elsewhere are not in it.
type linkRecord struct {
	path string

	mu   sync.Mutex
	made map[linkKey]bool
}

func newLinkRecord(dir string) *linkRecord {
	return &linkRecord{path: filepath.Join(dir, "links.jsonl"), made: map[linkKey]bool{}}
}

// has reports whether such a link was made before.
func (r *linkRecord) has(key linkKey) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made[key] {
		return true, nil
	}
	file, err := os.Open(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("nothing was sent: whether there is a link already cannot be read: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		var known linkKey
		if err := json.Unmarshal(lines.Bytes(), &known); err != nil {
			return false, fmt.Errorf("nothing was sent: whether there is a link already cannot be read: %s:%d: %w; mend or delete the line", r.path, number, err)
		}
		r.made[known] = true
	}
	return r.made[key], lines.Err()
}

// add notes that a link was made.
func (r *linkRecord) add(key linkKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made[key] = true
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	line, _ := json.Marshal(struct {
		Time time.Time `json:"time"`
		linkKey
	}{time.Now().UTC(), key})
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Close())
}
