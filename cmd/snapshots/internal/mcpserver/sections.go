package mcpserver

import (
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/spec"
)

// section is a part of the API: its curated document and the client generated from it.
type section struct {
	name string
	document
	client     any // has a method for each of the operations
	operations []*rest.Operation
	cursor     string // the argument for the next page, if responses of the client have its value
}

// document is a curated document. It is read-only and shared by all servers of a process.
type document struct {
	model      *openapi3.T
	text       []byte
	deviations []byte // its differences from the documentation
}

var documents = sync.OnceValues(func() (map[string]document, error) {
	all := map[string]document{}
	for _, name := range []string{"snapshots", "locations", "oauth"} {
		model, err := spec.LoadSection(name)
		if err != nil {
			return nil, err
		}
		text, deviations, err := spec.Texts(name)
		if err != nil {
			return nil, err
		}
		all[name] = document{model, text, deviations}
	}
	return all, nil
})

// openSections creates the clients of all sections; the snapshots section is the first.
func openSections(options []rest.Option) ([]*section, error) {
	snapshots, err := api.New(options...)
	if err != nil {
		return nil, err
	}
	tokens, err := oauth.NewClient(options...)
	if err != nil {
		return nil, err
	}
	documents, err := documents()
	if err != nil {
		return nil, err
	}
	return []*section{
		{"snapshots", documents["snapshots"], snapshots, api.Operations(), ""},
		{"locations", documents["locations"], snapshots.Locations(), locations.Operations(), ""},
		// The other operations of OAuth return a token, which an assistant must not see.
		{"oauth", documents["oauth"], oauthClient{tokens}, []*rest.Operation{oauth.OperationInstalledLocations}, "skip"},
	}, nil
}
