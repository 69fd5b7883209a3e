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
		"a merge":                     {strings.Replace(small, "SCHEMA", "{ <<: { type: integer }, example: 1 }", 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Standalone("a.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if _, err = d.Validate(); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
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
