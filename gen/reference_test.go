package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	markdown "github.com/yuin/goldmark/text"

	"github.com/highlevel-go/snapshots/gen/client"
)

// referenceOf makes the reference of a document.
func referenceOf(t testing.TB, spec string) []byte {
	t.Helper()
	out, _, err := generate(spec, "p", client.Extras{Reference: "reference.md"})
	if err != nil {
		t.Fatal(err)
	}
	return out["reference.md"]
}

// walkMarkdown visits the nodes of a page as GitHub reads it.
func walkMarkdown(page []byte, visit func(n ast.Node)) {
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(markdown.NewReader(page))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

func TestReferenceMatchesTheGoldenFile(t *testing.T) {
	for _, name := range []string{"curated", "examples", "unions"} {
		got := referenceOf(t, "testdata/specs/"+name+".yaml")
		file := filepath.Join("testdata/golden", name, "reference.md")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not the golden one (-update writes it anew):\n%s", file, unified(file, want, got))
		}
	}
}

// TestLinksOfAReferenceLeadToItsHeadings names headings as GitHub does: small letters, hyphens for spaces, a number where one comes again.
func TestLinksOfAReferenceLeadToItsHeadings(t *testing.T) {
	documents := append(officialSample(t), "../spec/snapshots.yaml", "../spec/locations.yaml", write(t, "case.yaml", head+
		"  /a: {get: {operationId: types, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/URL'}}}}}}}\n"+
		"  /b: {get: {operationId: packageP, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/url'}}}}}}}\n"+
		"components: {schemas: {URL: {type: object, properties: {a: {type: array, items: {$ref: '#/components/schemas/url'}}}}, url: {type: object, properties: {b: {type: string}}}}}\n"))
	for _, name := range specs {
		documents = append(documents, "testdata/specs/"+name+".yaml")
	}
	for _, document := range documents {
		page := referenceOf(t, document)
		headings, links := map[string]bool{}, []string{}
		walkMarkdown(page, func(n ast.Node) {
			switch n := n.(type) {
			case *ast.Heading:
				slug := strings.Map(func(r rune) rune {
					switch {
					case r == ' ':
						return '-'
					case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-':
						return unicode.ToLower(r)
					}
					return -1
				}, string(n.Lines().Value(page)))
				for again := slug; ; again = slug + "-1" {
					if !headings[again] {
						headings[again] = true
						break
					}
					slug = again
				}
			case *ast.Link:
				links = append(links, string(n.Destination))
			}
		})
		found := 0
		for _, link := range links {
			if anchor, ok := strings.CutPrefix(link, "#"); ok {
				found++
				if !headings[anchor] {
					t.Errorf("%s: the link #%s leads nowhere", document, anchor)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: the reference has no links", document)
		}
	}
}

// TestTextsOfADocumentStayTextsInAReference compares the structure of the page with that of plain words.
func TestTextsOfADocumentStayTextsInAReference(t *testing.T) {
	tree, words := positionTree(t)
	structure := func(text string) map[string]int {
		shape := map[string]int{}
		out := surrounded(t, tree, words, text)
		walkMarkdown(out["reference.md"], func(n ast.Node) {
			if link, ok := n.(*ast.Link); ok && !bytes.HasPrefix(link.Destination, []byte("#")) {
				if plain := regexp.MustCompile(`^https://[\w./]+$`); !plain.Match(link.Destination) { // others are left out
					t.Errorf("with %q there is a link to %s", text, link.Destination)
				}
				return
			}
			switch n.Kind() {
			case ast.KindText, ast.KindString, ast.KindCodeSpan, ast.KindParagraph, ast.KindTextBlock: // a text may have paragraphs, and not every name can be code
			default:
				shape[n.Kind().String()]++
			}
		})
		return shape
	}
	benign := structure("")
	if benign["Table"] == 0 || benign["Link"] == 0 || benign["RawHTML"] > 0 {
		t.Fatalf("the reference of plain words is made of %v", benign)
	}
	texts := []string{"<script>alert(1)</script>", "[a](javascript:b)", "![a](b)", "| a | b |", "\n\n# heading\n\n", "\n\n- a\n- b\n", "\n\n1. a\n", "```\n", "*a* _b_ ~c~", "<!-- ", "-->", "\n\n---\n\n", "\n\n    code\n\n", "\\", "`", "&lt;b&gt;", "\n> a", "[x]: /u\n"}
	for i, text := range append(texts, evil...) {
		if testing.Short() && i%5 != 0 {
			continue
		}
		got := structure(text)
		for kind := range benign {
			if got[kind] != benign[kind] {
				t.Errorf("with %q there are %d of %s, and %d with plain words", text, got[kind], kind, benign[kind])
			}
			delete(got, kind)
		}
		for kind := range got {
			t.Errorf("with %q there is a %s", text, kind)
		}
	}
}

// TestReferenceShowsWhichAnswersAreErrors has an operation for each way in which an answer is not read into the result.
func TestReferenceShowsWhichAnswersAreErrors(t *testing.T) {
	const content = ", content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}"
	for _, c := range []struct {
		responses string
		want      []string
	}{
		{"'200': {description: fine" + content + "}, default: {description: wrong" + content + "}", []string{"| `200` | [`GetAResult`](#type-getaresult) |", "| `default` | an error |"}},
		{"'204': {description: fine}, default: {description: wrong" + content + "}", []string{"| `204` |  |", "| `default` | an error |"}},
		{"default: {description: fine" + content + "}", []string{"| `default` | [`GetAResult`](#type-getaresult) |"}},
		{"'200': {description: fine" + content + "}, '302': {description: moved}, '404': {description: gone}, 5XX: {description: down}", []string{"| `302` | an error |", "| `404` | an error |", "| `5XX` | an error |"}},
		{"'200': {description: fine" + content + "}, '206': {description: part, content: {text/csv: {schema: {type: string}}}}", []string{"| `206` | an error |"}},
		{"'200': {description: fine, content: {text/csv: {schema: {type: string}}}}, default: {description: wrong, content: {text/csv: {schema: {type: string}}}}", []string{"| `200` | `io.ReadCloser`: `text/csv` |", "| `default` | an error |"}},
	} {
		page := string(referenceOf(t, write(t, "spec.yaml", head+op+"      responses: {"+c.responses+"}\n")))
		for _, want := range c.want {
			if !strings.Contains(page, want) {
				t.Errorf("with %s nothing says %s:\n%s", c.responses, want, page)
			}
		}
	}
}

func TestReferenceShowsSpacesOfValues(t *testing.T) {
	page := string(referenceOf(t, write(t, "spec.yaml", head+op+"      parameters: [{name: b, in: query, schema: {type: string, enum: [' ', 'a  b', c d]}}]\n"+ok)))
	for _, want := range []string{"`\" \"`", "`\"a  b\"`", "`c d`"} {
		if strings.Count(page, want) != 2 { // beside the field, and beside the type
			t.Errorf("%s is there %d times:\n%s", want, strings.Count(page, want), page)
		}
	}
}

func TestReferenceIsCheckedAsTheOtherFiles(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "docs", "new", "reference.md")
	args := []string{"-spec", "testdata/specs/curated.yaml", "-out", filepath.Join(dir, "p"), "-package", "p", "-reference", file}
	if code, _, stderr := gen(args...); code != exitOK {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(file)
	if err != nil || !client.IsGenerated(data) {
		t.Fatalf("%v\n%.100s", err, data)
	}
	if code, stdout, _ := gen(append(args, "-check")...); code != exitOK {
		t.Errorf("exit %d:\n%s", code, stdout)
	}
	if err := os.WriteFile(file, append(data, "By hand.\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, stdout, _ := gen(append(args, "-check")...); code != exitDiffer || !strings.Contains(stdout, "-By hand.") {
		t.Errorf("exit %d:\n%s", code, stdout)
	}
	if err := os.WriteFile(file, []byte("# By hand\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := gen(args...); code != exitSpec || !strings.Contains(stderr, file+": not made by gen") {
		t.Errorf("exit %d with %q", code, stderr)
	}
	if data, _ := os.ReadFile(file); string(data) != "# By hand\n" {
		t.Error("a page that was written by hand is gone")
	}
}

func TestAReferenceTakesNoNameOfAFileOfGo(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"models.gen.go", client.ExamplesFile, "other.go"} {
		code, _, stderr := gen("-spec", "testdata/specs/curated.yaml", "-out", dir, "-package", "p", "-reference", filepath.Join(dir, name))
		if entries, _ := os.ReadDir(dir); code != exitUsage || !strings.Contains(stderr, name+": a reference is Markdown") || len(entries) > 0 {
			t.Errorf("exit %d with %q and %v", code, stderr, entries)
		}
	}
}
