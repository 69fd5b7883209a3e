package sectioninit

import (
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/internal/oas"
)

func TestAnOperationThatNeedsTwoAuthorizationsIsNotTested(t *testing.T) {
	document, err := oas.Parse("doc.yaml", []byte(`
security: [ { basic: [], bearer: [] } ]
paths:
  /x:
    get: { operationId: both, responses: { "204": {} } }
    put: { operationId: either, security: [ { basic: [], bearer: [] }, { bearer: [], key: [] } ], responses: { "204": {} } }
    post: { operationId: none, security: [], responses: { "204": {} } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, in: query, name: key }
`))
	if err != nil {
		t.Fatal(err)
	}
	d := &draft{document: document, section: &Section{}}
	for method, node := range oas.Pairs(oas.Child(oas.Child(document, "paths"), "/x")) {
		d.operations = append(d.operations, operation{node: node, method: method.Value, path: "/x"})
	}
	if got := d.untested(); !slices.Equal(got, []string{"both"}) {
		t.Errorf("not tested are %q, want the operation both alone", got)
	}
}
