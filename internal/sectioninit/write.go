package sectioninit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

// Write writes the files. If one of them exists already, it writes nothing unless force is set.
func (s *Section) Write(force bool) error {
	if !force {
		var there []string
		for _, f := range s.Files {
			if _, err := os.Lstat(f.Path); err == nil && !f.Added {
				there = append(there, f.Path)
			}
		}
		if len(there) > 0 {
			return fmt.Errorf("nothing was written, because these files exist; --force replaces them: %s", strings.Join(there, ", "))
		}
	}
	if foreign, err := s.holdsForeignCode(); err != nil {
		return err
	} else if foreign {
		return fmt.Errorf("nothing was written, because %s contains a package that was not generated; give the section another name", s.Client)
	}
	var made []string // new files, which are removed again if a later one cannot be written
	for _, f := range s.Files {
		_, err := os.Lstat(f.Path)
		isNew := errors.Is(err, fs.ErrNotExist)
		if err = os.MkdirAll(filepath.Dir(f.Path), 0o755); err == nil {
			err = fileio.Replace(f.Path, f.Data)
		}
		if err != nil {
			for _, path := range made {
				err = errors.Join(err, os.Remove(path))
			}
			return err
		}
		if isNew {
			made = append(made, f.Path)
		}
	}
	return check.SaveTexts(s.Where.Docs, s.Records)
}

// holdsForeignCode reports whether the client's folder contains a Go package that was not generated.
func (s *Section) holdsForeignCode() (bool, error) {
	files, err := os.ReadDir(s.Client)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	found := false
	for _, f := range files {
		switch name := f.Name(); {
		case strings.HasSuffix(name, ".gen.go"), name == "generate.go":
			return false, nil
		case strings.HasSuffix(name, ".go"):
			found = true
		}
	}
	return found, nil
}
