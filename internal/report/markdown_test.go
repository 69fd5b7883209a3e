package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

func TestMarkdown(t *testing.T) {
	golden(t, "report.md", written(t, func(w *bytes.Buffer) error { return Markdown(w, kettleReport()) }))
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// markdownShape counts the nodes of a document by their kinds, and collects the text outside of code.
func markdownShape(source []byte) (shape map[string]int, outside string) {
	shape = map[string]int{}
	var words strings.Builder
	root := gfm.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		shape[n.Kind().String()]++
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			words.Write(n.Segment.Value(source))
			words.WriteByte('\n')
		}
		return ast.WalkContinue, nil
	})
	return shape, words.String()
}

// tableCells is what a reader sees in the cells of a document's tables.
func tableCells(t rapid.TB, source []byte) []string {
	var out bytes.Buffer
	if err := gfm.Convert(source, &out); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for n := range root.Descendants() {
		if n.Data == "td" {
			cell := ""
			for inner := range n.Descendants() {
				if inner.Type == html.TextNode {
					cell += inner.Data
				}
			}
			cells = append(cells, strings.ReplaceAll(cell, zeroWidth, ""))
		}
	}
	return cells
}

// tame is a finding like another, in words that mean no harm: both must have the same shape.
func tame(word string) *drift.Report { return quoting(word) }

func quoting(word string) *drift.Report {
	f := &drift.Finding{ID: "id" + word, Kind: "k", Severity: drift.Error, Message: "m" + word, Wire: "w" + word, Go: "g" + word, Fix: "f" + word,
		Sites: []drift.Site{{Operation: "o" + word, Place: facts.Place("p" + word), Page: side("s"+word, "f"+word, 1), Spec: side("", "f"+word, 0)}}}
	return &drift.Report{Findings: []*drift.Finding{f, f}, Remarks: []string{word}}
}

func TestMarkdownHasTheSameShapeWhateverItQuotes(t *testing.T) {
	want, _ := markdownShape(written(t, func(w *bytes.Buffer) error { return Markdown(w, tame("plain")) }))
	check := func(t rapid.TB, word string) {
		var out bytes.Buffer
		if err := Markdown(&out, quoting(word)); err != nil {
			t.Fatal(err)
		}
		shape, outside := markdownShape(out.Bytes())
		for _, kind := range []string{"RawHTML", "HTMLBlock", "Link", "AutoLink", "Image", "Strikethrough", "FencedCodeBlock", "CodeBlock", "TaskCheckBox"} {
			if shape[kind] > 0 {
				t.Fatalf("%q makes a %s:\n%s", word, kind, out.String())
			}
		}
		for _, kind := range []string{"Heading", "Table", "TableRow", "TableCell", "List", "ListItem", "Paragraph", "CodeSpan", "Emphasis", "ThematicBreak", "Blockquote"} {
			if shape[kind] != want[kind] {
				t.Fatalf("%q makes %d of %s, want %d:\n%s", word, shape[kind], kind, want[kind], out.String())
			}
		}
		cells := tableCells(t, out.Bytes())
		for i, want := range []string{oneLine("m"+word, 160), oneLine("o"+word, 120), oneLine("f"+word+":1", 120)} {
			if got := cells[2+i]; got != strings.TrimSpace(want) {
				t.Fatalf("%q is shown in the table as %q, want %q:\n%s", word, got, want, out.String())
			}
		}
		for _, ping := range []string{"@e", "#1", "GH-7", "www.", "http://", "https://"} {
			if strings.Contains(outside, ping) {
				t.Fatalf("%q leaves %q for a mention or a link:\n%s", word, ping, outside)
			}
		}
	}
	for _, word := range []string{hostile, "@everyone", "#1", "@e#1", "`", "``", " ` ", "a`", "`a", `\`, `\|`, "|", `a\`, "- x", "1. x", "> x", "---", "===", "+ x", "    x",
		"<b>", "<!-- x -->", "&lt;b&gt;", "&amp;lt;", "http://e.example", "user@e.example", "mailto:user@e.example", "[ ] x", "[x]: /u", "~~x~~", "$x$", "<details>", "\x00", "\n\n# h\n\n"} {
		check(t, word)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, "x"+rapid.StringOf(rapid.RuneFrom([]rune("`\\|<>[]()*_~#@&;$!-+=:/. \n\ta1eGHw"))).Draw(t, "word"))
	})
}

func TestCodeSpansQuoteExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOf(rapid.RuneFrom([]rune("` \\|<a&#@"))).Draw(t, "text")
		if strings.TrimSpace(want) == "" {
			return
		}
		source := []byte("says " + code(want, 100) + " there")
		paragraph := goldmark.New().Parser().Parse(text.NewReader(source)).FirstChild()
		span, ok := paragraph.FirstChild().NextSibling().(*ast.CodeSpan)
		if !ok || paragraph.ChildCount() != 3 {
			t.Fatalf("%q is no single code span: %s", want, source)
		}
		var got strings.Builder
		for c := span.FirstChild(); c != nil; c = c.NextSibling() {
			got.Write(c.(*ast.Text).Segment.Value(source))
		}
		if got.String() != want {
			t.Fatalf("%q is quoted as %q", want, got.String())
		}
	})
}

func TestMarkdownFitsAnIssueAndSaysWhatItLeavesOut(t *testing.T) {
	got := written(t, func(w *bytes.Buffer) error { return Markdown(w, manyFindings(500)) })
	if n := utf8.RuneCount(got); n > 65_536 {
		t.Errorf("the body has %d characters", n)
	}
	sections := bytes.Count(got, []byte("\n### "))
	if want := fmt.Sprintf("%d findings more left out", 500-sections); sections == 0 || !strings.Contains(string(got), want) {
		t.Errorf("%d sections, and not %q", sections, want)
	}
	rows := bytes.Count(got, []byte("| warning |"))
	if want := fmt.Sprintf("The table leaves out %d findings more", 500-rows); rows == 0 || !strings.Contains(string(got), want) {
		t.Errorf("%d rows, and not %q", rows, want)
	}
}

func TestMarkdownOfACleanReportHasNoTable(t *testing.T) {
	got := string(written(t, func(w *bytes.Buffer) error { return Markdown(w, cleanReport()) }))
	if want := "**clean**: 4 operations, 308 facts compared; no findings; 0 differences on purpose.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
