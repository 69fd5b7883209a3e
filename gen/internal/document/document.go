// Package document reads an OpenAPI document and checks it while the lines of problems are known.
package document

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Document is an OpenAPI document after reading and checking: its nodes, which have lines, and its model.
type Document struct {
	*oas.Documents
	*Faults
	OpenAPI *openapi3.T
}
