package docpage_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

var (
	preformatted = regexp.MustCompile(`(?s)<pre\b.*?</pre>`)
	blockEdge    = regexp.MustCompile(`</?(?:div|p|ul|li|details|summary|section)\b[^>]*>`)
)

// outsideCode changes a page everywhere but in its blocks of code.
func outsideCode(page string, change func(string) string) string {
	var out strings.Builder
	last := 0
	for _, at := range preformatted.FindAllStringIndex(page, -1) {
		out.WriteString(change(page[last:at[0]]) + page[at[0]:at[1]])
		last = at[1]
	}
	return out.String() + change(page[last:])
}

// How a saved page is laid out between its elements says nothing.
func TestLayoutOfHTMLChangesNothing(t *testing.T) {
	layouts := map[string]func(string) string{
		"comments": func(text string) string { return blockEdge.ReplaceAllString(text, "<!-- x -->$0<!-- y -->") },
		"spread":   func(text string) string { return blockEdge.ReplaceAllString(text, "\n  $0\n  ") },
		"noscript in front": func(text string) string {
			return strings.Replace(text, "<!doctype html><html>", "<noscript>Scripts, please</noscript>", 1)
		},
	}
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name != "page.html" {
				continue
			}
			plain := string(wholePage(f))
			want, err := docpage.Parse(f.Name, []byte(plain))
			if err != nil {
				t.Fatal(err)
			}
			for name, layout := range layouts {
				t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
					text := outsideCode(plain, layout)
					if text == plain {
						t.Fatal("the page did not change")
					}
					page, err := docpage.Parse(f.Name, []byte(text))
					if err != nil {
						t.Fatal(err)
					}
					if wrong, _ := differences(want.Facts, page.Facts); len(wrong) > 0 {
						t.Errorf("read otherwise: %v", wrong)
					}
					if len(page.Issues) != len(want.Issues) {
						t.Errorf("issues %v, want %v", page.Issues, want.Issues)
					}
				})
			}
		}
	}
}
