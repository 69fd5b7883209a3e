package api_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// packages are the directories of what is imported.
var packages = []string{".", "locations", "oauth", "redisstore", "rest", "sandbox"}

var update = flag.Bool("update", false, "write the golden files anew")

// The surface is every exported name with its type, fields and tags. A change of it is a change for importers, so it is
// kept in a file where a review sees it.
func TestPublicSurfaceIsTheRecordedOne(t *testing.T) {
	leak.Check(t)
	var got strings.Builder
	for _, dir := range packages {
		got.WriteString(surface(t, dir))
	}
	const golden = "testdata/surface.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() == string(want) {
		return
	}
	have, had := lines(got.String()), lines(string(want))
	for line := range had {
		if !have[line] {
			t.Errorf("gone: %s", line)
		}
	}
	for line := range have {
		if !had[line] {
			t.Errorf("new: %s", line)
		}
	}
	t.Error("the public surface has changed; when that is meant, run go test -run Surface . -update")
}

// Every exported name has its words.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	leak.Check(t)
	for _, dir := range packages {
		p, _ := load(t, dir)
		if p.Doc == "" {
			t.Errorf("package %s has no documentation", p.Name)
		}
		check := func(kind, name, words string) {
			if words == "" {
				t.Errorf("%s %s.%s has no documentation", kind, p.Name, name)
			}
		}
		for _, f := range p.Funcs {
			check("func", f.Name, f.Doc)
		}
		values := append(p.Consts, p.Vars...)
		for _, typ := range p.Types {
			check("type", typ.Name, typ.Doc+specDoc(typ.Decl))
			for _, f := range append(typ.Funcs, typ.Methods...) {
				if f.Name != "Error" && f.Name != "String" && f.Name != "Unwrap" {
					check("func", typ.Name+"."+f.Name, f.Doc)
				}
			}
			for name, words := range fieldDocs(typ.Decl) {
				check("field", typ.Name+"."+name, words)
			}
			values = append(append(values, typ.Consts...), typ.Vars...)
		}
		for _, v := range values {
			for _, s := range v.Decl.Specs {
				if s, ok := s.(*ast.ValueSpec); ok && s.Names[0].IsExported() {
					check("value", s.Names[0].Name, v.Doc+s.Doc.Text()+s.Comment.Text())
				}
			}
		}
	}
}

func specDoc(d *ast.GenDecl) string {
	words := d.Doc.Text()
	for _, s := range d.Specs {
		if t, ok := s.(*ast.TypeSpec); ok {
			words += t.Doc.Text() + t.Comment.Text()
		}
	}
	return words
}

// fieldDocs are the words on the exported fields of a struct; those that stand together share them.
func fieldDocs(d *ast.GenDecl) map[string]string {
	docs := map[string]string{}
	for _, s := range d.Specs {
		t, ok := s.(*ast.TypeSpec)
		if !ok {
			continue
		}
		if s, ok := t.Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				for _, name := range f.Names {
					if name.IsExported() {
						docs[name.Name] = f.Doc.Text() + f.Comment.Text()
					}
				}
			}
		}
	}
	return docs
}

func lines(text string) map[string]bool {
	set := map[string]bool{}
	section := ""
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "\t") {
			section = strings.TrimSpace(line)
		}
		set[section+" "+strings.TrimSpace(line)] = true
	}
	return set
}

func load(t *testing.T, dir string) (*doc.Package, *token.FileSet) {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, "github.com/highlevel-go/snapshots/api/"+dir)
	if err != nil {
		t.Fatal(err)
	}
	return p, fset
}

func surface(t *testing.T, dir string) string {
	p, fset := load(t, dir)
	var b strings.Builder
	b.WriteString("package " + p.Name + "\n")
	values := func(list []*doc.Value) {
		for _, v := range list {
			write(t, &b, fset, v.Decl)
		}
	}
	funcs := func(list []*doc.Func) {
		for _, f := range list {
			write(t, &b, fset, f.Decl)
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		write(t, &b, fset, typ.Decl)
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	return b.String()
}

// write prints a declaration without comments and bodies, each line but the first indented.
func write(t *testing.T, b *strings.Builder, fset *token.FileSet, decl ast.Decl) {
	t.Helper()
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			n.Body, n.Doc = nil, nil
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		}
		return true
	})
	var out bytes.Buffer
	if err := printer.Fprint(&out, token.NewFileSet(), decl); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(out.String(), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if i > 0 && line != ")" && line != "}" {
			b.WriteByte('\t')
		}
		b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
	}
}
