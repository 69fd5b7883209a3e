package report

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

// Source is a file that a report quotes: its lines, or the reason why it has none.
type Source struct {
	Lines   []string
	Problem string
}

// Sources are the files that a report quotes, by their names in findings.
type Sources map[string]Source

// The largest number of bytes read from one file, and from all.
const (
	maxSource  = 8 << 20
	maxSources = 64 << 20
)

// ReadSources reads the files that the sides of a report's findings name. A file that cannot be read has a Problem.
func ReadSources(r *drift.Report) Sources {
	out := Sources{}
	room := maxSources
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		for _, site := range f.Sites {
			for _, side := range sides(site) {
				file := side.Pos.File
				if _, done := out[file]; done || file == "" {
					continue
				}
				out[file] = readSource(file, &room)
			}
		}
	}
	return out
}

// readSource reads the lines of a file, and subtracts its size from room.
func readSource(file string, room *int) Source {
	data, err := fileio.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Source{Problem: "the file does not exist"}
	case err != nil:
		return Source{Problem: fmt.Sprintf("the file cannot be read: %v", fileio.Reason(err))}
	case len(data) > min(*room, maxSource):
		return Source{Problem: fmt.Sprintf("the file is too large to be shown here: %d bytes", len(data))}
	}
	*room -= len(data)
	text := strings.TrimSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	return Source{Lines: strings.Split(text, "\n")}
}
