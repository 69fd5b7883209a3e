package clientmutants

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Renaming every variable of every function of the engine takes no place away from an operator, and what the operators make
// of the renamed engine still has its types right.
func TestRenamingLocalVariablesBreaksNoOperator(t *testing.T) {
	if testing.Short() {
		t.Skip("it checks the types of the engine, and for that of the standard library")
	}
	const root = "../../.."
	renamed := t.TempDir()
	if err := os.MkdirAll(filepath.Join(renamed, engine), 0o755); err != nil {
		t.Fatal(err)
	}
	texts, n := renameLocals(t, filepath.Join(root, engine))
	if n < 500 {
		t.Fatalf("only %d names were changed", n)
	}
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(renamed, engine, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	byName := Operator{Name: "a rule that names a variable", File: engine, Rule: "refused.Status == 429 -> false"}
	if _, err := byName.Mutants(root); err != nil {
		t.Error(err)
	}
	if _, err := byName.Mutants(renamed); err == nil {
		t.Error("a rule that names a variable still finds it, so nothing is proved of the others")
	}
	var all []Mutant
	for _, o := range Engine() {
		before, err := o.Mutants(root)
		if err != nil {
			t.Error(err)
			continue
		}
		after, err := o.Mutants(renamed)
		if err != nil {
			t.Error(err)
		} else if len(after) != len(before) {
			t.Errorf("operator %s has %d places, and %d with other names", o.Name, len(before), len(after))
		}
		all = append(all, after...)
	}
	combined, separate, err := combineAll(all)
	if err != nil || len(separate) > 0 {
		t.Fatalf("%d mutants cannot be combined; %v", len(separate), err)
	}
	for file, text := range combined {
		texts[filepath.Base(file)] = text
	}
	check(t, "rest", texts)
}

// check checks the types of a package that may import the chooser of mutants.
func check(t *testing.T, name string, texts map[string]string) (*token.FileSet, map[string]*ast.File, *types.Info) {
	t.Helper()
	files := token.NewFileSet()
	trees := map[string]*ast.File{}
	var list []*ast.File
	for name, text := range texts {
		tree, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		trees[name], list = tree, append(list, tree)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	problems := 0
	conf := types.Config{Importer: chooserImporter{compiled(t, files)}, Error: func(err error) {
		if problems++; problems <= 10 {
			t.Error(err)
		}
	}}
	if _, err := conf.Check(module+"/api/"+name, files, list, info); err != nil {
		t.FailNow()
	}
	return files, trees, info
}

// compiled imports what the engine imports from what go has compiled of it.
func compiled(t *testing.T, files *token.FileSet) types.Importer {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", "./rest")
	list.Dir = "../../../api"
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return importer.ForCompiler(files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
}

type chooserImporter struct{ types.Importer }

func (i chooserImporter) Import(path string) (*types.Package, error) {
	if path != module+"/"+chooserPackage {
		return i.Importer.Import(path)
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, "mutant.go", chooser, 0)
	if err != nil {
		return nil, err
	}
	return (&types.Config{Importer: i.Importer}).Check(path, files, []*ast.File{tree}, nil)
}

// renameLocals gives another name to every variable, constant and type that a function of the package declares: its
// receiver, parameters and results as well.
func renameLocals(t *testing.T, dir string) (texts map[string]string, renamed int) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	texts = map[string]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(path)] = string(text)
	}
	files, trees, info := check(t, "rest", texts)
	for name, tree := range trees {
		var at []int
		ast.Inspect(tree, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok || id.Name == "_" {
				return true
			}
			if object := info.ObjectOf(id); isLocal(object) || object == nil && isSwitchVariable(tree, id) {
				at = append(at, files.Position(id.End()).Offset)
			}
			return true
		})
		slices.Sort(at)
		text := texts[name]
		for _, offset := range slices.Backward(at) {
			text = text[:offset] + "Renamed" + text[offset:]
		}
		texts[name], renamed = text, renamed+len(at)
	}
	return texts, renamed
}

// isLocal reports whether a function declares the object.
func isLocal(o types.Object) bool {
	switch o := o.(type) {
	case *types.Var:
		if o.IsField() {
			return false
		}
	case *types.Const, *types.TypeName:
	default:
		return false
	}
	if o.Pkg() == nil {
		return false
	}
	if p, ok := o.Type().(*types.TypeParam); ok && p.Obj() == o {
		return true
	}
	return o.Parent() != o.Pkg().Scope()
}

// isSwitchVariable reports whether id declares the variable of a type switch, which is another object in each case.
func isSwitchVariable(tree *ast.File, id *ast.Ident) bool {
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.TypeSwitchStmt); ok {
			if a, ok := s.Assign.(*ast.AssignStmt); ok {
				found = found || a.Lhs[0] == id
			}
		}
		return !found
	})
	return found
}
