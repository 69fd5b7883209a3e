package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// TestAddingAnOperationRenamesNothing takes each operation out of each document. The names of the client without it must be
// there with it, too.
func TestAddingAnOperationRenamesNothing(t *testing.T) {
	names := []string{"stable"}
	switch {
	case prove.InFull():
		names = append(names, goldens...)
	case !testing.Short():
		names = append(names, "curated", "unions")
	}
	for _, name := range names {
		text, err := os.ReadFile("testdata/specs/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("testdata/specs")); err != nil {
			t.Fatal(err)
		}
		all := exported(t, made(t, "testdata/specs/"+name+".yaml", "p"))
		for i := 0; ; i++ {
			rest, removed := without(t, text, i)
			if removed == "" {
				break
			}
			file := filepath.Join(dir, name+".yaml")
			if err := os.WriteFile(file, rest, 0o600); err != nil {
				t.Fatal(err)
			}
			for decl := range exported(t, made(t, file, "p")) {
				if !all[decl] {
					t.Errorf("%s: %s has another name when there is %s", name, decl, removed)
				}
			}
		}
	}
}

// TestOrderRenamesNothing writes the operations, components and properties of each document in the opposite order.
func TestOrderRenamesNothing(t *testing.T) {
	for _, name := range append([]string{"stable"}, goldens...) {
		text, err := os.ReadFile("testdata/specs/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		reverse(&doc, "")
		turned, err := yaml.Marshal(&doc)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("testdata/specs")); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(file, turned, 0o600); err != nil {
			t.Fatal(err)
		}
		want, got := exported(t, made(t, "testdata/specs/"+name+".yaml", "p")), exported(t, made(t, file, "p"))
		for decl := range want {
			if !got[decl] {
				t.Errorf("%s: there is no %s when the document is turned around", name, decl)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d names, %d when the document is turned around", name, len(want), len(got))
		}
	}
}

// reverse turns around the mappings whose keys are names, all the way down.
func reverse(node *yaml.Node, key string) {
	for i, child := range node.Content {
		inner := ""
		if node.Kind == yaml.MappingNode && i%2 == 1 {
			inner = node.Content[i-1].Value
		}
		reverse(child, inner)
	}
	if slices.Contains([]string{"paths", "properties", "schemas", "parameters", "responses"}, key) && node.Kind == yaml.MappingNode {
		slices.Reverse(node.Content)
		for i := 0; i < len(node.Content); i += 2 {
			node.Content[i], node.Content[i+1] = node.Content[i+1], node.Content[i]
		}
	}
}

// without returns a document without its operation number i; removed names that, and is empty when there are not so many.
func without(t *testing.T, text []byte, i int) (rest []byte, removed string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	paths := oas.Child(doc.Content[0], "paths")
	for p := 1; p < len(paths.Content); p += 2 {
		item := paths.Content[p]
		for m := 0; m < len(item.Content); m += 2 {
			if !slices.Contains([]string{"get", "put", "post", "patch", "delete"}, item.Content[m].Value) {
				continue
			}
			if i--; i < 0 {
				removed = item.Content[m].Value + " " + paths.Content[p-1].Value
				item.Content = slices.Delete(item.Content, m, m+2)
				rest, err := yaml.Marshal(&doc)
				if err != nil {
					t.Fatal(err)
				}
				return rest, removed
			}
		}
	}
	return nil, ""
}

// exported returns the exported names of a client.
func exported(t *testing.T, fs files) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for name, data := range fs {
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for decl := range declarations(file) {
			if typ, _, _ := strings.Cut(decl, "."); ast.IsExported(typ) { // an alias has the methods of its type
				out[typ] = true
			}
		}
	}
	return out
}

func TestEqualSchemasAreOneType(t *testing.T) {
	models := string(made(t, "testdata/specs/stable.yaml", "p")["models.gen.go"])
	for _, want := range []string{
		"type ListAgentsResult struct", "type ListOrdersResult = ListAgentsResult", "type ListOrdersResultItem = ListAgentsResultItem",
		"type ListOrdersResultItemKind = ListAgentsResultItemKind", "ListOrdersResultItemKindBig = ListAgentsResultItemKindBig",
		"type ListOrdersStatus string", "type Version20210728 string",
		"type GetOrderResult struct", "type Tag struct", "type Note struct", "type NoteDto struct",
	} {
		if !strings.Contains(strings.Join(strings.Fields(models), " "), want) {
			t.Errorf("there is no %s in\n%s", want, models)
		}
	}
	if n := strings.Count(models, " struct {"); n != 9 { // of the answers two and two, one in Order, and four with names
		t.Errorf("%d structs, want 9:\n%s", n, models)
	}
}
