package apichange

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
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

// LoadFiles loads the generated files of two versions of the package with the import path path. They are type-checked as if they
// were in the module of the working directory, so that its requirements apply. Only what they import is compiled.
func LoadFiles(path string, old, new map[string][]byte) (before, after *Package, err error) {
	set := token.NewFileSet()
	before, err = parse(set, path, "old", old)
	if err != nil {
		return nil, nil, err
	}
	after, err = parse(set, path, "new", new)
	if err != nil {
		return nil, nil, err
	}
	imported, err := importsOf(set, slices.Concat(before.generated, after.generated))
	if err == nil {
		err = errors.Join(before.check(set, "old", imported), after.check(set, "new", imported))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("a client does not compile in this module: %w", err)
	}
	return before, after, nil
}

// parse parses the generated files of one version.
func parse(set *token.FileSet, path, version string, files map[string][]byte) (*Package, error) {
	p := &Package{Path: path}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".gen.go") {
			continue
		}
		file, err := parser.ParseFile(set, version+"/"+name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.generated = append(p.generated, file)
	}
	return p, nil
}

// check type-checks the files of a version.
func (p *Package) check(set *token.FileSet, version string, imported types.Importer) (err error) {
	config := types.Config{Importer: imported, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	p.Types, err = config.Check(p.Path+"/"+version, set, p.generated, nil)
	return err
}

// importer imports packages that are loaded.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// importsOf loads the packages that files import, from export data: with an overlay, [packages.Load] would type-check them
// and everything that they import from source.
func importsOf(set *token.FileSet, files []*ast.File) (importer, error) {
	var paths []string
	for _, file := range files {
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return nil, err
			}
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports, Fset: set}, slices.Compact(paths)...)
	if err != nil {
		return nil, err
	}
	found := importer{}
	for _, l := range loaded {
		if len(l.Errors) > 0 {
			return nil, fmt.Errorf("%s: %s", l.PkgPath, l.Errors[0].Msg)
		}
		found[l.PkgPath] = l.Types
	}
	return found, nil
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
		p := &Package{Path: l.PkgPath, Types: l.Types}
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
