package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/gen/client"
)

// exampleOf returns the examples and the reference of a client with one operation, whose body and answer have a schema and an example.
func exampleOf(t *testing.T, schema, example string) (examples, reference string) {
	t.Helper()
	media := "{application/json: {schema: " + schema + ", example: " + example + "}}"
	spec := write(t, "spec.yaml", "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: 'https://a.test'}]\npaths:\n"+
		"  /a: {post: {operationId: call, requestBody: {required: true, content: "+media+"}, responses: {'200': {description: ok, content: "+media+"}}}}\n")
	out, _, err := generate(spec, "p", client.Extras{ImportPath: "generated/p", Reference: "reference.md"})
	if err != nil {
		t.Fatal(err)
	}
	return string(out[client.ExamplesFile]), string(out["reference.md"])
}

func TestSecretsOfADocumentAreInNoExample(t *testing.T) {
	for _, c := range [][3]string{
		{"code", "{type: string, format: password}", "hunter2x"},
		{"tokens", "{type: array, items: {type: string}}", "[hunter2x]"},
		{"userPasswords", "{type: array, items: {type: string}}", "[hunter2x]"},
		{"accessKey", "{type: string}", "hunter2x"},
		{"url", "{type: string}", "'https://ada:hunter2x@a.test/b'"},
		{"url", "{type: string}", "'https://a.test/b?a=1&access_token=hunter2x'"},
		{"a", "{type: string}", "github_pat_hunter2x"},
		{"a", "{type: string}", "SG.abcdefghijklmnop.hunter2x"},
		{"a", "{type: string}", "xoxr-hunter2x"},
	} {
		name, schema, value := c[0], c[1], c[2]
		examples, reference := exampleOf(t, "{type: object, properties: {id: {type: string}, "+name+": "+schema+"}}", "{id: b, "+name+": "+value+"}")
		if !strings.Contains(examples, "func ExampleClient_Call()") {
			t.Errorf("%s: %s: there is no example", name, value)
		}
		if strings.Contains(examples+reference, "hunter2x") {
			t.Errorf("%s: %s is in an example:\n%s", name, value, examples)
		}
	}
}

func TestAnExampleHasAsManyPropertiesAsDemanded(t *testing.T) {
	const inner = "properties: {a: {type: string}, b: {type: string}, m: {type: object, %additionalProperties: {type: string}}, o: {type: object, %properties: {c: {type: string}}}}"
	const text = "{a: x, m: {k: v}, o: {c: y}}"
	plain := "{type: object, " + strings.ReplaceAll(inner, "%", "") + "}"
	if examples, _ := exampleOf(t, plain, text); !strings.Contains(examples, `"k": "v"`) || !strings.Contains(examples, `C: "y"`) {
		t.Fatalf("the example lacks a property:\n%s", examples)
	}
	small := "{type: object, " + strings.ReplaceAll(inner, "%", "minProperties: 2, ") + "}"
	if examples, _ := exampleOf(t, small, text); !strings.Contains(examples, `A: "x"`) || strings.Contains(examples, `"k": "v"},`) || strings.Contains(examples, `C: "y"`) {
		t.Errorf("an object in the request is too small:\n%s", examples)
	}
	for _, demand := range []string{"minProperties: 4", "maxProperties: 2"} {
		if examples, _ := exampleOf(t, "{type: object, "+demand+", "+strings.ReplaceAll(inner, "%", "")+"}", text); examples != "" {
			t.Errorf("with %s there is an example:\n%s", demand, examples)
		}
	}
}

func TestNumbersThatJSONMayRoundAreInNoRequest(t *testing.T) {
	schema := "{type: object, properties: {id: {type: string}, n: {type: integer, format: int64}}}"
	if examples, _ := exampleOf(t, schema, "{id: b, n: 9007199254740991}"); !strings.Contains(examples, "int64(9007199254740991)") {
		t.Errorf("the number is left out:\n%s", examples)
	}
	if examples, _ := exampleOf(t, schema, "{id: b, n: 9007199254740993}"); !strings.Contains(examples, "func ExampleClient_Call") || strings.Contains(examples, "int64(") {
		t.Errorf("another number is sent:\n%s", examples)
	}
}

func TestAnExampleIsShort(t *testing.T) {
	schema := "{type: object, properties: {a: {type: string}, b: {type: string}}}"
	examples, _ := exampleOf(t, schema, "{a: short, b: "+strings.Repeat("long", 1000)+"}")
	request, answer, _ := strings.Cut(examples, "// Output: short")
	if !strings.Contains(request, `A: "short"`) || strings.Contains(request, "longlong") || !strings.Contains(answer, "longlong") {
		t.Errorf("the long text is in the request, or not in the answer:\n%.2000s", examples)
	}
}

// TestExamplesDeclareNothingThatTestsByHandDeclare has such tests for each name that a file of examples may declare.
func TestExamplesDeclareNothingThatTestsByHandDeclare(t *testing.T) {
	dir := t.TempDir()
	byHand := "package examples_test\n\nfunc exampleClient() {}\n\nfunc answeringClient() {}\n\nconst answerOfLoan = 1\n\nfunc ExampleClient_Lend() {}\n"
	for name, text := range map[string]string{"go.mod": "module examples\n", "hand_test.go": byHand} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, stderr := gen("-spec", "testdata/specs/examples.yaml", "-out", dir, "-package", "examples"); code != exitOK {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(filepath.Join(dir, client.ExamplesFile))
	if err != nil || !strings.Contains(string(data), "func ExampleClient_GiveBack()") {
		t.Fatalf("%v\n%s", err, data)
	}
	for _, declaration := range []string{"func exampleClient(", "func answeringClient(", "const answerOfLoan ", "func ExampleClient_Lend("} {
		if strings.Contains(string(data), declaration) {
			t.Errorf("%s is declared twice", declaration)
		}
	}
}

func TestAPackageThatTheGoCommandPassesOverIsRefused(t *testing.T) {
	if code, _, stderr := gen("-spec", "testdata/specs/examples.yaml", "-out", t.TempDir(), "-package", "documentation"); code != exitUsage || !strings.Contains(stderr, `"documentation" cannot be`) {
		t.Errorf("exit %d with %q", code, stderr)
	}
}

func TestADirectoryOfAnotherPackageIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int // of the fault; 0 for none
	}{
		{"main.go", "package main\n", 1},
		{"main.go", "// Command main is built.\npackage main\n", 2},
		{"tool.go", "//go:build ignore\n\npackage main\n", 0},
		{"doc.go", "package documentation\n", 0},
		{"hand.go", "package p\n", 0},
		{"hand.go", "package p_test\n", 1},
		{"hand_test.go", "package p\n", 0},
		{"hand_test.go", "package p_test\n", 0},
		{"hand_test.go", "package q_test\n", 1},
		{"_hand.go", "package q\n", 0},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, c.name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := gen("-spec", "testdata/specs/examples.yaml", "-out", dir, "-package", "p")
		_, err := os.Stat(filepath.Join(dir, "models.gen.go"))
		switch want := fmt.Sprintf("%s:%d: package ", file, c.line); {
		case c.line == 0 && (code != exitOK || err != nil):
			t.Errorf("%s with %q: exit %d with %q", c.name, c.text, code, stderr)
		case c.line > 0 && (code != exitSpec || err == nil || !strings.Contains(stderr, want)):
			t.Errorf("%s with %q: exit %d with %q, want %q", c.name, c.text, code, stderr, want)
		}
	}
}
