package docblocks

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	gast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

const root = "../../.." // of the checkout

// block is a block of code in a document.
type block struct {
	file string // from the root, with slashes
	line int    // of its first line
	kind string // the language that a fence names; "" of a block that is indented
	name string // what the fence names after the language: the file that the reader is to make of it
	text string
	doc  string // import path of the package that a comment describes; "" in Markdown
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.file, b.line) }

// pages are the documents in Markdown, those of no module but the root's among them.
func pages(t *testing.T) []string {
	t.Helper()
	paths := []string{"README.md", "CONTRIBUTING.md", "gen/README.md"}
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			path, err = filepath.Rel(root, path)
			paths = append(paths, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) < 10 {
		t.Fatalf("only %d pages were found", len(paths))
	}
	return paths
}

// blocksOfPage returns the blocks of a document in their order, by a reader of Markdown that the project did not write.
func blocksOfPage(t *testing.T, page string) (blocks []block) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	err = gast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n gast.Node, entering bool) (gast.WalkStatus, error) {
		fenced, isFenced := n.(*gast.FencedCodeBlock)
		if _, isIndented := n.(*gast.CodeBlock); !entering || !isFenced && !isIndented || n.Lines().Len() == 0 {
			return gast.WalkContinue, nil
		}
		b := block{file: page, text: string(n.Lines().Value(source))}
		b.line = 1 + bytes.Count(source[:n.Lines().At(0).Start], []byte("\n"))
		if isFenced && fenced.Info != nil {
			b.kind, b.name, _ = strings.Cut(string(fenced.Info.Value(source)), " ")
		} else if isFenced {
			b.kind = "unnamed"
		}
		blocks = append(blocks, b)
		return gast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

// blocksOfComments returns the blocks in the comments of the client's packages.
func blocksOfComments(t *testing.T) (blocks []block) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, "api"), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "examples"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		dir := name[:strings.LastIndex(name, "/")]
		for _, group := range comments(file) {
			for _, content := range new(comment.Parser).Parse(group.Text()).Content {
				if code, ok := content.(*comment.Code); ok {
					blocks = append(blocks, block{file: name, line: set.Position(group.Pos()).Line, text: code.Text, doc: "github.com/highlevel-go/snapshots/" + dir})
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(blocks, func(a, b block) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line)) })
	return blocks
}

// comments are those that document something.
func comments(file *ast.File) (groups []*ast.CommentGroup) {
	add := func(group *ast.CommentGroup) {
		if group != nil && !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	add(file.Doc)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			add(n.Doc)
		case *ast.FuncDecl:
			add(n.Doc)
			return false
		case *ast.TypeSpec:
			add(n.Doc)
		case *ast.ValueSpec:
			add(n.Doc)
		case *ast.Field:
			add(n.Doc)
		}
		return true
	})
	return groups
}
