package main

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/internal/text"

	_ "github.com/oapi-codegen/runtime"
)

// what is generated for lists and objects in parameters imports it

var update = flag.Bool("update", false, "write the golden files anew")

// made generates from a document, which must work.
func made(t *testing.T, spec, pkg string) files {
	t.Helper()
	out, _, err := generate(spec, pkg)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// write puts a document into a file of its own.
func write(t *testing.T, name, text string) string {
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

// module makes a module of generated packages that stands on the engine of this repository.
func module(t *testing.T, packages map[string]files) (dir string) {
	t.Helper()
	dir = t.TempDir()
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", []byte("module generated\n\ngo 1.26\n\nrequire github.com/highlevel-go/snapshots/api v0.0.0\n"+
		"require github.com/oapi-codegen/runtime v1.9.0\n\nreplace github.com/highlevel-go/snapshots/api => "+absolute(t, "../api")+"\n"))
	put("go.sum", sums)
	for pkg, fs := range packages {
		for name, data := range fs {
			put(filepath.Join(pkg, name), data)
		}
	}
	return dir
}

// inModule runs the go command in such a module and fails when it says anything.
func inModule(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// sound vets generated packages and has staticcheck look at them.
func sound(t *testing.T, packages map[string]files) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles generated code")
	}
	for _, fs := range packages {
		formatted(t, fs)
	}
	dir := module(t, packages)
	inModule(t, dir, "vet", "./...")
	inModule(t, dir, "tool", "-modfile="+absolute(t, "../internal/tools/go.mod"), "staticcheck", "./...")
}

// formatted checks that gofmt has nothing to say.
func formatted(t *testing.T, fs files) {
	t.Helper()
	for name, data := range fs {
		cmd := exec.Command("gofmt", "-d")
		cmd.Stdin = bytes.NewReader(data)
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s is not as gofmt has it: %v\n%s", name, err, out)
		}
	}
}

// harmless checks that generated files hold nothing but what the templates write: no init, no import but the allowed ones,
// no directive.
func harmless(t *testing.T, fs files) {
	t.Helper()
	allowed := map[string]bool{}
	for _, path := range text.Imports {
		allowed[`"`+path+`"`] = true
	}
	for name, data := range fs {
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		for _, i := range file.Imports {
			if !allowed[i.Path.Value] {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && (f.Name.Name == "init" || f.Name.Name == "main" || f.Body == nil) {
				t.Errorf("%s declares %s", name, f.Name.Name)
			}
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				if !strings.HasPrefix(c.Text, "// ") && c.Text != "//" && !strings.HasPrefix(c.Text, "//lint:") {
					t.Errorf("%s has the comment %q", name, c.Text)
				}
			}
		}
	}
}
