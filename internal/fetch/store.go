package fetch

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// store is the directory of pages. Nothing is written outside of it, whatever names and links say.
type store struct {
	root  *os.Root
	state state
}

// openStore opens a directory, making it if need be. A warning means that what it remembered is lost.
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

// has reports whether there is a file of a page, be it true or not.
func (s *store) has(address string) bool { return s.state.Pages[address].File != "" }

// known is what the directory has of a page, if it is as it was left.
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

// keep writes a page's file and removes the one that it replaces.
func (s *store) keep(name, address string, page *Page) (record, error) {
	r := page.record
	r.Kind, r.SHA256 = page.Kind, sumOf(page.Data)
	r.File = s.free(name, address, r.Page) + suffixes[page.Kind]
	old := s.known(address)
	if err := s.write(r.File, page.Data); err != nil {
		return record{}, err
	}
	if old.File != "" && old.File != r.File { // it is as this package left it, and no longer true
		if err := s.root.Remove(old.File); err != nil {
			return record{}, err
		}
	}
	return r, nil
}

// free is a name that no other page's file has, on file systems that do not tell A from a as well.
func (s *store) free(name, address, own string) string {
	for other, r := range s.state.Pages {
		if other == address || r.Page == own || r.File == "" { // a page can have two addresses
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
	return s.write(StateFile, append(data, '\n'))
}

// write writes a file whole or not at all.
func (s *store) write(name string, data []byte) error {
	temp := ".fetch-" + rand.Text() + ".tmp"
	file, err := s.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = s.root.Rename(temp, name)
	}
	if err != nil {
		_ = s.root.Remove(temp) // the first error is the one that counts
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
