// Package spec holds the documents that everything else is made from, and loads them.
//
//   - snapshots.yaml: the API as this project holds it to be true, curated by hand
//   - docs/: what the documentation pages said when they were last accepted, a file for each API version, written by specdrift
//   - deviations.yaml: every place where the docs and snapshots.yaml differ on purpose, with the reason
//
// Each further section has the same: SECTION.yaml, and in the folder SECTION docs/ and deviations.yaml, with the fixtures and the
// test that hold its client against it.
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

// Locations is the curated OpenAPI document of sub-accounts.
//
//go:embed locations.yaml
var Locations []byte

// OAuth is the curated OpenAPI document of sub-accounts' tokens.
//
//go:embed oauth.yaml
var OAuth []byte

// Docs holds the records of the documentation: docs/2021-07-28.yaml is that of this API version.
//
//go:embed docs/*.yaml
var Docs embed.FS

// Deviations is the ledger of differences on purpose.
//
//go:embed deviations.yaml
var Deviations []byte

//go:embed *.yaml */deviations.yaml
var specs embed.FS

// LoadSection reads the curated document of a section. It is valid, with every example: the tests of this package see to that.
func LoadSection(name string) (*openapi3.T, error) {
	document, err := openSection(name)
	if err != nil {
		return nil, err
	}
	return document.Model()
}

func openSection(name string) (*oas.Documents, error) {
	data, err := specs.ReadFile(name + ".yaml")
	if err != nil {
		return nil, err
	}
	return oas.Standalone("spec/"+name+".yaml", data)
}

// Texts returns the curated document of a section and its ledger of deviations, as they are written.
func Texts(name string) (document, deviations []byte, err error) {
	if document, err = specs.ReadFile(name + ".yaml"); err != nil {
		return nil, nil, err
	}
	ledger := name + "/deviations.yaml"
	if name == "snapshots" {
		ledger = "deviations.yaml"
	}
	deviations, err = specs.ReadFile(ledger)
	return document, deviations, err
}
