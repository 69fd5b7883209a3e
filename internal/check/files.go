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
	Docs   string // the records, as [ReadRecords] takes them
	Ledger string
}

// FirstSection is the section whose records and ledger lie beside its spec where there is no folder of its name.
const FirstSection = "snapshots"

var sectionName = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$`)

// SectionFiles are the files of a section in a folder of specs: NAME.yaml, and in the folder NAME beside it docs and deviations.yaml.
func SectionFiles(folder, name string) (Files, error) {
	files, err := NewSectionFiles(folder, name)
	if err == nil && name == FirstSection && !isFolder(ownFolder(files.Spec)) {
		return Files{Spec: files.Spec, Docs: filepath.Join(folder, "docs"), Ledger: filepath.Join(folder, "deviations.yaml")}, nil
	}
	return files, err
}

// NewSectionFiles are the files of a section that does not exist yet.
func NewSectionFiles(folder, name string) (Files, error) {
	if !sectionName.MatchString(name) {
		return Files{}, fmt.Errorf("%q cannot be the name of a section; take small letters, digits, and - or _ between them", name)
	}
	spec := filepath.Join(folder, name+".yaml")
	return inFolder(spec, ownFolder(spec)), nil
}

// FilesOf are the files of a spec that has a folder of its own name; ok is false where it has none.
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
