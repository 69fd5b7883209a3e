package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/fileio"
)

// StateFile is the file in a directory of pages that records where they came from.
const StateFile = ".specdrift-fetch.json"

const stateVersion = 1

// state is what a run knows of the runs before it.
type state struct {
	Version int `json:"version"`
	// Unfinished is when a run began that did not end.
	Unfinished *time.Time        `json:"unfinished,omitempty"`
	Pages      map[string]record `json:"pages"`
}

// record is what the state has of a page.
type record struct {
	File    string    `json:"file,omitempty"` // none where there was no operation
	Kind    Kind      `json:"kind,omitempty"`
	SHA256  string    `json:"sha256,omitempty"` // of the file
	Page    string    `json:"page,omitempty"`   // the page's own address
	Main    string    `json:"main,omitempty"`   // the main script it names, which differs between builds of the site
	Twin    Validator `json:"twin,omitzero"`
	HTML    Validator `json:"html,omitzero"`
	Chunk   Validator `json:"chunk,omitzero"`
	Checked time.Time `json:"checked"`
}

// readState reads a directory's state. With an error it returns an empty state to continue with.
func readState(dir string) (state, error) {
	empty := state{Version: stateVersion, Pages: map[string]record{}}
	file := filepath.Join(dir, StateFile)
	data, err := fileio.Read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return empty, nil
	}
	if err != nil {
		return empty, err
	}
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return empty, fmt.Errorf("%s: %w", file, err)
	}
	if s.Version != stateVersion {
		return empty, fmt.Errorf("%s: version %d is not the %d that this program writes", file, s.Version, stateVersion)
	}
	if s.Pages == nil {
		s.Pages = empty.Pages
	}
	for address, r := range s.Pages { // anyone can have written it
		if r.File != "" && !r.valid() {
			delete(s.Pages, address)
		}
	}
	return s, nil
}

// valid reports whether a record names a file as this package does.
func (r record) valid() bool {
	suffix := suffixes[r.Kind]
	return suffix != "" && strings.HasSuffix(r.File, suffix) && !strings.HasPrefix(r.File, ".") && !strings.ContainsAny(r.File, `/\:`)
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Origins are the addresses of the pages that a directory's files were fetched from, by the file's name. A directory that was
// not fetched has none.
func Origins(dir string) map[string]string {
	out := map[string]string{}
	s, err := readState(dir)
	if err != nil {
		return out
	}
	for _, r := range s.Pages {
		if r.File != "" {
			out[r.File] = r.Page
		}
	}
	return out
}
