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

// StateFile is the file in a directory of pages that records their origin.
const StateFile = ".specdrift-fetch.json"

const stateVersion = 1

// state is what a run knows about earlier runs.
type state struct {
	Version int `json:"version"`
	// Unfinished is the start of a run that did not end.
	Unfinished *time.Time        `json:"unfinished,omitempty"`
	Pages      map[string]record `json:"pages"`
}

// record is the state of a page.
type record struct {
	File    string    `json:"file,omitempty"` // none where there was no operation
	Kind    Kind      `json:"kind,omitempty"`
	SHA256  string    `json:"sha256,omitempty"` // of the file
	Page    string    `json:"page,omitempty"`   // the page's own URL
	Main    string    `json:"main,omitempty"`   // the main script it names, which differs between builds of the site
	Twin    Validator `json:"twin,omitzero"`
	HTML    Validator `json:"html,omitzero"`
	Chunk   Validator `json:"chunk,omitzero"`
	Checked time.Time `json:"checked"`
}

// readState reads the state of a directory. With an error it also returns an empty state to continue with.
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

// valid reports whether a record names a file in the way of this package.
func (r record) valid() bool {
	suffix := suffixes[r.Kind]
	return suffix != "" && strings.HasSuffix(r.File, suffix) && !strings.HasPrefix(r.File, ".") && !strings.ContainsAny(r.File, `/\:`)
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Origins returns the URLs that the files of a directory were fetched from, by file name. It is empty for a directory that
// was not fetched.
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
