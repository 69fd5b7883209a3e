package docpage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// File is a page on disk.
type File struct {
	Path string
	// Among reports whether it was found in a directory rather than named.
	Among bool
}

// Files lists the pages that paths name. A directory means all pages in and below it.
func Files(paths []string) ([]File, error) {
	var out []File
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, fileio.Reason(err))
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
			if !entry.IsDir() && isPageFile(name) {
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

// isPageFile reports whether a file in a directory is a page, by its name. JSON and YAML files are pages if they are
// OpenAPI.
func isPageFile(name string) bool {
	switch base := strings.ToLower(filepath.Base(name)); filepath.Ext(base) {
	case ".md", ".markdown", ".mdx", ".html", ".htm":
		return base != "404.html" && base != "readme.md"
	case ".json", ".yaml", ".yml":
		data, err := fileio.Read(name)
		return err == nil && isDocument(data) && hasPaths.Match(data) // a document without paths contains schemas for others
	}
	return strings.HasSuffix(name, payloadSuffix)
}

var hasPaths = regexp.MustCompile(`(?:^|[{,\s])"?paths"?\s*:`)

// ReadFile parses the page in a file, or the operations of the OpenAPI document in it, each as a page; the document may
// refer to files next to it. For the HTML of a saved site, it prefers the operation in the site's scripts.
func ReadFile(path string) ([]*page.Page, error) {
	data, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	if sniff(data) == "html" {
		return single(readSaved(path, data))
	}
	return parseAll(path, data, oas.OpenData)
}

// readBounded reads a file, up to the maximum size of a page.
func readBounded(path string) ([]byte, error) {
	data, err := fileio.Read(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, fileio.Reason(err))
	}
	return data, nil
}

// payloadSuffix is the suffix of the names of saved scripts that contain an operation.
const payloadSuffix = ".payload.js"
