package sectioninit

import (
	"slices"
	"testing"

	"github.com/highlevel-go/snapshots/internal/oas"
	"go.yaml.in/yaml/v3"
)

func TestTheClientFillsInTheIdsOfTheAccount(t *testing.T) {
	node, err := oas.Parse("operation.yaml", []byte(`
parameters:
  - { name: Version, in: header, schema: { type: string, enum: [v3] } }
  - { name: companyId, in: query, schema: { type: string } }
  - { name: locationId, in: query, schema: { type: string, enum: [a, b] } }
  - { name: locationId, in: path, schema: { type: string } }
requestBody:
  content:
    application/json:
      schema:
        properties:
          locationId: { type: string }
          companyId: { type: string, nullable: true }
          name: { type: string }
          inside: { type: object, properties: { locationId: { type: string } } }
`))
	if err != nil {
		t.Fatal(err)
	}
	d := &draft{section: &Section{}}
	if !d.fromClient(operation{node: node, method: "post", path: "/a"}) {
		t.Error("the operation has a Version header")
	}
	var marked []string
	eachMapping(node, func(node *yaml.Node) {
		for key, value := range oas.Own(node) {
			if mark := oas.Child(value, "x-from-client"); mark != nil {
				marked = append(marked, key.Value+" "+mark.Value)
			}
		}
		if mark := oas.Child(node, "x-from-client"); mark != nil && oas.Child(node, "in") != nil {
			marked = append(marked, oas.Text(oas.Child(node, "name"))+" "+mark.Value)
		}
	})
	if want := []string{"Version always", "companyId fallback", "locationId fallback"}; !slices.Equal(marked, want) {
		t.Errorf("marked are %q, want %q", marked, want)
	}
}
