package drift

import (
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const two = `
openapi: 3.0.3
info: { title: t, version: "1" }
servers: [{ url: "https://a.example" }]
paths:
  /a:
    get:
      operationId: get-a
      externalDocs: { url: "https://docs.example/x/get-a" }
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
        - { name: q, in: query, schema: { type: string }, example: e }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string, description: which one }
                  size: { type: number }
        "400":
          description: no
          content:
            application/json:
              schema: { type: object, properties: { message: { type: string } } }
  /b:
    post:
      operationId: make-b
      externalDocs: { url: "https://docs.example/x/make-b" }
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { name: { type: string } } }
      responses:
        "201": { description: ok }
`

const shared = `
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: get-a
      responses:
        "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/One" } } } }
        "400": { description: no, content: { application/json: { schema: { $ref: "#/components/schemas/Other" } } } }
components:
  schemas:
    One:
      type: object
      properties:
        code: { type: number }
    Other:
      type: object
      properties:
        code: { type: number }
`

func document(t *testing.T, file, text string) *facts.Document {
	t.Helper()
	d, err := facts.Read(file, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pagesOf(d *facts.Document) []Page {
	var out []Page
	for _, op := range d.Operations {
		out = append(out, Page{Operation: op, File: d.File})
	}
	return out
}

func ids(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.ID)
	}
	return out
}
