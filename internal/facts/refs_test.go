package facts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refersTo writes a document that refers to files beside it, and returns its path.
func refersTo(t *testing.T, ref string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"apps/a.yaml":          "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        \"200\":\n          description: ok\n          content: { application/json: { schema: { $ref: \"" + ref + "\" } } }\n",
		"common/all.json":      "{\"schemas\": {\"Thing\": {\"type\": \"object\", \"properties\": {\n\"own\": {\"$ref\": \"#/schemas/Name\"},\n\"far\": {\"$ref\": \"deep/far.yaml\"}}},\n\"Name\": {\"type\": \"string\", \"enum\": [\"x\"]},\n\"loop\": {\"$ref\": \"#/schemas/loop\"}}}",
		"common/deep/far.yaml": "type: object\nproperties:\n  back: { $ref: '../all.json#/schemas/Name' }\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "apps", "a.yaml")
}

func TestFactsNameTheFileThatAReferenceLeadsTo(t *testing.T) {
	file := refersTo(t, "../common/all.json#/schemas/Thing")
	document, err := ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	common := filepath.Join(filepath.Dir(filepath.Dir(file)), "common")
	for place, want := range map[Place]Pos{
		"response.200.own":      {filepath.Join(common, "all.json"), 4},
		"response.200.far.back": {filepath.Join(common, "all.json"), 4},
		"response.200.far":      {filepath.Join(common, "deep", "far.yaml"), 1},
	} {
		if f, ok := document.Operation("a").Get(place, Type); !ok || f.Pos != want {
			t.Errorf("the type of %s comes from %s, want %s", place, f.Pos, want)
		}
	}
}

func TestAReferenceThatCannotBeFollowedIsAnErrorWithItsLine(t *testing.T) {
	for ref, want := range map[string]string{
		"../common/all.json#/nothing":      "a.yaml:9:",
		"../common/all.json#/schemas/loop": "all.json:5:",
	} {
		if _, err := ReadFile(refersTo(t, ref)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it at %s", ref, err, want)
		}
	}
}

func TestWhatHoldsNothingIsAnErrorWithItsLine(t *testing.T) {
	for name, text := range map[string]string{
		"path":      "  /a:\n",
		"operation": "  /a: { get: null }\n",
		"response":  "  /a: { get: { responses: { \"200\": null } } }\n",
		"body":      "  /a: { post: { requestBody: null, responses: {} } }\n",
		"parameter": "  /a: { get: { parameters: [null], responses: {} } }\n",
	} {
		if _, err := Read("a.yaml", []byte("openapi: 3.0.3\npaths:\n"+text)); err == nil || !strings.HasPrefix(err.Error(), "a.yaml:3:") {
			t.Errorf("%s: error %v, want one at a.yaml:3", name, err)
		}
	}
}
