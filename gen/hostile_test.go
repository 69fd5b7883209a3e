package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/gen/client"
)

// evil are texts that try to leave the place they are put into.
var evil = []string{
	"*/ func init() { panic(1) } /*",
	"x\nfunc init() { panic(1) }\n//",
	"x\r\nfunc init() {}\r",
	"`+func(){panic(1)}()+`",
	`"; func init() { panic(1) }; var _ = "`,
	"\\\"); os.Exit(1); (\"",
	"//go:linkname a b",
	"\n//go:embed /etc/passwd\n",
	"\u202eevil\u2066\u2028func init() {}\u2029",
	"{{.}} {{template \"x\"}} %s %d %!",
	"\x00\x07\x1b[31m\ufeff",
	"Deprecated: no",
	"C",
	"import \"C\"",
}

// hostileClients returns those of the document of positions, with each of these texts around every word that it can stand at, and of
// documents whose names mean something in Go.
func hostileClients(t *testing.T) map[string]files {
	t.Helper()
	tree, words := positionTree(t)
	packages := map[string]files{"reserved": made(t, write(t, "spec.json", reservedNames(t)), "p")}
	for i, text := range evil {
		packages[fmt.Sprintf("hostile%d", i)] = surrounded(t, tree, words, text)
	}
	return packages
}

// reservedNames returns a document in which everything has names that Go, the standard library or the templates use.
func reservedNames(t *testing.T) string {
	t.Helper()
	type m = map[string]any
	names := strings.Fields(`break case chan const continue default defer else fallthrough for func go goto if import interface map package range return
		select struct switch type var any bool byte error false int iota len nil string true init main _ String Error Client New Operations File Operation
		OperationFile FileRequest DefaultBaseURL Validate check MarshalJSON UnmarshalJSON AdditionalProperties Body Form Fields Files Raw IsZero Value
		Discriminator Known rest json time slices ctx req opts r c p v u form raw item page engine defaults field in name restClient isZero styled pattern1`)
	schemas, paths := m{}, m{}
	for i, name := range names {
		some := slices.Concat(names[i:], names[:i])[:10] // each name meets its neighbours, as a property and as a parameter
		if i < 3 {
			some = names // and once in each kind of type all others
		}
		properties, parameters := m{}, []any{}
		for _, other := range some {
			properties[other] = m{"type": "string", "maxLength": 3}
			parameters = append(parameters, m{"name": other, "in": "query", "schema": m{"type": "array", "items": m{"type": "string"}}})
		}
		switch i % 3 {
		case 0:
			schemas[name] = m{"type": "object", "properties": properties, "required": some}
		case 1:
			schemas[name] = m{"type": "string", "enum": some}
		case 2:
			schemas[name] = m{"oneOf": []any{m{"type": "object", "properties": properties}, m{"type": "string"}}, "discriminator": m{"propertyName": name}}
		}
		media := m{"application/json": m{"schema": m{"$ref": "#/components/schemas/" + name}}}
		paths[fmt.Sprintf("/%03d/%s", i, name)] = m{"post": m{"operationId": name, "parameters": parameters, "requestBody": m{"content": media}, "responses": m{"200": m{"description": "ok", "content": media}}}}
	}
	data, err := json.Marshal(m{"openapi": "3.0.3", "info": m{"title": "T", "version": "1"}, "paths": paths, "components": m{"schemas": schemas}})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestSpecFileNameStaysInTheHeader(t *testing.T) {
	data, err := os.ReadFile("testdata/specs/curated.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a\nfunc init() {}\n.yaml")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Skip("no such file names here")
	}
	out := made(t, file, "p")
	harmless(t, out)
	for name, data := range out {
		if line, _, _ := strings.Cut(string(data), "\n"); !strings.HasSuffix(line, "DO NOT EDIT.") {
			t.Errorf("%s begins with %q", name, line)
		}
	}
}

// structsInStructs returns a document in which each struct holds four of the next, forty deep.
func structsInStructs() string {
	var b strings.Builder
	b.WriteString(head + op + "      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}\ncomponents:\n  schemas:\n")
	for i := range 40 {
		fmt.Fprintf(&b, "    S%d: {type: object, properties: {", i)
		for _, name := range []string{"a", "b", "c", "d"} {
			fmt.Fprintf(&b, "%s: {$ref: '#/components/schemas/S%d'}, ", name, i+1)
		}
		b.WriteString("}}\n")
	}
	b.WriteString("    S40: {type: object, properties: {a: {type: string}}}\n")
	return b.String()
}

// TestHostileDocumentsEndSoon gives documents whose schemas double with each step. What they make does not matter.
func TestHostileDocumentsEndSoon(t *testing.T) {
	if testing.Short() {
		t.Skip("reads large documents: left out with -short")
	}
	type m = map[string]any
	ref := func(i int) m { return m{"$ref": fmt.Sprintf("#/components/schemas/L%d", i)} }
	bases := map[string]m{
		"object": {"type": "object", "properties": m{"v": m{"type": "string"}}}, "text": {"type": "string", "maxLength": 3},
		"enum": {"type": "string", "enum": []any{"a"}}, "list": {"type": "array", "items": m{"type": "string"}},
	}
	steps := map[string]func(i int) m{
		"allOf": func(i int) m { return m{"allOf": []any{ref(i), ref(i)}} },
		"oneOf": func(i int) m { return m{"oneOf": []any{ref(i), ref(i), m{"type": "integer"}}} },
		"anyOf": func(i int) m { return m{"anyOf": []any{ref(i), ref(i)}} },
		"properties": func(i int) m {
			return m{"type": "object", "properties": m{"a": ref(i), "b": ref(i), "c": m{"allOf": []any{ref(i)}}}}
		},
		"mixed": func(i int) m { return m{"allOf": []any{ref(i), m{"oneOf": []any{ref(i), m{"anyOf": []any{ref(i)}}}}}} },
		"circle": func(i int) m {
			return m{"anyOf": []any{ref(i), ref(39), m{"type": "array", "items": ref((i * 7) % 40)}}}
		},
	}
	for baseName, base := range bases {
		for stepName, step := range steps {
			t.Run(stepName+" of "+baseName, func(t *testing.T) {
				schemas := m{"L0": base}
				for i := range 39 {
					schemas[fmt.Sprintf("L%d", i+1)] = step(i)
				}
				media := m{"content": m{"application/json": m{"schema": ref(39)}}}
				data, err := json.Marshal(m{
					"openapi": "3.1.0", "info": m{"title": "T", "version": "1"}, "components": m{"schemas": schemas},
					"paths": m{"/a": m{"post": m{"requestBody": media, "responses": m{"200": m{"description": "ok", "content": media["content"]}}}}},
				})
				if err != nil {
					t.Fatal(err)
				}
				begin := time.Now()
				out, _, err := generate(write(t, "spec.json", string(data)), "p", client.Extras{})
				if took := time.Since(begin); took > 5*time.Second {
					t.Errorf("took %v", took)
				}
				if err == nil {
					harmless(t, out)
				}
			})
		}
	}
}
