package docpage_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// Each archive holds a page, in Markdown and HTML or one of them, and what has to be read from it. A line of want is a
// place, an aspect and a value; one that begins with "no" must not be there. A line of issues is a kind, and words of it.
// An archive without issues is a page on which nothing is wrong.
func TestPagesOfTheRealRendererAreRead(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want, issues string
		for _, f := range archive.Files {
			switch f.Name {
			case "want":
				want = string(f.Data)
			case "issues":
				issues = string(f.Data)
			}
		}
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "page.") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+f.Name, func(t *testing.T) {
				page, err := docpage.Parse(f.Name, wholePage(f))
				if err != nil {
					t.Fatal(err)
				}
				checkFacts(t, page, want)
				checkIssues(t, page, issues)
			})
		}
	}
}

// wholePage puts what every page has around the part that an archive shows.
func wholePage(f txtar.File) []byte {
	if strings.HasSuffix(f.Name, ".md") {
		return []byte("# Keep thing\n\n```\nPOST https://api.example.com/things\n```\n\n" + string(f.Data) +
			"\n#### Authorization: http\n\n```\nname: bearertype: httpscheme: bearer\n```\n\nSend API Request\n")
	}
	return []byte(`<!doctype html><html><head><link rel="canonical" href="https://docs.example.com/docs/ghl/things/keep-thing"></head><body><main>
<h1 class="openapi__heading">Keep thing</h1>
<pre class="openapi__method-endpoint"><span class="badge">POST</span> <h2>https://api.example.com/things</h2></pre>
` + string(f.Data) + `
<h4 class="openapi-security__summary-header">Authorization: http</h4><pre><span><strong>name:</strong> bearer</span><span><strong>type: </strong>http</span><span><strong>scheme: </strong>bearer</span></pre>
<button>Send API Request</button></main></body></html>`)
}

func checkFacts(t *testing.T, page *docpage.Page, want string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		unwanted := false
		if line, unwanted = strings.CutPrefix(line, "no "); unwanted {
			place, aspect, _ := strings.Cut(line, " ")
			if f, ok := page.Get(facts.Place(place), facts.Aspect(aspect)); ok {
				t.Errorf("there is %s", f)
			}
			continue
		}
		words := strings.SplitN(line, " ", 3)
		value := ""
		if len(words) == 3 {
			value = words[2]
		}
		if f, ok := page.Get(facts.Place(words[0]), facts.Aspect(words[1])); !ok {
			t.Errorf("%s is missing", line)
		} else if f.Value != value {
			t.Errorf("%s %s is %q, want %q", words[0], words[1], f.Value, value)
		}
	}
	if t.Failed() {
		for _, f := range page.Facts {
			t.Log(f)
		}
	}
}

func checkIssues(t *testing.T, page *docpage.Page, want string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(want), "\n")
	met := map[int]bool{}
issues:
	for _, issue := range page.Issues {
		for i, line := range lines {
			kind, words, _ := strings.Cut(line, " ")
			if string(issue.Kind) == kind && strings.Contains(issue.Message, words) {
				met[i] = true
				continue issues
			}
		}
		t.Errorf("not expected: %v", issue)
	}
	for i, line := range lines {
		if line != "" && !met[i] {
			t.Errorf("no issue says %q: %v", line, page.Issues)
		}
	}
}
