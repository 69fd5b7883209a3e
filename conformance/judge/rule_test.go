package judge_test

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

func isListed(rule judge.Rule) bool {
	return slices.ContainsFunc(judge.Rules(), func(r judge.Explained) bool { return r.Rule == rule })
}

// TestEveryRuleIsListed finds the rules in the source code, so that it also knows those that no message of the tests breaks.
func TestEveryRuleIsListed(t *testing.T) {
	inCode := map[judge.Rule]bool{}
	for _, of := range []struct{ dir, name string }{{".", "Rule"}, {"internal/jsontext", "Kind"}} {
		found := constantsOf(t, of.dir, of.name)
		if len(found) == 0 {
			t.Errorf("%s: no constant has the type %s", of.dir, of.name)
		}
		for rule, at := range found {
			inCode[judge.Rule(rule)] = true
			if !isListed(judge.Rule(rule)) {
				t.Errorf("%s: rule %q is not in Rules(): add it there with what it refuses, and a message that breaks it to the tests", at, rule)
			}
		}
	}
	listed := map[judge.Rule]bool{}
	for _, r := range judge.Rules() {
		switch {
		case listed[r.Rule]:
			t.Errorf("Rules() has the rule %q twice", r.Rule)
		case !inCode[r.Rule]:
			t.Errorf("Rules() has the rule %q, which is in no code", r.Rule)
		case r.Text == "":
			t.Errorf("Rules() does not explain the rule %q", r.Rule)
		}
		listed[r.Rule] = true
	}
}

// constantsOf returns the constant values of a type in the package of a directory, each with a place that has it. They
// include literals that are passed or converted to the type.
func constantsOf(t *testing.T, dir, name string) map[string]token.Position {
	t.Helper()
	set := token.NewFileSet()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, entry := range entries {
		if file := entry.Name(); strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			parsed, err := parser.ParseFile(set, dir+"/"+file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, parsed)
		}
	}
	// The type is declared in this package, so that errors about imports, which are not read, do not matter.
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
	pkg, _ := config.Check(dir, set, files, &info)
	declared := pkg.Scope().Lookup(name)
	if declared == nil {
		t.Fatalf("%s declares no type %s", dir, name)
	}
	out := map[string]token.Position{}
	add := func(typ types.Type, value constant.Value, at token.Pos) {
		if value != nil && types.Identical(typ, declared.Type()) && constant.StringVal(value) != "" {
			out[constant.StringVal(value)] = set.Position(at)
		}
	}
	for expression, typed := range info.Types {
		add(typed.Type, typed.Value, expression.Pos())
	}
	for name, object := range info.Defs {
		if c, ok := object.(*types.Const); ok {
			add(c.Type(), c.Val(), name.Pos())
		}
	}
	return out
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not read")
}
