package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// clash returns an error for each name that a hand-written file of the package declares too, and for each such file of
// another package; otherwise the compiler would complain about the generated code.
func (made files) clash(dir, pkg string) error {
	generated := map[string]bool{}
	set := token.NewFileSet()
	for name, data := range made {
		if name == client.ExamplesFile {
			continue // a package of its own
		}
		if file, err := parser.ParseFile(set, name, data, parser.SkipObjectResolution); err == nil {
			for decl := range declarations(file) {
				generated[decl] = true
			}
		}
	}
	var faults []error
	for name, file := range byHand(set, dir) {
		if other := file.Name.Name; isOther(name, other, pkg) {
			if built, err := build.Default.MatchFile(dir, name); err == nil && built {
				at := set.Position(file.Name.Pos())
				faults = append(faults, &oas.Error{File: at.Filename, Line: at.Line, Text: fmt.Sprintf(
					"package %s is in this directory, and a directory holds one package: name another with -out, or the same with -package", other)})
			}
			continue
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for decl, pos := range declarations(file) {
			if generated[decl] {
				at := set.Position(pos)
				faults = append(faults, &oas.Error{File: at.Filename, Line: at.Line, Text: fmt.Sprintf(
					"%s is declared by hand, and the spec makes another: give one of them another name (x-go-name)", decl)})
			}
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// isOther reports whether a Go file declares a package other than that of its directory.
func isOther(name, declared, pkg string) bool {
	if strings.HasSuffix(name, "_test.go") {
		declared = strings.TrimSuffix(declared, "_test")
	}
	return declared != pkg && declared != "documentation" // the go command ignores the latter
}

// examplesByHand returns the names that the hand-written tests of a package declare. An example of that name is not made.
func examplesByHand(dir string) map[string]bool {
	out := map[string]bool{}
	for name, file := range byHand(token.NewFileSet(), dir) {
		if strings.HasSuffix(name, "_test.go") {
			for decl := range declarations(file) {
				out[decl] = true
			}
		}
	}
	return out
}

// byHand returns the hand-written Go files in a directory, by name. Those that do not parse are left to the compiler.
func byHand(set *token.FileSet, dir string) map[string]*ast.File {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // there is no package yet
	}
	out := map[string]*ast.File{}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !isOurs(name) {
			if file, err := parser.ParseFile(set, filepath.Join(dir, name), nil, parser.SkipObjectResolution); err == nil {
				out[name] = file
			}
		}
	}
	return out
}

// declarations returns the names that a file declares at the top level, methods with their type: Client.Pushes.
func declarations(file *ast.File) map[string]token.Pos {
	out := map[string]token.Pos{}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil && len(d.Recv.List) == 1 {
				t := d.Recv.List[0].Type
				if star, ok := t.(*ast.StarExpr); ok {
					t = star.X
				}
				if id, ok := t.(*ast.Ident); ok {
					name = id.Name + "." + name
				}
			}
			out[name] = d.Pos()
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					out[s.Name.Name] = s.Pos()
				case *ast.ValueSpec:
					for _, id := range s.Names {
						out[id.Name] = id.Pos()
					}
				}
			}
		}
	}
	delete(out, "_")
	delete(out, "init")
	return out
}
