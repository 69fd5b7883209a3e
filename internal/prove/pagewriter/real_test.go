package pagewriter_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// The writer is only worth something if it writes what the real renderer and scraper write. What a page says is read,
// written again, and compared line by line with the page; only the words of the frame differ.
func TestWriterWritesRealPagesAsTheyAre(t *testing.T) {
	themes := map[string]pagewriter.Theme{"4.2.0": pagewriter.Theme42, "4.5.1": pagewriter.Theme45, "5.2.0": pagewriter.Theme52}
	for version, theme := range themes {
		for _, file := range prove.Shared(t, "corpus/renderers/"+version+"/*.md") {
			t.Run(version+"/"+filepath.Base(file), func(t *testing.T) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				page, err := docpage.Parse(file, data)
				if err != nil {
					t.Fatal(err)
				}
				written, err := pagewriter.Write(page.Operation, pagewriter.Dialect{Theme: theme})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(frameless(string(data)), frameless(string(written.Text))); diff != "" {
					t.Errorf("the written page differs from the real one (-real +written):\n%s", diff)
				}
			})
		}
	}
}

var frameText = regexp.MustCompile(`(?m)^(source|category|scraped|title): .*$|\]\(https://[^)]*\)|description: .*$`)

// frameless replaces what is the scraper's or the site's own: front matter, links, the words about a token.
func frameless(page string) []string {
	page = strings.ReplaceAll(page, "Direct link to request", "Direct link to Request")
	return strings.Split(strings.TrimSpace(frameText.ReplaceAllString(page, "…")), "\n")
}

// Of most other pages facts keep too little to write them again (the key order of an example, the title of a type, the
// paragraphs of prose); those that hold none of that come out line by line as they are.
func TestWriterWritesPagesOfTheWholeSite(t *testing.T) {
	same, all := 0, 0
	for i, file := range prove.Shared(t, "corpus/pages/*.md") {
		if testing.Short() && i%4 > 0 {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		page, err := docpage.Parse(file, data)
		if err != nil {
			t.Fatal(err)
		}
		written, err := pagewriter.Write(page.Operation, pagewriter.Dialect{})
		if err != nil {
			t.Fatal(err)
		}
		all++
		if cmp.Equal(frameless(string(data)), frameless(string(written.Text))) {
			same++
		}
	}
	t.Logf("%d of %d pages came out line by line as they are", same, all)
	if all >= 163 && same < 59 {
		t.Errorf("%d pages came out line by line as they are; there were 59", same)
	}
}
