package fetch

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/highlevel-go/snapshots/internal/fileio"
)

// store is the directory of pages. Nothing outside of it is written, whatever names and links it contains.
type store struct {
	root  *os.Root
	state state
}

// openStore opens a directory, and creates it if necessary. A warning means that its state is lost.
func openStore(dir string) (s *store, warning, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	state, warning := readState(dir)
	return &store{root: root, state: state}, warning, nil
}

func (s *store) close() error { return s.root.Close() }

// has reports whether the state has a file for a page.
func (s *store) has(address string) bool { return s.state.Pages[address].File != "" }

// known returns what the directory has for a page, if the file has not changed since.
func (s *store) known(address string) known {
	r, ok := s.state.Pages[address]
	if !ok {
		return known{}
	}
	if r.File == "" { // a page without an operation
		return known{record: r}
	}
	data, err := s.root.ReadFile(r.File)
	if err != nil || sumOf(data) != r.SHA256 {
		return known{}
	}
	return known{record: r, data: data}
}

// keep writes the file of a page and removes the file it replaces.
func (s *store) keep(name, address string, page *Page) (record, error) {
	r := page.record
	r.Kind, r.SHA256 = page.Kind, sumOf(page.Data)
	r.File = s.free(name, address, r.Page) + suffixes[page.Kind]
	old := s.known(address)
	if err := fileio.ReplaceIn(s.root, r.File, page.Data); err != nil {
		return record{}, err
	}
	if old.File != "" && old.File != r.File { // unchanged since this package wrote it, and outdated
		if err := s.root.Remove(old.File); err != nil {
			return record{}, err
		}
	}
	return r, nil
}

// free returns a name that no file of another page has, even if file names ignore case.
func (s *store) free(name, address, own string) string {
	for other, r := range s.state.Pages {
		if other == address || r.Page == own || r.File == "" { // a page can have two URLs
			continue
		}
		if strings.EqualFold(strings.TrimSuffix(r.File, suffixes[r.Kind]), name) {
			return name + "-" + sumOf([]byte(address))[:8]
		}
	}
	return name
}

// save writes the state.
func (s *store) save() error {
	data, err := json.MarshalIndent(s.state, "", "  ")
	if err != nil {
		return err
	}
	return fileio.ReplaceIn(s.root, StateFile, append(data, '\n'))
}
