package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Files are the files that a check compares.
type Files struct {
	Spec   string // the curated document
	Docs   string // the records, a path for [ReadRecords]
	Ledger string
}

// FirstSection is the section whose records and ledger are next to its spec if there is no folder with its name.
const FirstSection = "snapshots"

var sectionName = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$`)

// SectionFiles returns the files of a section in a folder of specs: NAME.yaml, and docs and deviations.yaml in the folder
// NAME.
func SectionFiles(folder, name string) (Files, error) {
	files, err := NewSectionFiles(folder, name)
	if err == nil && name == FirstSection && !isFolder(ownFolder(files.Spec)) {
		return Files{Spec: files.Spec, Docs: filepath.Join(folder, "docs"), Ledger: filepath.Join(folder, "deviations.yaml")}, nil
	}
	return files, err
}

// NewSectionFiles returns the files of a section that does not exist yet.
func NewSectionFiles(folder, name string) (Files, error) {
	if !sectionName.MatchString(name) {
		return Files{}, fmt.Errorf("%q cannot be the name of a section; take small letters, digits, and - or _ between them", name)
	}
	spec := filepath.Join(folder, name+".yaml")
	return inFolder(spec, ownFolder(spec)), nil
}

// FilesOf returns the files of a spec that has a folder with its own name; ok is false if it has none.
func FilesOf(spec string) (files Files, ok bool) {
	own := ownFolder(spec)
	return inFolder(spec, own), isFolder(own)
}

func ownFolder(spec string) string { return strings.TrimSuffix(spec, filepath.Ext(spec)) }

func inFolder(spec, folder string) Files {
	return Files{Spec: spec, Docs: filepath.Join(folder, "docs"), Ledger: filepath.Join(folder, "deviations.yaml")}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
