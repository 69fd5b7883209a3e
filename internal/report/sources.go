package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// Source is a file that a report quotes: its lines, or why it has none.
type Source struct {
	Lines   []string
	Problem string
}

// Sources are the files that a report quotes, by the names that its findings give them.
type Sources map[string]Source

// The most that is read of one file, and of all.
const (
	maxSource  = 8 << 20
	maxSources = 64 << 20
)

// ReadSources reads the files that the sides of a report's findings name. A file that cannot be read has a Problem.
func ReadSources(r *drift.Report) Sources {
	out := Sources{}
	room := int64(maxSources)
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		for _, site := range f.Sites {
			for _, side := range sides(site) {
				file := side.Pos.File
				if _, done := out[file]; done || file == "" {
					continue
				}
				text, err := readSource(file, min(room, maxSource))
				if err != nil {
					out[file] = Source{Problem: err.Error()}
					continue
				}
				room -= int64(len(text))
				out[file] = SourceOf(text)
			}
		}
	}
	return out
}

// SourceOf splits a text into lines.
func SourceOf(text string) Source {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	return Source{Lines: strings.Split(text, "\n")}
}

// readSource reads a regular file: a pipe could block, and a device has no end.
func readSource(file string, most int64) (string, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", errors.New("the file does not exist")
	case err != nil:
		return "", fmt.Errorf("the file cannot be read: %w", err)
	case !info.Mode().IsRegular():
		return "", errors.New("this is not a regular file")
	case info.Size() > most:
		return "", fmt.Errorf("the file is too large to be shown here: %d bytes", info.Size())
	}
	open, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("the file cannot be read: %w", err)
	}
	defer open.Close()
	data, err := io.ReadAll(io.LimitReader(open, most))
	if err != nil {
		return "", fmt.Errorf("the file cannot be read: %w", err)
	}
	return string(data), nil
}
