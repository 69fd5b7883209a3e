package mcpserver

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/spec"
)

// section is a part of the API: its curated document, and the client made from it.
type section struct {
	name       string
	document   *openapi3.T
	text       []byte // of the document
	deviations []byte // its differences from the documentation
	client     any    // has a method for each of the operations
	operations []*rest.Operation
	cursor     string // the argument that takes nextCursor, where answers of the client have one
}

// openSections makes the clients of all sections; the snapshots are the first.
func openSections(options []rest.Option) ([]*section, error) {
	snapshots, err := api.New(options...)
	if err != nil {
		return nil, err
	}
	tokens, err := oauth.NewClient(options...)
	if err != nil {
		return nil, err
	}
	sections := []*section{
		{name: "snapshots", client: snapshots, operations: api.Operations()},
		{name: "locations", client: snapshots.Locations(), operations: locations.Operations()},
		// What the other operations of OAuth answer with is a token, which an assistant must not see.
		{name: "oauth", client: oauthClient{tokens}, operations: []*rest.Operation{oauth.OperationInstalledLocations}, cursor: "skip"},
	}
	for _, s := range sections {
		if s.document, err = spec.LoadSection(s.name); err != nil {
			return nil, err
		}
		if s.text, s.deviations, err = spec.Texts(s.name); err != nil {
			return nil, err
		}
	}
	return sections, nil
}
