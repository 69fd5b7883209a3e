package facts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFiles(t *testing.T, files map[string]string) string {
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

const refersTo = `
openapi: 3.0.3
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { $ref: "%" } } }
`

func TestReferencesIntoOtherFilesAreFollowed(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"apps/a.yaml":          strings.Replace(refersTo, "%", "../common/all.json#/schemas/Thing", 1),
		"common/all.json":      "{\"schemas\": {\"Thing\": {\"type\": \"object\", \"properties\": {\n\"own\": {\"$ref\": \"#/schemas/Name\"},\n\"far\": {\"$ref\": \"deep/far.yaml\"}}},\n\"Name\": {\"type\": \"string\", \"enum\": [\"x\"]}}}",
		"common/deep/far.yaml": "type: object\nproperties:\n  back: { $ref: '../all.json#/schemas/Name' }\n",
	})
	document, err := ReadFile(filepath.Join(dir, "apps", "a.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	op := document.Operation("a")
	for place, want := range map[Place]Pos{
		"response.200.own":      {filepath.Join(dir, "common", "all.json"), 4},
		"response.200.far.back": {filepath.Join(dir, "common", "all.json"), 4},
		"response.200.far":      {filepath.Join(dir, "common", "deep", "far.yaml"), 1},
	} {
		if f, ok := op.Get(place, Type); !ok || f.Pos != want {
			t.Errorf("the type of %s comes from %s, want %s", place, f.Pos, want)
		}
	}
}

func TestReferencesThatCannotBeFollowedSayWhy(t *testing.T) {
	for ref, want := range map[string]string{
		"https://a.example/x.json#/y": "only relative paths",
		"/etc/x.json#/y":              "only relative paths",
		"../../secret.txt":            "only relative paths",
		"missing.yaml#/y":             "no such file",
		"empty.yaml#/y":               "the file is empty",
		"other.yaml#/nothing":         "leads nowhere",
		"other.yaml#/loop":            "leads nowhere",
	} {
		dir := writeFiles(t, map[string]string{"a.yaml": strings.Replace(strings.Replace(refersTo, "content: { application/json: { schema: { $ref: \"%\" } } }", "headers: { X-A: { $ref: \"%\" } }", 1), "%", ref, 1),
			"empty.yaml": " ", "other.yaml": "loop: { $ref: 'other.yaml#/loop' }\n"})
		if _, err := ReadFile(filepath.Join(dir, "a.yaml")); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.yaml:") && !strings.Contains(err.Error(), "other.yaml:") {
			t.Errorf("%s: %v, want %q with file and line", ref, err, want)
		}
	}
}

func TestADocumentFromElsewhereOpensNoFile(t *testing.T) {
	_, err := Read("a.yaml", []byte(strings.Replace(refersTo, "%", "refs_test.yaml", 1)))
	if err == nil || !strings.Contains(err.Error(), "another file") {
		t.Errorf("%v, want a word on the other file", err)
	}
}
