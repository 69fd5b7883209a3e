package main

import (
	"bytes"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/mod/modfile"

	"github.com/highlevel-go/snapshots/gen/internal/text"
)

// moduleOf finds the module of a directory, which need not exist yet: its go.mod and the import path of the directory; false
// if it is not in a module.
func moduleOf(dir string) (mod []byte, importPath string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, "", false
	}
	for below := ""; ; {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			module := modfile.ModulePath(mod)
			return mod, path.Join(module, below), module != ""
		}
		if dir == filepath.Dir(dir) {
			return nil, "", false
		}
		dir, below = filepath.Dir(dir), path.Join(filepath.Base(dir), below)
	}
}

// requirement returns a note about a module that the files need and the module of a directory does not require yet, or "".
func (made files) requirement(dir string) string {
	path := text.Imports["runtime"]
	if !bytes.Contains(slices.Concat(slices.Collect(maps.Values(made))...), []byte(strconv.Quote(path))) {
		return ""
	}
	if mod, _, _ := moduleOf(dir); bytes.Contains(mod, []byte(path+" ")) {
		return ""
	}
	return "note: lists and objects in parameters are written by " + path + ", which the module of the package must require: go get " + path
}
