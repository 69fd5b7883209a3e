package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

// suffix marks the files that belong to the generator, as does the name of the examples; any other such file in the
// directory is stale.
const suffix = ".gen.go"

// isOurs reports whether a name is one of a generated file.
func isOurs(name string) bool { return strings.HasSuffix(name, suffix) || name == client.ExamplesFile }

// files are the generated files by name.
type files map[string][]byte

func (made files) names() []string { return slices.Sorted(maps.Keys(made)) }

// write writes the files to a directory and removes the stale ones. A file with such a name that gen did not generate is an
// error, before anything is written.
func (made files) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	stale, err := made.stale(dir)
	if err != nil {
		return err
	}
	for _, name := range stale {
		if path := filepath.Join(dir, name); !isGenerated(path) {
			return fmt.Errorf("%s: not made by gen, although *%s and %s are its files; rename or remove it", path, suffix, client.ExamplesFile)
		}
	}
	for _, name := range made.names() {
		path := filepath.Join(dir, name)
		if filepath.Dir(name) == "." && isOurs(name) {
			continue
		}
		if _, err := os.Lstat(path); err == nil && !isGenerated(path) {
			return fmt.Errorf("%s: not made by gen; name another file for the reference, or remove it", path)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
	}
	for _, name := range made.names() {
		if err := fileio.Replace(filepath.Join(dir, name), made[name]); err != nil {
			return err
		}
	}
	for _, name := range stale {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// stale returns the names of files in a directory that look generated and are not among the generated ones.
func (made files) stale(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var stale []string
	for _, e := range entries {
		if isOurs(e.Name()) && made[e.Name()] == nil {
			stale = append(stale, e.Name())
		}
	}
	return stale, err
}

// isGenerated reports whether a file begins as gen's files do.
func isGenerated(path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && client.IsGenerated(data)
}

// inDir returns the path of a file relative to a directory; "" for no file.
func inDir(dir, file string) (string, error) {
	if file == "" {
		return "", nil
	}
	if strings.HasSuffix(file, ".go") {
		return "", fmt.Errorf("-reference %s: a reference is Markdown, but that is the name of a Go file", file)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if file, err = filepath.Abs(file); err != nil {
		return "", err
	}
	return filepath.Rel(dir, file)
}

// difference returns what would change in a directory; "" if nothing would.
func (made files) difference(dir string) (string, error) {
	stale, err := made.stale(dir)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, name := range append(made.names(), stale...) {
		path := filepath.Join(dir, name)
		old, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if err != nil || made[name] == nil || !bytes.Equal(old, made[name]) {
			out.WriteString(unified(path, old, made[name]))
		}
	}
	return out.String(), nil
}

// unified returns the difference between a file and its generated content; nil means no file.
func unified(path string, old, generated []byte) string {
	from, to := path+" (there)", path+" (generated)"
	if old == nil {
		from = os.DevNull
	}
	if generated == nil {
		to = os.DevNull
	}
	if len(old)+len(generated) == 0 { // an empty file that does not belong there
		return "diff " + from + " " + to + "\n"
	}
	return string(diff.Diff(from, old, to, generated))
}
