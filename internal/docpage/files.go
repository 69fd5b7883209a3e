package docpage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

// File is a page on disk.
type File struct {
	Path string
	// Among: it was found in a directory, not named.
	Among bool
}

// Files lists the pages that paths name. A directory stands for all pages in it and below.
func Files(paths []string) ([]File, error) {
	var out []File
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, pathError(err))
		}
		if !info.IsDir() {
			out = append(out, File{Path: path})
			continue
		}
		before := len(out)
		err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if !entry.IsDir() && isPageFile(name) && entry.Name() != "404.html" {
				out = append(out, File{Path: name, Among: true})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(out) == before {
			return nil, fmt.Errorf("%s: there is no page in this directory (.md, .html)", path)
		}
	}
	return out, nil
}

func isPageFile(name string) bool {
	return slices.Contains([]string{".md", ".markdown", ".mdx", ".html", ".htm"}, strings.ToLower(filepath.Ext(name))) ||
		strings.HasSuffix(name, payloadSuffix)
}

// pathError leaves the path out, which stands in front already.
func pathError(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// ReadFile parses the page in a file. Of the HTML of a saved site it prefers the operation that the site's scripts carry.
func ReadFile(path string) (*page.Page, error) {
	data, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	if sniff(data) == "html" {
		return readSaved(path, data)
	}
	return Parse(path, data)
}

// readBounded reads a file that is not larger than a page can be.
func readBounded(path string) ([]byte, error) {
	data, err := fileio.Read(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, pathError(err))
	}
	return data, nil
}

// payloadSuffix ends the names of saved scripts that carry an operation.
const payloadSuffix = ".payload.js"
