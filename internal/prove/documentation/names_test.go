package docblocks

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	gast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// prose are the documents about the repository. The commands and files that they name must exist.
var prose = []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}

func readProse(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	target   = regexp.MustCompile(`(?m)^([a-z-]+):`)
	makes    = regexp.MustCompile("(?m)(?:`|^ +)make ([a-z][a-z -]*)")
	goRun    = regexp.MustCompile(`go run (\./\S+?)[\s` + "`" + `]`)
	heading  = regexp.MustCompile(`(?m)^#+ +(.+?)\s*$`)
	noAnchor = regexp.MustCompile(`[^a-z0-9 _-]`)
	fileRef  = regexp.MustCompile("`([a-z.]+/[a-z./]*)`")
)

func TestTheCommandsInTheProseExist(t *testing.T) {
	targets := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(readProse(t, "Makefile"), -1) {
		targets[m[1]] = true
	}
	found := 0
	for _, file := range prose {
		text := readProse(t, file)
		for _, m := range makes.FindAllStringSubmatch(text, -1) {
			for _, name := range strings.Fields(m[1]) {
				found++
				if !targets[name] {
					t.Errorf("%s: make %s: the Makefile has no such target", file, name)
				}
			}
		}
		for _, m := range goRun.FindAllStringSubmatch(text, -1) {
			found++
			if _, err := os.Stat(filepath.Join(root, m[1], "main.go")); err != nil {
				t.Errorf("%s: %s: there is no such command", file, strings.TrimSpace(m[0]))
			}
		}
	}
	if found < 6 {
		t.Errorf("only %d commands were found in the prose", found)
	}
}

func TestTheFilesNamedInTheProseExist(t *testing.T) {
	found := 0
	for _, file := range prose {
		for _, m := range fileRef.FindAllStringSubmatch(readProse(t, file), -1) {
			found++
			if _, err := os.Stat(filepath.Join(root, m[1])); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s names %s, which is not there", file, m[1])
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d files were found in the prose", found)
	}
}

func TestLinksLeadToFilesAndHeadingsThatAreThere(t *testing.T) {
	found := 0
	for _, page := range append(pages(t), "CHANGELOG.md") {
		for _, link := range links(t, page) {
			if strings.Contains(link, "://") {
				continue
			}
			found++
			to, anchor, _ := strings.Cut(link, "#")
			target := page
			if to != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(page), to))
			}
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, link)
			} else if anchor != "" && !headings(readProse(t, target))[anchor] {
				t.Errorf("%s links to %s, and %s has no such heading", page, link, target)
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d links were found", found)
	}
}

// links are the targets of the links and pictures of a page.
func links(t *testing.T, page string) (targets []string) {
	t.Helper()
	source := []byte(readProse(t, page))
	err := gast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n gast.Node, entering bool) (gast.WalkStatus, error) {
		switch n := n.(type) {
		case *gast.Link:
			if entering {
				targets = append(targets, string(n.Destination))
			}
		case *gast.Image:
			if entering {
				targets = append(targets, string(n.Destination))
			}
		}
		return gast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return targets
}

// headings are those of a document, as links name them.
func headings(text string) map[string]bool {
	anchors := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		anchors[strings.ReplaceAll(noAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return anchors
}
