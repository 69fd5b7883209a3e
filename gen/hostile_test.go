package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
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

// hostile is a document with a hostile text in every place that a text can stand; names is what property and parameter
// names are made of.
func hostile(text, name string) map[string]any {
	type m = map[string]any
	schema := m{
		"type": "object", "description": text, "title": text,
		"properties": m{
			"plain":    m{"type": "string", "description": text, "default": text, "pattern": text, "example": text, "format": text},
			"enum":     m{"type": "string", "description": text, "enum": []any{text, "b", name}},
			"deprived": m{"type": "string", "deprecated": true, "description": text},
			"nested":   m{"type": "object", "title": text, "properties": m{"a": m{"type": "string", "minLength": 2, "description": text}}},
			"union":    m{"oneOf": []any{m{"type": "string"}, m{"type": "object", "title": text, "properties": m{"kind": m{"type": "string"}}}}, "description": text},
		},
	}
	body := m{"required": true, "description": text, "content": m{"application/json": m{"schema": m{"$ref": "#/components/schemas/X"}}}}
	return m{
		"openapi": "3.0.3",
		"info":    m{"title": text, "version": text, "description": text},
		"servers": []any{m{"url": "https://a.test/" + text}},
		"paths": m{
			"/a/" + inPath.Replace(strings.ToValidUTF8(strings.Map(graphic, text), "")): m{
				"post": m{
					"operationId": text, "summary": text, "description": text, "externalDocs": m{"url": text}, "tags": []any{text},
					"x-scopes": []any{text}, "x-token-types": []any{text},
					"parameters": []any{
						m{"name": name, "in": "query", "description": text, "schema": m{"type": "string", "enum": []any{text, "c"}, "default": text}},
						m{"name": "list", "in": "query", "schema": m{"type": "array", "items": m{"type": "string"}}},
						m{"name": "X-" + name, "in": "header", "x-from-client": "always", "schema": m{"type": "string", "enum": []any{text}}},
					},
					"requestBody": body,
					"responses":   m{"200": m{"description": text, "content": m{"application/json": m{"schema": m{"$ref": "#/components/schemas/X"}}}}},
				},
				"put": m{
					"requestBody": m{"required": true, "content": m{"text/" + text: m{"schema": m{"type": "string"}}}},
					"responses":   m{"204": m{"description": text}},
				},
			},
		},
		"components": m{"schemas": m{"X": schema}},
	}
}

var inPath = strings.NewReplacer("{", "", "}", "", "?", "", "#", "")

func graphic(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// hostileClients are made from every document that is not refused.
func hostileClients(t *testing.T) map[string]files {
	t.Helper()
	packages := map[string]files{}
	for i, text := range evil {
		for j, name := range []string{text, "name"} {
			data, err := json.Marshal(hostile(text, name))
			if err != nil {
				t.Fatal(err)
			}
			out, _, err := generate(write(t, "spec.json", string(data)), "p")
			if err != nil {
				if strings.ContainsAny(err.Error(), "\x00\x1b\u202e") {
					t.Errorf("the error for %q writes to the terminal: %q", text, err)
				}
				t.Logf("%q: %v", text, err)
				continue
			}
			packages[fmt.Sprintf("hostile%d_%d", i, j)] = out
		}
	}
	if len(packages) < len(evil) {
		t.Errorf("only %d of %d documents were generated from", len(packages), 2*len(evil))
	}
	return packages
}

func TestHostileTextsStayTexts(t *testing.T) {
	for _, out := range hostileClients(t) {
		harmless(t, out)
	}
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

// structsInStructs is a document in which each struct holds four of the next, forty deep.
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
				out, _, err := generate(write(t, "spec.json", string(data)), "p")
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
