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

// section is a part of the API: its curated document, and the client made from it.
type section struct {
	name string
	document
	client     any // has a method for each of the operations
	operations []*rest.Operation
	cursor     string // the argument for the next page, where answers of the client have its value
}

// document is a curated document. It is only read, so all servers of a process share it.
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
	documents, err := documents()
	if err != nil {
		return nil, err
	}
	return []*section{
		{"snapshots", documents["snapshots"], snapshots, api.Operations(), ""},
		{"locations", documents["locations"], snapshots.Locations(), locations.Operations(), ""},
		// What the other operations of OAuth answer with is a token, which an assistant must not see.
		{"oauth", documents["oauth"], oauthClient{tokens}, []*rest.Operation{oauth.OperationInstalledLocations}, "skip"},
	}, nil
}
