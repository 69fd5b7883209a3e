// Package spec holds the documents that everything else is made from, and loads them.
//
//   - snapshots.yaml: the API as this project holds it to be true, curated by hand
//   - docs/: what the documentation pages said when they were last accepted, a file for each API version, written by specdrift
//   - deviations.yaml: every place where the docs and snapshots.yaml differ on purpose, with the reason
package spec

import (
	"embed"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Snapshots is the curated OpenAPI document.
//
//go:embed snapshots.yaml
var Snapshots []byte

// Docs holds the records of the documentation: docs/2021-07-28.yaml is that of this API version.
//
//go:embed docs/*.yaml
var Docs embed.FS

// Deviations is the ledger of differences on purpose.
//
//go:embed deviations.yaml
var Deviations []byte

// Load reads the curated document and validates it, with every example against its schema.
func Load() (*openapi3.T, error) {
	document, err := oas.Standalone("spec/snapshots.yaml", Snapshots)
	if err != nil {
		return nil, err
	}
	return document.ValidateExamples()
}
