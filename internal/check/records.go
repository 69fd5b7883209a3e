package check

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// ReadRecords reads the records of the documentation: one file, or a directory with a file for each API version. If there
// are none, the error is [fs.ErrNotExist]. The texts of the pages are those that [SaveTexts] wrote.
func ReadRecords(path string) ([]*facts.Document, error) {
	files := []string{path}
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "*.yaml")); err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("%s: there is no record in it: %w", path, fs.ErrNotExist)
		}
	}
	slices.Sort(files)
	var records []*facts.Document
	for _, file := range files {
		record, err := facts.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, other := range records {
			if other.Version == record.Version {
				return nil, fmt.Errorf("%s: it is of the API version %q, as is %s; remove one of them, or correct its info.version", file, record.Version, other.File)
			}
		}
		records = append(records, record)
	}
	return records, loadTexts(path, records)
}

// Unversioned is the file name of the record of pages without an API version.
const Unversioned = "unversioned"

var fileName = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]*$`)

// NewRecord returns an empty record of an API version. path is the path for [ReadRecords]: in a directory, the file of the
// record is named after its version.
func NewRecord(path, version string) (*facts.Document, error) {
	record := &facts.Document{File: path, Version: version}
	if !isFile(path) {
		name := version
		if name == "" {
			name = Unversioned
		}
		if !fileName.MatchString(name) {
			return nil, fmt.Errorf("the API version %q cannot be the name of a file", version)
		}
		record.File = filepath.Join(path, name+".yaml")
	}
	return record, nil
}

// isFile reports whether a path is a single record, which need not exist yet, and not a directory of records.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() || err != nil && slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path)))
}

const recordComment = `What the documentation pages said when they were last accepted: facts only, no prose (x-text and x-summary are
fingerprints of it). Written by "specdrift accept PAGES"; do not edit.`

// EncodeRecord encodes a record in a fixed order.
func EncodeRecord(record *facts.Document) ([]byte, error) {
	slices.SortFunc(record.Operations, func(a, b *facts.Operation) int {
		return cmp.Or(cmp.Compare(a.Value(facts.OperationPlace, facts.Path), b.Value(facts.OperationPlace, facts.Path)), cmp.Compare(a.ID, b.ID))
	})
	version := cmp.Or(record.Version, Unversioned)
	document, err := facts.Write(record.Operations, facts.WriteOptions{Title: "What the documentation says", Version: version, Comment: recordComment})
	if err != nil {
		return nil, err
	}
	return facts.EncodeYAML(document)
}
