package facts

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

const everything = `
openapi: 3.0.3
info: { title: t, version: "1" }
servers: [{ url: "https://a.example/" }]
security: [{ token: [] }]
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: page, in: query, schema: { type: integer } }
    put:
      operationId: put-a
      deprecated: true
      summary: Put it
      description: Puts it.
      x-scopes: [a.write]
      parameters:
        - { name: page, in: query, description: Which., example: 3, schema: { type: string, example: ignored } }
        - { name: Authorization, in: header, schema: { type: string } }
      requestBody:
        content:
          text/csv: { schema: { type: string } }
          application/json:
            schema:
              allOf:
                - $ref: "#/components/schemas/Base"
                - type: object
                  required: [tags]
                  properties:
                    tags: { type: array, minItems: 1, items: { type: string, enum: [a, b] } }
                    meta: { type: object, additionalProperties: { type: number } }
                    owner: { oneOf: [{ type: string, title: Name }, { $ref: "#/components/schemas/Base" }] }
                    secret: { type: string, readOnly: true }
      responses:
        "200":
          description: ok
          headers:
            X-Total: { schema: { type: integer } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Base" }
              example: { id: x }
components:
  securitySchemes:
    token: { type: http, scheme: bearer, bearerFormat: JWT }
  schemas:
    Base:
      type: object
      required: [id]
      properties:
        id: { type: string, nullable: true, format: uuid, default: d, x-deviation: why }
        parent: { $ref: "#/components/schemas/Base" }
`

