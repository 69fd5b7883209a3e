// Package spec holds the three documents that everything else is made from, and loads them.
//
//   - snapshots.yaml: the API as this project holds it to be true, curated by hand
//   - docs.yaml: what the documentation pages said when they were last accepted, written by specdrift
//   - deviations.yaml: every place where the two differ on purpose, with the reason
package spec

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
)

// Snapshots is the curated OpenAPI document.
//
//go:embed snapshots.yaml
var Snapshots []byte

// Docs is the record of the documentation.
//
//go:embed docs.yaml
var Docs []byte

// Deviations is the ledger of differences on purpose.
//
//go:embed deviations.yaml
var Deviations []byte

// Load reads the curated document and validates it, with every example against its schema.
func Load() (*openapi3.T, error) { return LoadData("spec/snapshots.yaml", Snapshots) }

var openAPIVersion = regexp.MustCompile(`^3\.[0-2]\.\d+$`)

// LoadData is Load for another document; file names it in errors.
func LoadData(file string, data []byte) (document *openapi3.T, err error) {
	defer func() {
		if cause := recover(); cause != nil { // the library fails so on some that are not valid, such as an empty schema that is referred to
			document, err = nil, fmt.Errorf("%s: this is not a valid OpenAPI document; the reader failed: %v", file, cause)
		}
	}()
	document, err = openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if !openAPIVersion.MatchString(document.OpenAPI) {
		return nil, fmt.Errorf("%s: openapi: %q is no version of OpenAPI 3, such as 3.0.3", file, document.OpenAPI)
	}
	if err := document.Validate(context.Background(), openapi3.EnableExamplesValidation()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return document, nil
}
