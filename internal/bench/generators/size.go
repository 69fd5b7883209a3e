package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
)

// size counts the lines of a package, and its exported names: constants, variables, types, functions, and methods of exported types.
func size(dir string) (lines, exported int, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return 0, 0, err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return 0, 0, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return 0, 0, err
		}
		lines += bytes.Count(text, []byte("\n"))
		ast.FileExports(file)
		for _, decl := range file.Decls {
			exported += names(decl)
		}
	}
	return lines, exported, nil
}

// names counts the names of a declaration.
func names(decl ast.Decl) int {
	general, ok := decl.(*ast.GenDecl)
	if !ok {
		return 1
	}
	n := 0
	for _, spec := range general.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			n++
		case *ast.ValueSpec:
			n += len(spec.Names)
		}
	}
	return n
}
