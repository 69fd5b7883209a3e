package api_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// Every test begins with leak.Check, so that none leaves goroutines or connections unnoticed.
func TestEveryTestLooksForLeaks(t *testing.T) {
	leak.Check(t)
	seen := 0
	for _, dir := range packages {
		names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || !strings.HasPrefix(f.Name.Name, "Test") || f.Name.Name == "TestMain" {
					continue
				}
				seen++
				if !beginsWithCheck(f) {
					t.Errorf("%s: %s does not begin with leak.Check(t)", name, f.Name.Name)
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d tests were found", seen)
	}
}

func beginsWithCheck(f *ast.FuncDecl) bool {
	if len(f.Body.List) == 0 {
		return false
	}
	first, ok := f.Body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := first.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	called, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := called.X.(*ast.Ident)
	return ok && pkg.Name == "leak" && called.Sel.Name == "Check"
}
