package main

import (
	"bytes"
	"flag"
	"go/ast"
	"go/build/constraint"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/gen/internal/text"

	_ "github.com/oapi-codegen/runtime" // what is generated for lists and objects in parameters imports it
)

var update = flag.Bool("update", false, "write the golden files anew")

// made generates from a document, which must work. One that is no test's own is generated from once.
func made(t testing.TB, spec, pkg string) files {
	t.Helper()
	key := [2]string{spec, pkg}
	if out, ok := madeBefore[key]; ok {
		return maps.Clone(out)
	}
	out, _, err := withExamples(spec, pkg)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(spec, os.TempDir()) {
		madeBefore[key] = out
	}
	return maps.Clone(out)
}

// withExamples generates from a document for a package of the module generated; see module.
func withExamples(spec, pkg string) (files, []string, error) {
	return generate(spec, pkg, client.Extras{ImportPath: "generated/" + pkg})
}

var madeBefore = map[[2]string]files{}

// write puts a document into a file of its own.
func write(t testing.TB, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// formatted checks that gofmt would change nothing.
func formatted(t testing.TB, fs files) {
	t.Helper()
	for name, data := range fs {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		if want, err := format.Source(data); err != nil || !bytes.Equal(want, data) {
			t.Errorf("%s is not as gofmt has it: %v\n%s", name, err, unified(name, data, want))
		}
	}
}

// harmless checks that generated files hold nothing but what the templates write: no init, no import but the allowed ones,
// no directive. Nor may gofmt change them.
func harmless(t testing.TB, fs files) {
	t.Helper()
	formatted(t, fs)
	allowed := map[string]bool{}
	for _, path := range text.Imports {
		allowed[`"`+path+`"`] = true
	}
	for name, data := range fs {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		for _, i := range file.Imports {
			if !allowed[i.Path.Value] && (name != client.ExamplesFile || !strings.HasPrefix(i.Path.Value, `"generated/`)) {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && (f.Name.Name == "init" || f.Name.Name == "main" || f.Body == nil) {
				t.Errorf("%s declares %s", name, f.Name.Name)
			} else if ok && name == client.ExamplesFile && f.Name.Name != "exampleClient" && !strings.HasPrefix(f.Name.Name, "ExampleClient_") {
				t.Errorf("%s declares %s, which is no example", name, f.Name.Name)
			}
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				if !strings.HasPrefix(c.Text, "// ") && c.Text != "//" && !strings.HasPrefix(c.Text, "//lint:") || constraint.IsPlusBuild(c.Text) || strings.ContainsFunc(c.Text, invisible) {
					t.Errorf("%s has the comment %q", name, c.Text)
				}
			}
		}
	}
}

// invisible reports whether a character has no place in a comment: it may hide a part of it, or turn its direction.
func invisible(r rune) bool {
	return r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}
