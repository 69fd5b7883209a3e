//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/prove"
)

// What gen may take for a document, whatever it holds.
const (
	maxTime   = 5 * time.Second
	maxMemory = 500 << 20
)

// TestMain lets a test run gen as a process of its own, whose time and memory can be measured.
func TestMain(m *testing.M) {
	if os.Getenv("RUN_GEN") != "" {
		limit()
		code := run(os.Args[1:], io.Discard, os.Stderr)
		status, _ := os.ReadFile("/proc/self/status")
		os.Stdout.Write(peakMemory.Find(status))
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// peakMemory is what the process has used at most. What the kernel reports to its parent includes the parent's as well.
var peakMemory = regexp.MustCompile(`VmHWM:\s*(\d+) kB`)

type object = map[string]any

func schemaRef(name string, i int) object {
	return object{"$ref": fmt.Sprintf("#/components/schemas/%s%d", name, i)}
}

// withSchemas returns a document with an operation that sends and answers with the schema A0.
func withSchemas(schemas object) object {
	media := object{"application/json": object{"schema": schemaRef("A", 0)}}
	return object{
		"openapi": "3.1.0", "info": object{"title": "T", "version": "1"}, "components": object{"schemas": schemas},
		"paths": object{"/a": object{"post": object{"requestBody": object{"content": media}, "responses": object{"200": object{"description": "ok", "content": media}}}}},
	}
}

// row returns a document of n schemas, each made from the number of the next, and one that ends the row.
func row(n int, schema func(next int) object) object {
	schemas := object{fmt.Sprint("A", n): object{"type": "object", "properties": object{"end": object{"type": "string"}}}}
	for i := range n {
		schemas[fmt.Sprint("A", i)] = schema(i + 1)
	}
	return withSchemas(schemas)
}

// lattice returns a document of pairs of schemas, each of which leads to both of the next pair.
func lattice(keyword string, more object) object {
	schemas := object{}
	for i := range 30 {
		for _, side := range []string{"A", "B"} {
			schema := object{keyword: []any{schemaRef("A", i+1), schemaRef("B", i+1), object{"type": "object", "properties": object{"up": schemaRef(side, i)}}}}
			for key, value := range more {
				schema[key] = value
			}
			schemas[fmt.Sprint(side, i)] = schema
		}
	}
	for _, side := range []string{"A", "B"} {
		schemas[fmt.Sprint(side, 30)] = object{"type": "object", "properties": object{side: object{"type": "string"}}}
	}
	return withSchemas(schemas)
}

func manyOperations(n int) object {
	schema := object{"type": "object", "properties": object{"id": object{"type": "string"}, "parts": object{"type": "array", "items": object{"type": "integer"}}}}
	paths := object{}
	for i := range n {
		media := object{"application/json": object{"schema": schema}}
		paths[fmt.Sprintf("/things%d/{id}", i)] = object{"put": object{
			"operationId": fmt.Sprint("putThing", i), "requestBody": object{"content": media},
			"parameters": []any{object{"name": "id", "in": "path", "required": true, "schema": object{"type": "string"}}, object{"name": "kind", "in": "query", "schema": object{"type": "string", "enum": []any{"a", "b"}}}},
			"responses":  object{"200": object{"description": "ok", "content": media}},
		}}
	}
	return object{"openapi": "3.0.3", "info": object{"title": "T", "version": "1"}, "paths": paths}
}

// TestHostileDocumentsAreBounded gives gen, as a process, what could take the machine. It must end with files or an error.
func TestHostileDocumentsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	nested := object{"type": "string"}
	for range 3000 {
		nested = object{"type": "object", "properties": object{"a": nested}}
	}
	long, wide, holders := object{}, object{}, object{}
	schemas := object{}
	for i := range 1000 {
		long[strings.Repeat("-", i)+"a"] = object{"type": "string"}
		wide[fmt.Sprint("p", i)] = object{"type": "string"}
		holders[fmt.Sprint("h", i)] = schemaRef("H", i)
		schemas[fmt.Sprint("H", i)] = object{"allOf": []any{schemaRef("Wide", 0), object{"type": "object", "properties": object{"own": object{"type": "string"}}}}}
	}
	schemas["A0"], schemas["Wide0"] = object{"type": "object", "properties": holders}, object{"type": "object", "properties": wide}
	const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n"
	seconds := []string{"1000 schemas of 1000 fields", "60 MB of JSON values", "objects in a circle", "lists in a row"} // what each takes; they are tried in full
	for name, document := range map[string]any{
		"references in a circle of 3000": row(3000, func(next int) object { return schemaRef("A", next%3000) }),
		"references in a row":            row(3000, func(next int) object { return schemaRef("A", next) }),
		"objects in a circle": row(3000, func(next int) object {
			return object{"type": "object", "properties": object{"a": schemaRef("A", next%3000), "b": schemaRef("A", next*7%3000)}}
		}),
		"objects in a row": row(3000, func(next int) object {
			return object{"type": "object", "properties": object{"a": schemaRef("A", next)}}
		}),
		"lists in a row": row(3000, func(next int) object {
			return object{"type": "object", "properties": object{"a": object{"type": "array", "items": schemaRef("A", next)}}}
		}),
		"allOf in a row": row(1000, func(next int) object {
			return object{"allOf": []any{schemaRef("A", next), object{"required": []any{"end"}}}}
		}),
		"oneOf in a row":                     row(1000, func(next int) object { return object{"oneOf": []any{schemaRef("A", next), object{"type": "string"}}} }),
		"keywords beside the $ref":           row(30, func(next int) object { r := schemaRef("A", next); r["allOf"] = []any{schemaRef("A", next)}; return r }),
		"lattice of allOf":                   lattice("allOf", nil),
		"lattice of oneOf":                   lattice("oneOf", nil),
		"lattice of anyOf beside properties": lattice("anyOf", object{"type": "object", "properties": object{"own": object{"type": "string"}}, "required": []any{"own"}}),
		"objects nested 3000 deep":           withSchemas(object{"A0": nested}),
		"long names":                         withSchemas(object{"A0": object{"type": "object", "properties": long}}),
		"1000 schemas of 1000 fields":        withSchemas(schemas),
		"aliases that multiply": head + "x-a: &a [" + strings.Repeat("x,", 99) + "x]\n" +
			"x-b: &b [" + strings.Repeat("*a,", 99) + "*a]\nx-c: &c [" + strings.Repeat("*b,", 99) + "*b]\nx-d: [" + strings.Repeat("*c,", 99) + "*c]\n",
		"60 MB of JSON values": `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"x-a":[` + strings.Repeat("1,", 30<<20) + `1]}`,
		"60 MB of YAML lines":  head + "x-a:\n" + strings.Repeat("- a\n", 15<<20),
		"200 MB":               strings.Repeat(" ", 200<<20),
	} {
		if slices.Contains(seconds, name) && !prove.InFull() {
			continue
		}
		t.Run(name, func(t *testing.T) {
			data, isText := document.(string)
			if !isText {
				encoded, err := json.Marshal(document)
				if err != nil {
					t.Fatal(err)
				}
				data = string(encoded)
			}
			bounded(t, write(t, "spec.yaml", data))
		})
	}
}

// TestTimeIsLinearInOperations compares a document of 1500 operations with one of a tenth of them.
func TestTimeIsLinearInOperations(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	of := func(operations int) time.Duration {
		data, err := json.Marshal(manyOperations(operations))
		if err != nil {
			t.Fatal(err)
		}
		_, took := process(t, write(t, "spec.json", string(data)))
		return took
	}
	few, many := of(150), of(1500)
	t.Logf("150 operations: %v; 1500: %v", few, many)
	if many > 20*few {
		t.Errorf("1500 operations took %v, and 150 took %v", many, few)
	}
}

// TestSpecialFilesAreRefusedInTime gives gen files without an end or without a beginning, as the document and as what it refers to.
func TestSpecialFilesAreRefusedInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	dir := t.TempDir()
	name := func(base string) string { return filepath.Join(dir, base+".yaml") }
	if err := syscall.Mkfifo(name("silent"), 0o600); err != nil {
		t.Skip("no pipes with names here")
	}
	open, err := os.OpenFile(name("silent"), os.O_RDWR, 0) // a writer that never writes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = open.Close() })
	for _, err := range []error{
		syscall.Mkfifo(name("pipe"), 0o600), os.Symlink("/dev/zero", name("endless")), os.Mkdir(name("directory"), 0o700), os.Symlink(name("itself"), name("itself")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"silent", "pipe", "endless", "directory", "itself", "missing"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel() // some wait
			if code := bounded(t, name(file)); code != exitSpec {
				t.Errorf("exit code %d", code)
			}
			refers := filepath.Join(dir, "refers-"+file+".yaml")
			spec := head + op + "      parameters: [{$ref: '" + file + ".yaml#/a'}]\n" + ok
			if err := os.WriteFile(refers, []byte(spec), 0o600); err != nil {
				t.Fatal(err)
			}
			if code := bounded(t, refers); code != exitSpec {
				t.Errorf("as a reference: exit code %d", code)
			}
		})
	}
}

// bounded runs gen on a document within the limits and returns its exit code.
func bounded(t *testing.T, spec string) int {
	t.Helper()
	code, took := process(t, spec)
	if took > maxTime {
		t.Errorf("took %v", took)
	}
	return code
}

// process runs gen on a document and returns its exit code, 0 or 2, and its time: that of the processor, where other processes
// count little.
func process(t *testing.T, spec string) (code int, took time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-spec", spec, "-out", filepath.Join(t.TempDir(), "p"), "-package", "p")
	cmd.Env = append(os.Environ(), "RUN_GEN=1", "GOMAXPROCS=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the exit code says the same
	code = cmd.ProcessState.ExitCode()
	if code != exitOK && code != exitSpec || code == exitSpec && stderr.Len() == 0 {
		t.Fatalf("exit code %d: %.2000s", code, &stderr)
	}
	peak := peakMemory.FindSubmatch(stdout.Bytes())
	if peak == nil {
		t.Fatal("the process reports no memory")
	}
	if kB, err := strconv.Atoi(string(peak[1])); err != nil || kB > maxMemory>>10 {
		t.Errorf("took %d kB, %v", kB, err)
	}
	return code, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}
