package fetch_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/prove/docsite"
)

func TestHostileNamesStayInTheDirectory(t *testing.T) {
	h := newHarness(t, "x")
	var pages []docsite.Page
	h.pages = nil
	for _, slug := range []string{`..%2F..%2Fescape`, `%2e%2e%5Cescape`, `..%5C..%5Cescape`, `%00null`, `.hidden`, `.specdrift-fetch.json`, `CON%3A`, `a%0Ab`, `%1b[31mred`, strings.Repeat("long", 100), `%E2%80%AEgnp.js`, `404`, `A`, `a`, `-rf`, `$(id)`} {
		u, err := url.Parse(docsite.Canonical + "/docs/api/widgets/" + slug)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, docsite.Page{Path: u.Path, Title: "x", Rendered: true})
		h.pages = append(h.pages, slug)
	}
	files := docsite.Build("one", pages...)
	for path, content := range files { // the page's own address would have to be escaped; it says none here
		files[path] = strings.ReplaceAll(content, "rel=canonical", "rel=none")
	}
	h.site.Publish(files)
	lines, err := h.save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, entry := range entries {
		name := entry.Name()
		if name == fetch.StateFile {
			continue
		}
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" || strings.HasPrefix(name, ".") || len(name) > 200 {
			t.Errorf("a file is called %q", name)
		}
		if seen[strings.ToLower(name)] {
			t.Errorf("two files are %q on some file systems", name)
		}
		seen[strings.ToLower(name)] = true
	}
	fetched := 0
	for _, line := range lines {
		if strings.Contains(line, ".html") {
			fetched++
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == '\u202e' }) {
			t.Errorf("a terminal would obey %q", line)
		}
	}
	if fetched != len(seen) || fetched < len(pages)-3 {
		t.Errorf("%d pages in %d files: %q", fetched, len(seen), lines)
	}
	for _, outside := range []string{"escape.html", "escape"} {
		for _, dir := range []string{filepath.Dir(h.dir), filepath.Dir(filepath.Dir(h.dir))} {
			if _, err := os.Stat(filepath.Join(dir, outside)); err == nil {
				t.Errorf("%s was written outside", outside)
			}
		}
	}
}

// Links in the directory do not lead out of it.
func TestLinksCannotLeadOutOfTheDirectory(t *testing.T) {
	h := newHarness(t, "make-widget")
	if err := os.MkdirAll(h.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, filepath.Join(h.dir, "widgets__make-widget.payload.js")); err != nil {
		t.Skip("this file system has no links")
	}
	h.want("make-widget payload widgets__make-widget.payload.js")
	if data, err := os.ReadFile(victim); err != nil || string(data) != "precious" {
		t.Errorf("the file outside is %q, %v", data, err)
	}
}

func TestDamagedStateIsReportedAndReplaced(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"version":99}`, "\x00"} {
		h := newHarness(t, "make-widget")
		h.want("make-widget payload widgets__make-widget.payload.js")
		if err := os.WriteFile(filepath.Join(h.dir, fetch.StateFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		h.want("make-widget payload widgets__make-widget.payload.js")
		if len(h.warned) != 1 || !strings.Contains(h.warned[0], "fetched again") {
			t.Errorf("%q: warned %q", text, h.warned)
		}
	}
}

// Whoever can write the state can name files; only such as this package writes are believed.
func TestForgedStateCannotLeadOutOfTheDirectory(t *testing.T) {
	victim := filepath.Join(t.TempDir(), "victim.html")
	if err := os.WriteFile(victim, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{victim, "../../../victim.html", ".specdrift-fetch.json", ".hidden.html", "x.sh"} {
		h := newHarness(t, "make-widget")
		h.want("make-widget payload widgets__make-widget.payload.js")
		state := filepath.Join(h.dir, fetch.StateFile)
		data, err := os.ReadFile(state)
		if err != nil {
			t.Fatal(err)
		}
		forged := strings.NewReplacer(`"payload"`, `"html"`, "widgets__make-widget.payload.js", file).Replace(string(data))
		if err := os.WriteFile(state, []byte(forged), 0o644); err != nil {
			t.Fatal(err)
		}
		h.want("make-widget payload widgets__make-widget.payload.js")
		if data, err := os.ReadFile(victim); err != nil || string(data) != "precious" {
			t.Fatalf("%s: the file outside is %q, %v", file, data, err)
		}
	}
}

func TestDirectoryThatCannotBeWrittenIsAnError(t *testing.T) {
	h := newHarness(t, "make-widget")
	h.dir = filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(h.dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := h.save(t.Context()); err == nil {
		t.Error("pages were saved into a file")
	}
	if asked := h.asked(); len(asked) > 0 {
		t.Errorf("the server was asked in vain: %v", asked)
	}
}
