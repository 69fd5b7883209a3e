package main

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// document is an OpenAPI document that was read and checked: its nodes, which know their lines, and its model.
type document struct {
	*oas.Documents
	*faults
	openAPI *openapi3.T
}

// load reads a document with everything that it refers to. It does not check whether the examples fit their schemas or the
// security schemes are tidy: a client does not depend on them, and published documents often fail there.
func load(file string) (*document, error) {
	docs, err := oas.Open(file)
	if err != nil {
		return nil, err
	}
	if err := docs.CheckVersion(); err != nil {
		return nil, err
	}
	d := &document{Documents: docs, faults: &faults{docs: docs}}
	lint(d)
	if err := d.Err(); err != nil {
		return nil, err
	}
	d.openAPI, err = docs.Model()
	return d, err
}