func TestEveryAspectOfAnOpenAPIDocumentIsAFact(t *testing.T) {
	document, err := Read("a.yaml", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	op := document.Operation("put-a")
	for _, want := range []string{
		"operation method = PUT", "operation path = /a/{id}", "operation server = https://a.example", "operation deprecated = true",
		"auth scheme = http bearer JWT", `auth scopes = ["a.write"]`,
		"path.id required = true", "query.page type = string", "query.page example = 3",
		"body mediaType = application/json", `body@"text/csv" mediaType = text/csv`, `body@"text/csv" type = string`,
		"body.id required = true", "body.id nullable = true", "body.id format = uuid", "body.id default = d",
		"body.tags type = array", "body.tags minItems = 1", "body.tags[] type = string", `body.tags[] enum = ["a","b"]`, "body.tags required = true",
		"body.meta{} type = number", "body.owner union = oneOf", "body.owner|0 type = string", "body.owner|0 title = Name", "body.owner|1.id type = string",
		"body.parent type = object",
		"response.200#X-Total type = integer", `response.200 sample = {"id":"x"}`, "response.200.id type = string",
	} {
		found := false
		for _, f := range op.Facts {
			if fmt.Sprintf("%s %s = %s", f.Place, f.Aspect, f.Value) == want {
				found = true
				if f.Pos.Line == 0 || f.Pos.File != "a.yaml" {
					t.Errorf("%s has no position", want)
				}
			}
		}
		if !found {
			t.Errorf("there is no fact %s", want)
		}
	}
	for _, f := range op.Facts {
		switch {
		case f.Place.Under("body.secret"):
			t.Errorf("what is read only stands in a request: %s", f)
		case f.Place.Under("header.Authorization"):
			t.Errorf("OpenAPI ignores this header: %s", f)
		case f.Place == "query.page" && f.Aspect == Type && f.Value == "integer":
			t.Errorf("the operation's parameter does not override the path's: %s", f)
		}
	}
	if len(op.Deviations) == 0 || op.Deviations[0].ID != "why" {
		t.Errorf("deviations %v", op.Deviations)
	}
}

func TestFactsSurviveBeingWrittenAndReadAgain(t *testing.T) {
	document, err := Read("a.yaml", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	node, err := Write(document.Operations, WriteOptions{Title: "t", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	for name, encode := range map[string]func() ([]byte, error){
		"x.yaml": func() ([]byte, error) { return EncodeYAML(node) },
		"x.json": func() ([]byte, error) { return EncodeJSON(node) },
	} {
		data, err := encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(name, data)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		was, is := map[string]string{}, map[string]string{}
		for _, f := range document.Operations[0].Facts {
			if k := string(f.Place) + " " + string(f.Aspect); was[k] == "" {
				was[k] = f.Value
			}
		}
		for _, f := range again.Operations[0].Facts {
			if k := string(f.Place) + " " + string(f.Aspect); is[k] == "" {
				is[k] = f.Value
			}
		}
		for k, v := range was {
			if is[k] != v {
				t.Errorf("%s: %s was %q, is %q", name, k, v, is[k])
			}
		}
		for k, v := range is {
			if _, ok := was[k]; !ok {
				t.Errorf("%s: %s = %q came from nowhere", name, k, v)
			}
		}
	}
}

func TestABrokenDocumentIsOneErrorWithFileAndLine(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"no YAML":             {"a.yaml", "openapi: 3.0.3\npaths:\n\tx: 1\n", "a.yaml:3:"},
		"no JSON":             {"a.json", "{\n\"openapi\": \"3.0.3\",\n}", "a.json:3:"},
		"empty":               {"a.yaml", "  \n", "a.yaml:"},
		"something else":      {"a.yaml", "title: no spec\n", "a.yaml:1:"},
		"a reference astray":  {"a.yaml", "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        \"200\": { $ref: \"#/nowhere\" }\n", "a.yaml:6:"},
		"an operation twice":  {"a.yaml", "openapi: 3.0.3\npaths:\n  /a: { get: { operationId: x, responses: {} } }\n  /b: { get: { operationId: x, responses: {} } }\n", "a.yaml:4:"},
		"references in rings": {"a.yaml", "openapi: 3.0.3\npaths:\n  /a: { get: { responses: { \"200\": { $ref: \"#/x\" } } } }\nx: { $ref: \"#/x\" }\n", "a.yaml:4:"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(test.file, []byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one at %s", err, test.want)
			}
		})
	}
}

// Aliases can make a small file stand for more than any memory holds. It must be read or refused, and stay small.
func TestAnAliasBombStaysSmall(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("openapi: 3.0.3\nx0: &x0 { type: object, properties: { a: { type: string } } }\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&bomb, "x%d: &x%d { type: object, properties: { a: *x%d, b: *x%d, c: *x%d } }\n", i, i, i-1, i-1, i-1)
	}
	bomb.WriteString("paths:\n  /a:\n    get:\n      responses:\n        \"200\":\n          content:\n            application/json: { schema: *x39, example: *x39 }\n")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read("bomb.yaml", []byte(bomb.String()))
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("the bomb was read to its end")
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<30 {
		t.Errorf("it took %d MB", grown>>20)
	}
}

const mistakes = `openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                required: [id, gone]
                properties:
                  id: { type: string }
                  list: { items: { type: string } }
`

func TestACuratedDocumentSaysNoMoreThanItWrites(t *testing.T) {
	document, err := Read("a.yaml", []byte(mistakes))
	if err != nil {
		t.Fatal(err)
	}
	op := document.Operations[0]
	for _, place := range []Place{"response.200", "response.200.list"} {
		if kind := op.Value(place, Type); kind != "" {
			t.Errorf("%s: the type %s is not in the document", place, kind)
		}
	}
	if f, ok := op.Get("response.200.gone", Required); !ok || f.Pos.Line != 12 {
		t.Errorf("a required name without a property went unread: %v", f)
	}
}

func TestAReferenceToNothingIsRefusedWithItsLine(t *testing.T) {
	const text = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          $ref: '#/components/responses/A'\ncomponents:\n  responses:\n    A:\n"
	if _, err := Read("a.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), "a.yaml:7") {
		t.Errorf("error %v, want one at a.yaml:7", err)
	}
}
