package apichange

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Package is one package of a client, as the compiler sees it, and its generated files.
type Package struct {
	// Path is the import path, which is the same for both versions of a package.
	Path  string
	Dir   string
	Types *types.Package

	generated []*ast.File
	fset      *token.FileSet
}

const mode = packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports

// LoadDir loads the packages in and below a directory that other modules can import.
func LoadDir(dir string) ([]*Package, error) {
	found, err := load(&packages.Config{Mode: mode, Dir: dir}, "./...")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	found = slices.DeleteFunc(found, func(p *Package) bool {
		return p.Types.Name() == "main" || slices.Contains(strings.Split(p.Path, "/"), "internal")
	})
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no package that could be imported", dir)
	}
	return found, nil
}

// LoadFiles loads the generated files of two versions of the package with the import path path. They are compiled as if they
// were in the directory dir, so that the requirements of its module apply. dir must be in the module of the working
// directory, but need not exist; nothing is written there.
func LoadFiles(path, dir string, old, new map[string][]byte) (before, after *Package, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	overlay := map[string][]byte{}
	for name, data := range old {
		overlay[filepath.Join(abs, "old", name)] = data
	}
	for name, data := range new {
		overlay[filepath.Join(abs, "new", name)] = data
	}
	below := "./" + filepath.ToSlash(dir)
	found, err := load(&packages.Config{Mode: mode, Overlay: overlay}, below+"/old", below+"/new")
	if err != nil {
		return nil, nil, fmt.Errorf("a client does not compile in this module: %w", err)
	}
	for _, p := range found {
		if strings.HasSuffix(p.Path, "/old") {
			before = p
		} else {
			after = p
		}
		p.Path = path
	}
	return before, after, nil
}

func load(config *packages.Config, patterns ...string) ([]*Package, error) {
	config.Fset = token.NewFileSet()
	loaded, err := packages.Load(config, patterns...)
	if err != nil {
		return nil, err
	}
	if len(loaded) == 0 {
		return nil, fmt.Errorf("no Go package")
	}
	var found []*Package
	for _, l := range loaded {
		if len(l.Errors) > 0 {
			return nil, fmt.Errorf("%s: %s", l.PkgPath, l.Errors[0])
		}
		p := &Package{Path: l.PkgPath, Types: l.Types, fset: config.Fset}
		for i, file := range l.Syntax {
			name := config.Fset.File(file.Pos()).Name()
			if i == 0 {
				p.Dir = filepath.Dir(name)
			}
			if strings.HasSuffix(name, ".gen.go") {
				p.generated = append(p.generated, file)
			}
		}
		found = append(found, p)
	}
	return found, nil
}
