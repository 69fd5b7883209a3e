package oas

import (
	"path/filepath"
	"strings"
	"testing"
)

const small = `
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: SCHEMA
`

func TestADocumentIsValidOrAnError(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"valid":                       {strings.Replace(small, "SCHEMA", "{ type: integer, example: 1 }", 1), ""},
		"an example of another type":  {strings.Replace(small, "SCHEMA", "{ type: integer, example: many }", 1), "a.yaml: "},
		"a percent-encoded reference": {strings.Replace(small, "SCHEMA", `{ $ref: "#/x-of~1%7Bid%7D" }`, 1) + "x-of/{id}: { type: string }", ""},
		"a reference to nothing":      {strings.Replace(small, "SCHEMA", `{ $ref: "#/components/schemas/A" }`, 1) + "components:\n  schemas:\n    A:\n", "a.yaml: "},
		"references in a circle":      {strings.Replace(small, "SCHEMA", `{ $ref: "#/components/schemas/A" }`, 1) + "components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }", "a.yaml: "},
		"a reference to the net":      {strings.Replace(small, "SCHEMA", `{ $ref: "https://a.example/b.yaml" }`, 1), "only local files are read"},
		"a pattern that looks ahead":  {strings.Replace(small, "SCHEMA", `{ type: string, pattern: "^(?=.*[0-9]).+$", example: a1 }`, 1), ""},
		"an example of no pattern":    {strings.Replace(small, "SCHEMA", `{ type: string, pattern: "^(?=.*[0-9]).+$", example: a }`, 1), "a.yaml: "},
		"a pattern that is not one":   {strings.Replace(small, "SCHEMA", `{ type: string, pattern: "(" }`, 1), "a.yaml: "},
		"a file that is no document":  {strings.Replace(small, "SCHEMA", `{ $ref: "../../../../../../etc/passwd" }`, 1), "only relative paths to .json"},
		"a name in the path alone":    {strings.NewReplacer("/a:", "/a/{id}:", "SCHEMA", "{}").Replace(small), ""},
		"a parameter of no path":      {strings.Replace(small, "get:", "parameters:\n      - { name: id, in: path, required: true, schema: { type: string } }\n    get:", 1), "a.yaml:7: the parameter id is in the path, but /a does not name {id}"},
		"null in OpenAPI 3.0":         {strings.Replace(small, "SCHEMA", `{ type: object, properties: { a: { type: "null" }, b: { type: [string, "null"] } }, example: { a: null, b: null } }`, 1), ""},
		"null is nothing else":        {strings.Replace(small, "SCHEMA", `{ type: "null", example: 1 }`, 1), "a.yaml: "},
		"two types in OpenAPI 3.0":    {strings.Replace(small, "SCHEMA", `{ type: [string, integer, "null"] }`, 1), "a.yaml: "},
		"a list of anything":          {strings.Replace(small, "SCHEMA", "{ type: array, example: [1, a] }", 1), ""},
		"in beside an http scheme":    {strings.Replace(small, "SCHEMA", "{}", 1) + "components: { securitySchemes: { A: { type: http, scheme: bearer, in: header, name: x } } }", ""},
		"paths of one shape":          {strings.NewReplacer("  /a:", "  /a/{b}: { get: { responses: { default: { description: ok } } } }\n  /a/{id}:", "SCHEMA", "{}").Replace(small), ""},
		"a merge":                     {strings.Replace(small, "SCHEMA", "{ <<: { type: integer }, example: 1 }", 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Standalone("a.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if _, err = d.ValidateExamples(); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// Published documents have examples and defaults that contradict their schemas.
func TestExamplesAreCheckedWhereThatIsAskedFor(t *testing.T) {
	for _, schema := range []string{"{ type: integer, example: many }", "{ type: integer, default: many }"} {
		d, err := Standalone("a.yaml", []byte(strings.Replace(small, "SCHEMA", schema, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Validate(); err != nil {
			t.Errorf("%s: %v", schema, err)
		}
		if _, err := d.ValidateExamples(); err == nil {
			t.Errorf("%s was accepted with its examples", schema)
		}
	}
}

func TestAModelReadsTheFilesBeside(t *testing.T) {
	dir := write(t, map[string]string{
		"apps/a.yaml": strings.Replace(small, "SCHEMA", `{ $ref: "../b.json#/components/schemas/B" }`, 1),
		"b.json":      `{"components": {"schemas": {"B": {"type": "string", "title": "\ud83d\ude00"}}}}`,
	})
	d, err := Open(filepath.Join(dir, "apps", "a.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	model, err := d.Validate()
	if err != nil {
		t.Fatal(err)
	}
	schema := model.Paths.Value("/a").Get.Responses.Value("200").Value.Content.Get("application/json").Schema.Value
	if schema.Title != "😀" {
		t.Errorf("the title is %q", schema.Title)
	}
}

func TestAVersionThatIsNotOneIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"openapi: 3.0.3": "", "openapi: \"3.1.0\"": "", "\nopenapi: 3.0.3x": "a.yaml:2: openapi:", "openapi: 3": "not a version", "openapi: 2.0.0": "not a version",
		"openapi: {}": "not a version", "swagger: '2.0'": "this is Swagger 2.0", "a: 1": "it has no openapi version", "- a": "the top is not a mapping",
	} {
		d, err := Standalone("a.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.CheckVersion(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

func TestAModelOfADocumentWithAnchorsCanBeReadTwice(t *testing.T) {
	docs, err := Standalone("a.yaml", []byte(`openapi: 3.1.0
info: { title: A, version: "1" }
paths: {}
components:
  schemas:
    A: { $anchor: a, type: string }
    B: { $ref: "#a" }
`))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		model, err := docs.Model()
		if err != nil {
			t.Fatal(err)
		}
		if b := model.Components.Schemas["B"]; b.Value == nil || !b.Value.Type.Is("string") {
			t.Errorf("B is %+v", b)
		}
	}
}
