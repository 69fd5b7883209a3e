package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// FuzzGenerateNeverPanics gives the generator any bytes for a document. What it makes must at least parse and hold nothing
// foreign; what it refuses must be an error.
func FuzzGenerateNeverPanics(f *testing.F) {
	for _, name := range []string{"curated", "shapes"} {
		data, err := os.ReadFile("testdata/specs/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	schema := func(s string) []byte {
		return []byte(head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: " + s + "}}}}\n")
	}
	for _, s := range []string{
		"{oneOf: []}", "{allOf: []}", "{type: []}", "{type: [string, 'null']}", "{enum: []}", "{enum: [null]}", "{enum: [1, a, true]}", "{items: {}}", "true", "null",
		"{type: object, properties: {a: null}}", "{type: array, items: null}", "{oneOf: [null]}", "{allOf: [{}, {}]}", "{type: object, required: [a], additionalProperties: {}}",
		"{discriminator: {propertyName: ''}, oneOf: [{type: object, properties: {a: {}}}, {type: string}]}", "{type: integer, minimum: 1e400}", "{type: string, pattern: '('}",
		"{allOf: [{oneOf: [{type: object, properties: {a: {type: string}}}, {type: string}]}, {type: object, properties: {b: {type: string}}}]}",
	} {
		f.Add(schema(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "spec.yaml")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, _, err := generate(file, "p", client.Extras{})
		if err == nil {
			harmless(t, out)
		}
	})
}
