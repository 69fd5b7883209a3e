package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// screen is how many lines a generated function may have.
const screen = 60

func TestGeneratedFunctionsFitAScreen(t *testing.T) {
	documents := officialSample(t)
	for _, name := range specs {
		documents = append(documents, "testdata/specs/"+name+".yaml")
	}
	documents = append(documents, "../spec/snapshots.yaml", write(t, "many.yaml", manyFields()), write(t, "choices.yaml", manyChoices()))
	counted := map[string]bool{}
	for _, document := range documents {
		set := token.NewFileSet()
		for name, data := range made(t, document, "p") {
			file, err := parser.ParseFile(set, name, data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				counted[f.Name.Name] = true
				if lines := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1; lines > screen {
					t.Errorf("%s: %s of %s has %d lines", document, f.Name.Name, name, lines)
				}
			}
		}
	}
	for _, name := range []string{"CreateShareLink", "Validate", "validate2", "check", "check2", "send2", "form2", "hasBody2", "Value", "Operations", "UnmarshalJSON", "MarshalJSON", "ExampleClient_CreateContact"} {
		if !counted[name] && (slices.ContainsFunc(documents, isContacts) || !strings.HasPrefix(name, "Example")) { // that one is of an official document
			t.Errorf("no function %s was counted", name)
		}
	}
}

func isContacts(document string) bool { return filepath.Base(document) == "contacts.json" }

// manyFields returns a document of an operation with many parameters and an optional body of many fields, all of which are checked.
func manyFields() string {
	var parameters, properties strings.Builder
	for i := range 90 {
		fmt.Fprintf(&parameters, "        - {name: p%d, in: query, required: %t, schema: {type: string, maxLength: 9, pattern: ^a}}\n", i, i%2 == 0)
		fmt.Fprintf(&properties, "p%d: {type: string, maxLength: 9}, o%d: {type: object, required: [a], properties: {a: {type: string, maxLength: 3}}}, ", i, i)
	}
	schema := "{type: object, properties: {" + properties.String()
	forms := ""
	for path, media := range map[string]string{"/form": "application/x-www-form-urlencoded", "/parts": "multipart/form-data"} {
		forms += "  " + path + ":\n    post: {requestBody: {required: true, content: {" + media + ": {schema: " + schema + "l: {type: array, items: {type: string}}}}}}}, responses: {'200': {description: ok}}}\n"
	}
	return head + forms + "  /a:\n    post:\n      parameters:\n" + parameters.String() +
		"      requestBody: {content: {application/json: {schema: " + schema + "inside: " + schema + "}}}}}}}\n" + ok
}

// manyChoices returns a document of many operations, of a union of many choices that are all checked, with and without a discriminator, and of
// an enum of many values.
func manyChoices() string {
	var paths, schemas, refs, values, kinds strings.Builder
	for i := range 70 {
		fmt.Fprintf(&paths, "  /p%d: {get: {operationId: op%d, responses: {'204': {description: ok}}}}\n", i, i)
		fmt.Fprintf(&refs, "{$ref: '#/components/schemas/S%d'}, ", i)
		fmt.Fprintf(&schemas, "    S%d: {type: object, required: [a%d], properties: {kind: {type: string}, a%d: {type: string, maxLength: 3}}}\n", i, i, i)
		fmt.Fprintf(&schemas, "    C%d: {allOf: [{$ref: '#/components/schemas/Parent'}, {type: object, properties: {b: {type: string, maxLength: 3}}}]}\n", i)
		fmt.Fprintf(&kinds, "k%d: '#/components/schemas/S%d', ", i, i)
	}
	for i := range 400 {
		fmt.Fprintf(&values, "a long value of an enum %d, ", i)
	}
	schemas.WriteString("    Parent: {type: object, properties: {kind: {type: string}, p: {type: string, maxLength: 3}}, discriminator: {propertyName: kind}}\n")
	return head + paths.String() + "  /a:\n    post:\n      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {parent: {$ref: '#/components/schemas/Parent'}, " +
		"plain: {oneOf: [" + refs.String() + "]}, kinds: {oneOf: [" + refs.String() + "], discriminator: {propertyName: kind, mapping: {" + kinds.String() + "}}}, e: {type: string, enum: [" + values.String() + "]}}}}}}\n" + ok + "components:\n  schemas:\n" + schemas.String()
}

func benchmarkGenerate(b *testing.B, document string) {
	for b.Loop() {
		if _, _, err := generate(document, "p", client.Extras{ImportPath: "generated/p", Reference: "reference.md"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGenerateSnapshots(b *testing.B) { benchmarkGenerate(b, "../spec/snapshots.yaml") }

// BenchmarkGenerateOperations shows the time for each operation of documents of several sizes.
func BenchmarkGenerateOperations(b *testing.B) {
	for _, operations := range []int{100, 1000, 3000} {
		b.Run(strconv.Itoa(operations), func(b *testing.B) {
			data, err := json.Marshal(manyOperations(operations))
			if err != nil {
				b.Fatal(err)
			}
			document := write(b, "spec.json", string(data))
			b.ResetTimer()
			benchmarkGenerate(b, document)
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*operations), "µs/operation")
		})
	}
}

// BenchmarkGenerateLargestOfficial takes the largest of the publisher's documents, one section of the API each.
func BenchmarkGenerateLargestOfficial(b *testing.B) {
	documents := officialDocuments(b)
	if len(documents) == 0 {
		b.Skip("the official documents are not here: set SNAPSHOTS_SHARED to the folder that holds official/apps")
	}
	size := func(file string) int64 {
		info, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		return info.Size()
	}
	benchmarkGenerate(b, slices.MaxFunc(documents, func(a, b string) int { return cmp.Compare(size(a), size(b)) }))
}
