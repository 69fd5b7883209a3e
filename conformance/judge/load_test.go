package judge_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// faulty has what published documents have, and what changes no message.
const faulty = `{"openapi":"3.0.0","info":{"title":"x","version":"1"},
"paths":{
  "/a/{id}":{"get":{"operationId":"a","responses":{"200":{"description":"x","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}},
  "/a/{name}":{"delete":{"operationId":"b","parameters":[{"name":"name","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"400":{"description":"x","content":{"application/json":{"schema":{"$ref":"common/shared.json#/components/schemas/Bad"}}}}}}}},
"components":{"securitySchemes":{"t":{"type":"http","scheme":"bearer","in":"header","name":"Authorization"}},
  "schemas":{"A":{"type":"object","properties":{"list":{"type":"array"},"at":{"type":"string","format":"date-time","example":"10/28/2022"},"n":{"type":"number","enum":[["a"],1]}}}}}}`

func TestLoadCopesWithFaultsThatChangeNoMessage(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "common"), 0o700); err != nil {
		t.Fatal(err)
	}
	shared := `{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{},"components":{"schemas":{"Bad":{"type":"object","properties":{"message":{"type":"string"}}}}}}`
	if err := os.WriteFile(filepath.Join(dir, "common", "shared.json"), []byte(shared), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := judge.Load(filepath.Join(dir, "api.json"), []byte(faulty))
	if err != nil {
		t.Fatal(err)
	}
	a := doc.Components.Schemas["A"].Value.Properties
	if a["at"].Value.Example != nil || len(a["n"].Value.Enum) != 1 || a["list"].Value.Items == nil {
		t.Errorf("example %v, enum %v, items %v", a["at"].Value.Example, a["n"].Value.Enum, a["list"].Value.Items)
	}
	j, err := judge.New(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []message{
		{"GET", "/a/1", nil, `{"list":[1,"x"],"at":"2024-01-01T00:00:00Z","n":1}`, 200}, {"DELETE", "/a/1", nil, `{"message":"x"}`, 400},
	} {
		if v := m.judge(t, j, nil); !v.OK() {
			t.Error(v.Err())
		}
	}
	if v := (message{"DELETE", "/a/1", nil, `{"massage":"x"}`, 400}).judge(t, j, nil); !v.Has(judge.ExtraKey) {
		t.Errorf("the schema of the other file does not count: %v", v.Err())
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"nothing":                               {"", "the file is empty"},
		"no paths":                              {`{"openapi":"3.0.0","info":{"title":"x","version":"1"}}`, "paths"},
		"reference to a file that is not there": {strings.Replace(faulty, "common/shared.json", "nobody.json", 1), "nobody.json"},
		"reference to a host":                   {strings.Replace(faulty, "common/shared.json", "http://127.0.0.1:1/x.json", 1), "only local files are read"},
		"reference to a file of another kind":   {strings.Replace(faulty, "common/shared.json", "../../../etc/passwd", 1), "only relative paths to .json and .yaml files"},
		"Swagger":                               {`{"swagger":"2.0","paths":{}}`, "this is Swagger 2.0"},
		"dynamic reference to one of several":   {documentOf("3.1.0", "", `{"$dynamicRef":"#n"}`, `"A":{"$dynamicAnchor":"n"},"B":{"$id":"b.json","$dynamicAnchor":"n"}`), "one of several schemas with the anchor n"},
		"unknown type":                          {strings.NewReplacer(`"type":"number"`, `"type":"text"`, "common/shared.json#/components/schemas/Bad", "#/components/schemas/A").Replace(faulty), "text"},
	} {
		if _, err := judge.Load(filepath.Join(t.TempDir(), "api.json"), []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) ||
			!strings.Contains(err.Error(), "api.json") {
			t.Errorf("%s: error %v, want one with %q", name, err, c.says)
		}
	}
}
