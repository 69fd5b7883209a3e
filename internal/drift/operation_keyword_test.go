package drift

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const authorized = `openapi: 3.0.3
info: { title: t, version: "1" }
servers: [{ url: "https://api.example.com" }]
security: [{ o: [r] }]
components: { securitySchemes: { o: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://t", scopes: { r: "", w: "" } } } } } }
paths:
  /a:
    post:
      operationId: a
      callbacks:
        done: { "{$request.query.aVeryLongNameOfAParameter}": { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { x: { type: string } } } } } }, responses: { "200": { description: ok } } } } }
      responses: { "200": { description: ok } }
`

// What a document says of an operation beside its schemas: one change is one finding, whose words fit.
func TestAChangeOfTheKeysOfAnOperationIsOneFindingThatSaysWhatDiffers(t *testing.T) {
	for _, c := range []struct{ was, is, message, wire string }{
		{"[{ o: [r] }]", "[{ o: [r, w] }]", `["r","w"]`, "refused with 401"},
		{"x: { type: string }", "x: { type: integer }", `"string"`, "none for the call itself"},
		{`servers: [{ url: "https://api.example.com" }]`, `servers: [{ url: "https://api.example.com" }, { url: "https://eu.example.com" }]`, "eu.example", "further ones"},
		{`servers: [{ url: "https://api.example.com" }]`, `servers: [{ url: "https://api.example.com/v2" }]`, "/v2", "another address"},
	} {
		changed := strings.Replace(authorized, c.was, c.is, 1)
		docs := document(t, "docs.yaml", authorized)
		docs.Operations[0].FromDocument = true
		r := Check(Input{Docs: []*facts.Document{docs}, Spec: document(t, "spec.yaml", authorized), Pages: pagesOf(document(t, "page.yaml", changed))})
		if len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Message, c.message) || !strings.Contains(r.Findings[0].Wire, c.wire) {
			t.Errorf("%s to %s: %v", c.was, c.is, ids(r))
			for _, f := range r.Findings {
				t.Log(f.Message, "|", f.Wire)
			}
		}
	}
}
