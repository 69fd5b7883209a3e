package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestHTML(t *testing.T) {
	golden(t, "report.html", written(t, func(w *bytes.Buffer) error { return HTML(w, kettleReport(), ReadSources(kettleReport())) }))
}

// htmlShape walks a page, counts its elements, and refuses what could load or run something.
func htmlShape(t rapid.TB, page []byte) map[string]int {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	shape := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		shape[n.Data]++
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "srcset", a.Key == "action":
				t.Fatalf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "href" && a.Val != "data:," && !strings.HasPrefix(a.Val, "#f-"):
				t.Fatalf("<%s> leads to %q", n.Data, a.Val)
			}
		}
	}
	return shape
}

func TestHTMLHasTheSameShapeWhateverItQuotes(t *testing.T) {
	page := func(t rapid.TB, word string) []byte {
		var out bytes.Buffer
		r := quoting(word)
		lines := []string{"a", "x" + word, "b"}
		if err := HTML(&out, r, Sources{"f" + word: {Lines: lines}}); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	want := fmt.Sprint(htmlShape(t, page(t, "plain")))
	check := func(t rapid.TB, word string) {
		if got := fmt.Sprint(htmlShape(t, page(t, word))); got != want {
			t.Fatalf("%q makes the page %s, want %s", word, got, want)
		}
	}
	for _, word := range []string{hostile, "</script>", "</style>", "</title>", "<!--", "-->", "]]>", `" onload="x`, "<svg onload=x>", "</details></main>", "{{.}}", "&lt;"} {
		check(t, word)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, "x"+rapid.StringOf(rapid.RuneFrom([]rune("<>/&\"'=!- {}\n\tascriptyleon\x00\u202e"))).Draw(t, "word"))
	})
}

