package api_test

import (
	"go/ast"
	"go/doc"
	"regexp"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// go doc shows of an alias its comment alone, so that has to name what the type has.
func TestCommentOfEachAliasNamesWhatItsTypeHas(t *testing.T) {
	leak.Check(t)
	engine, _ := load(t, "rest")
	client, _ := load(t, ".")
	has := map[string][]string{}
	for _, typ := range engine.Types {
		has[typ.Name] = exportedParts(typ)
	}
	aliases := 0
	for _, typ := range client.Types {
		spec := typ.Decl.Specs[0].(*ast.TypeSpec)
		target, ok := spec.Type.(*ast.SelectorExpr)
		if !ok || !spec.Assign.IsValid() {
			continue
		}
		aliases++
		if len(typ.Decl.Specs) != 1 || typ.Decl.Lparen.IsValid() {
			t.Errorf("%s stands in a group, of which go doc shows the whole", typ.Name)
		}
		if !strings.Contains(typ.Doc, "\n\t") {
			t.Errorf("the comment of %s has no example", typ.Name)
		}
		parts, known := has[target.Sel.Name]
		if !known {
			t.Errorf("%s is rest.%s, which is not there", typ.Name, target.Sel.Name)
		}
		for _, part := range parts {
			if !regexp.MustCompile(`\b` + part + `\b`).MatchString(typ.Doc) {
				t.Errorf("the comment of %s does not name %s", typ.Name, part)
			}
		}
	}
	if aliases < 20 {
		t.Errorf("%d aliases were found", aliases)
	}
}

// exportedParts are the exported fields and methods of a type.
func exportedParts(typ *doc.Type) (parts []string) {
	for _, method := range typ.Methods {
		parts = append(parts, method.Name)
	}
	var fields *ast.FieldList
	switch t := typ.Decl.Specs[0].(*ast.TypeSpec).Type.(type) {
	case *ast.StructType:
		fields = t.Fields
	case *ast.InterfaceType:
		fields = t.Methods
	default:
		return parts
	}
	for _, field := range fields.List {
		names := field.Names
		if embedded, ok := field.Type.(*ast.SelectorExpr); ok && len(names) == 0 {
			names = []*ast.Ident{embedded.Sel}
		}
		for _, name := range names {
			if name.IsExported() {
				parts = append(parts, name.Name)
			}
		}
	}
	return parts
}
