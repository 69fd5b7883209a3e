package drift

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/facts"
)

const union = `openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                oneOf:
                  - { type: object, title: A, properties: { a: { type: string } } }
                  - { type: object, title: B, properties: { b: { type: string, maxLength: 3 } } }
                  - { type: string }
`

func TestTheOrderOfAUnionIsNoDifference(t *testing.T) {
	lines := strings.SplitAfter(union, "\n")
	n := len(lines) - 4
	other := strings.Join(lines[:n], "") + lines[n+2] + lines[n] + lines[n+1]
	r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", union)}, Spec: document(t, "spec.yaml", other), Pages: pagesOf(document(t, "page.yaml", other))})
	if len(r.Findings) > 0 {
		t.Errorf("findings %v", ids(r))
	}
	for was, is := range map[string]string{"type: string, maxLength: 3": "type: integer", "  - { type: string }\n": "  - { type: boolean }\n"} {
		changed := strings.Replace(other, was, is, 1)
		if r := Check(Input{Docs: []*facts.Document{document(t, "docs.yaml", union)}, Spec: document(t, "spec.yaml", changed)}); len(r.Findings) == 0 {
			t.Errorf("%q in place of %q is no finding", is, was)
		}
	}
}