func TestHTMLHasAPolicyThatAllowsItsOwnStyleAndScriptOnly(t *testing.T) {
	got := string(written(t, func(w *bytes.Buffer) error { return HTML(w, kettleReport(), nil) }))
	root, err := html.Parse(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	var policy string
	inline := map[string]string{}
	for n := range root.Descendants() {
		switch n.Data {
		case "meta":
			if n.Attr[0].Val == "Content-Security-Policy" {
				policy = n.Attr[1].Val
			}
		case "style", "script":
			if _, twice := inline[n.Data]; twice {
				t.Errorf("there are two <%s>", n.Data)
			}
			inline[n.Data] = n.FirstChild.Data
		}
	}
	for _, want := range []string{"default-src 'none'", "style-src '" + policyHash(inline["style"]) + "'", "script-src '" + policyHash(inline["script"]) + "'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || regexp.MustCompile(`https?:`).MatchString(policy) {
		t.Errorf("the policy allows too much: %q", policy)
	}
	if i, j := strings.Index(got, "Content-Security-Policy"), strings.Index(got, "<style>"); i < 0 || i > j {
		t.Error("the policy comes after the style that it is about")
	}
}

func TestExcerptSaysWhyThereAreNoLines(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.md")
	file, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(maxSource + 1); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir, "good.md")
	if err := os.WriteFile(good, []byte("one\r\ntwo\nthree\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file    string
		line    int
		problem string
		lines   int
	}{
		{good, 2, "", 3},
		{good, 0, "No line is known", 3},
		{good, 9, "has 3 lines and line 9 is meant", 3},
		{filepath.Join(dir, "gone.md"), 1, "the file does not exist", 0},
		{dir, 1, "is a directory", 0},
		{large, 1, "too large", 0},
		{"", 0, "No file is known", 0},
	} {
		s := &drift.Side{Pos: facts.Pos{File: c.file, Line: c.line}}
		r := &drift.Report{Findings: []*drift.Finding{{Sites: []drift.Site{{Page: s}}}}}
		p := excerpt("The page", s, ReadSources(r), 10)
		if !strings.Contains(p.Problem, c.problem) || c.problem == "" && p.Problem != "" || len(p.Lines) != c.lines {
			t.Errorf("%s:%d: %d lines, problem %q; want %d lines, %q", c.file, c.line, len(p.Lines), p.Problem, c.lines, c.problem)
		}
	}
	p := excerpt("The page", &drift.Side{Pos: facts.Pos{File: "x"}}, nil, 10)
	if !strings.Contains(p.Problem, "not given") {
		t.Errorf("a source that is not given: %q", p.Problem)
	}
}

func TestExcerptMarksTheLineAndCountsTheRest(t *testing.T) {
	lines := make([]string, 100)
	for i := range lines {
		lines[i] = fmt.Sprintf("line %d", i+1)
	}
	lines[49] = strings.Repeat("茶", longestLine+7)
	for _, c := range []struct{ at, first, last int }{{1, 1, 6}, {50, 45, 55}, {100, 95, 100}, {200, 95, 100}} {
		p := excerpt("", &drift.Side{Pos: facts.Pos{File: "f", Line: c.at}}, Sources{"f": {Lines: lines}}, 5)
		if p.Lines[0].Number != c.first || p.Lines[len(p.Lines)-1].Number != c.last || p.Above != c.first-1 || p.Below != 100-c.last {
			t.Errorf("at %d: lines %d to %d, %d above, %d below", c.at, p.Lines[0].Number, p.Lines[len(p.Lines)-1].Number, p.Above, p.Below)
		}
		marked := 0
		for _, l := range p.Lines {
			if l.Marked {
				marked++
				if l.Number != c.at {
					t.Errorf("at %d: line %d is marked", c.at, l.Number)
				}
			}
			if l.Number == 50 && (l.Cut != 7 || len([]rune(l.Text)) != longestLine) {
				t.Errorf("the long line is cut by %d to %d", l.Cut, len([]rune(l.Text)))
			}
		}
		if want := min(1, max(0, 101-c.at)); marked != want {
			t.Errorf("at %d: %d lines are marked", c.at, marked)
		}
	}
}

func TestContrastMarksWholeWordsThatDiffer(t *testing.T) {
	show := func(list []part) string {
		var out strings.Builder
		for _, p := range list {
			if p.Differs {
				out.WriteString("<" + p.Text + ">")
			} else {
				out.WriteString(p.Text)
			}
		}
		return out.String()
	}
	for _, c := range [][4]string{
		{`["link","agencylink"]`, `["link","agency_link"]`, `["link","<agencylink>"]`, `["link","<agency_link>"]`},
		{`["a","b"]`, `["a","b","c"]`, `["a","b"]`, `["a","b"<,"c">]`},
		{"The old id of a red cup.", "The new id of a blue cup.", "The <old> id of a <red> cup.", "The <new> id of a <blue> cup."},
		{"string", "integer", "<string>", "<integer>"},
		{"true", "", "true", ""},
		{"same", "same", "same", "same"},
		{"aa", "aaa", "<aa>", "<aaa>"},
		{"ab", "a,b", "<ab>", "<a,b>"},
	} {
		left, right := contrast(c[0], c[1])
		if show(left) != c[2] || show(right) != c[3] {
			t.Errorf("%s and %s: %s and %s, want %s and %s", c[0], c[1], show(left), show(right), c[2], c[3])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.StringOf(rapid.RuneFrom([]rune("ab_ ,[茶")))
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		left, right := contrast(a, b)
		if got := strings.NewReplacer("<", "", ">", "").Replace(show(left) + "\x00" + show(right)); got != a+"\x00"+b {
			t.Fatalf("%q and %q became %q", a, b, got)
		}
	})
}

func TestHTMLOfManyFindingsStaysLight(t *testing.T) {
	r := manyFindings(2000)
	lines := strings.Split(strings.Repeat("a line of a page as it is usual here\n", 5000), "\n")
	got := written(t, func(w *bytes.Buffer) error {
		return HTML(w, r, Sources{r.Findings[0].Sites[0].Page.Pos.File: {Lines: lines}})
	})
	if len(got) > 40<<20 {
		t.Errorf("the page has %d bytes", len(got))
	}
	if n := bytes.Count(got, []byte("<details class=\"finding ")); n != 2000 {
		t.Errorf("%d of 2000 findings", n)
	}
}
