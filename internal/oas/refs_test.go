package oas

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const refers = `
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /a/{id}:
    get: { responses: { "200": { description: ok } } }
x: { $ref: "REF" }
"a/b~c d%": { here: true }
loop: { $ref: "#/loop2" }
loop2: { $ref: "#/loop" }
"null":
list: [{ one: 1 }]
components: { schemas: { A: { $anchor: a, example: { $anchor: b }, $defs: { I: { $id: i, allOf: [{ $anchor: inside }] } } },
  B: { $anchor: twice }, C: { properties: { example: {
  $anchor: twice } } } } }
`

func TestReferencesLeadToPointersAndFiles(t *testing.T) {
	for ref, want := range map[string]struct {
		file string
		line int
	}{
		"#/paths/~1a~1%7Bid%7D/get":      {"apps/a.yaml", 6},
		"#/paths/~1a~1{id}/get":          {"apps/a.yaml", 6},
		"#/a~1b~0c d%25":                 {"apps/a.yaml", 8},
		"#/a~1b~0c%20d%25":               {"apps/a.yaml", 8},
		"#/list/0":                       {"apps/a.yaml", 12},
		"#":                              {"apps/a.yaml", 2},
		"#a":                             {"apps/a.yaml", 13},
		"../common/all.json#far":         {"common/all.json", 5},
		"../common/all.json#/S/T":        {"common/all.json", 3},
		"../common/all.json":             {"common/all.json", 1},
		"with%20space.yml#/x":            {"apps/with space.yml", 1},
		"../common/all.json#/S/back":     {"apps/a.yaml", 12},
		"../common/all.json#/S/own":      {"common/all.json", 3},
		"../common/all.json#/S/deep/far": {"common/deep/far.yaml", 1},
	} {
		t.Run(ref, func(t *testing.T) {
			dir := write(t, map[string]string{
				"apps/a.yaml":          strings.Replace(refers, "REF", ref, 1),
				"apps/with space.yml":  "x: { y: 1 }",
				"common/all.json":      "{\"S\": {\n\"T\":\n{\"type\": \"string\"}, \"own\": {\"$ref\": \"#/S/T\"},\n\"back\": {\"$ref\": \"../apps/a.yaml#/list/0\"}, \"deep\": {\"far\": {\"$ref\": \"deep/far.yaml\"}},\n\"A\": {\"$anchor\": \"far\"}}}",
				"common/deep/far.yaml": "{ type: object }",
			})
			d, err := Open(filepath.Join(dir, "apps", "a.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			node, err := d.Target(Child(d.Root(), "x"))
			if err != nil {
				t.Fatal(err)
			}
			if file := filepath.Join(dir, filepath.FromSlash(want.file)); d.FileOf(node) != file || node.Line != want.line {
				t.Errorf("it leads to %s:%d, want %s:%d", d.FileOf(node), node.Line, file, want.line)
			}
		})
	}
}

func TestReferencesThatCannotBeFollowedSayWhy(t *testing.T) {
	for ref, want := range map[string]string{
		"https://a.example/x.json#/y": "is an address",
		"//a.example/x.json":          "is an address",
		"file:///etc/x.json":          "is an address",
		"/etc/x.json#/y":              "is an absolute path",
		"%2Fetc/x.json":               "is an absolute path",
		"../../secret.txt":            "neither a JSON nor a YAML file",
		"missing.yaml#/y":             "no such file",
		"dir.yaml":                    "is a directory",
		"empty.yaml#/y":               "the file is empty",
		"broken.json#/y":              "broken.json:1: not JSON",
		"other.yaml#/nothing":         "points at nothing",
		"#/nowhere":                   "points at nothing",
		"#/null":                      "points at nothing",
		"#/list/00":                   "points at nothing",
		"#/list/1":                    "points at nothing",
		"#/loop":                      "leads back to itself",
		"#b":                          "nor an $anchor of ",
		"#twice":                      "is the $anchor of two schemas, in lines 14 and 15",
		"#inside":                     "nor an $anchor of ",
		"#components/schemas/A":       "is neither a JSON pointer",
	} {
		t.Run(ref, func(t *testing.T) {
			dir := write(t, map[string]string{
				"a.yaml": strings.Replace(refers, "REF", ref, 1), "empty.yaml": " ", "other.yaml": "a: 1", "broken.json": "{", "dir.yaml/x": "",
			})
			d, err := Open(filepath.Join(dir, "a.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = d.Target(Child(d.Root(), "x"))
			if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), filepath.Join(dir, "a.yaml:")) {
				t.Errorf("error %v, want %q with file and line", err, want)
			}
		})
	}
}

func TestAStandaloneDocumentOpensNoFile(t *testing.T) {
	dir := write(t, map[string]string{"b.yaml": "a: 1"})
	d, err := Standalone(filepath.Join(dir, "a.yaml"), []byte(strings.Replace(refers, "REF", "b.yaml#/a", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Target(Child(d.Root(), "x")); err == nil || !strings.Contains(err.Error(), "is in another file") {
		t.Errorf("error %v", err)
	}
}

func TestAPlaceThatIsNotThereHasTheLineAboveIt(t *testing.T) {
	d, err := Standalone("a.yaml", []byte(refers))
	if err != nil {
		t.Fatal(err)
	}
	at := Place{"a.yaml", ""}.At("paths", "/a/{id}", "get", "summary")
	if got := d.Errorf(at, "no %s", "words").Error(); got != "a.yaml:6: no words (at #/paths/~1a~1{id}/get/summary)" {
		t.Errorf("%s", got)
	}
}

// The publisher's documents have faults of their own, but every reference in them leads somewhere.
func TestPublishedDocumentsAreRead(t *testing.T) {
	root := os.Getenv("SNAPSHOTS_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	found, err := filepath.Glob(filepath.Join(root, "official", "apps", "*.json"))
	if err != nil || len(found) == 0 {
		t.Skipf("the publisher's documents are not at %s", root)
	}
	for _, file := range found {
		d, err := Open(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := d.Validate(); err != nil {
			t.Error(err)
		}
		if n := followAll(t, d, d.Root()); n == 0 && strings.Contains(string(d.Data()), `"$ref"`) {
			t.Errorf("%s: no reference was followed", file)
		}
	}
}

func followAll(t *testing.T, d *Documents, node *yaml.Node) (n int) {
	if ref := Ref(node); ref != nil {
		if _, err := d.Follow(ref); err != nil {
			t.Error(err)
		}
		n++
	}
	for _, inner := range node.Content {
		n += followAll(t, d, inner)
	}
	return n
}
