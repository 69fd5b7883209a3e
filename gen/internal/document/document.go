// Package document reads an OpenAPI document and checks it, where the lines of faults are known.
package document

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Document is an OpenAPI document that was read and checked: its nodes, which know their lines, and its model.
type Document struct {
	*oas.Documents
	*Faults
	OpenAPI *openapi3.T
}
