package judge_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// hostile are documents that kin-openapi, or the library for JSON Schema, has trouble with.
var hostile = []string{
	// a schema without a type that holds itself
	`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}}}}},"components":{"schemas":{"S":{"additionalProperties":{"$ref":"#/components/schemas/S"},"items":{"$ref":"#/components/schemas/S"}}}}}`,
	// null where a node is expected
	`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"parameters":[],"responses":{"200":{"description":"d","content":{"application/json":null}}}}}},"components":null}`,
	// a schema that is nothing but itself
	`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}}}}},"components":{"schemas":{"S":{"allOf":[{"$ref":"#/components/schemas/S"}]}}}}`,
	// a choice that asks twice as often for each level
	`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/x":{"get":{"parameters":[{"name":"q","in":"query","schema":{"$ref":"#/components/schemas/S"}}],"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}}}}},"components":{"schemas":{"S":{"anyOf":[{"type":"array","items":{"$ref":"#/components/schemas/S"},"maxItems":1},{"type":"array","items":{"$ref":"#/components/schemas/S"},"minItems":1}]}}}}`,
}

// FuzzNoDocumentBreaksTheJudge gives malformed documents: whatever they are, they are refused or there is a
// verdict on every message.
func FuzzNoDocumentBreaksTheJudge(f *testing.F) {
	messages := []string{`null`, `1e999999999`, `[[[[[]]]]]`, `{"a":{"b":[1,"x",true]}}`, nested(60), strings.Repeat("[", 60) + "5" + strings.Repeat("]", 60), `"x"`}
	seed := func(text string) {
		for _, m := range messages {
			f.Add(text, m)
		}
	}
	for _, text := range hostile {
		seed(text)
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		seed(string(data))
	}
	var last string // the document of the message before, which many messages have in common
	var doc *openapi3.T
	var j *judge.Judge
	f.Fuzz(func(t *testing.T, text, body string) {
		if text != last {
			var err error
			last, j = text, nil
			if doc, err = judge.Load("fuzz.yaml", []byte(text)); err == nil {
				j, _ = judge.New(doc) // nil with an error
			}
		}
		if j == nil {
			return
		}
		for path, item := range doc.Paths.Map() {
			for method := range item.Operations() {
				target := "http://localhost/x?q=1"
				if path != "/x" {
					target = "http://localhost/"
				}
				m := message{method, target, []string{isJSON}, body, 0}
				_ = m.judge(t, j, nil)
				m.status = 200
				_ = m.judge(t, j, nil)
			}
		}
	})
}
