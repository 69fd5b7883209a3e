package console

import (
	"fmt"
	"sync"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/spec"
)

// document is a curated document of a section with the clients generated from it.
type document struct {
	name    string // of the file, for positions: spec/snapshots.yaml
	data    []byte
	clients []goClient
	judge   *judge.Judge
}

// goClient describes how Go programs create a client and call it.
type goClient struct {
	constructor string                            // the Go call that creates the client, such as api.New
	receiver    string                            // the Go expression that has the methods; the client is called client
	version     string                            // of the API, if it is not the client's default
	operations  []*rest.Operation                 // with the names of the methods
	fields      map[string]string                 // fields of requests by wire name, if the document does not name them
	open        func(...rest.Option) (any, error) // returns a value with a method for each operation
}

// documents returns the documents of the sections that the sandbox implements.
func documents() []*document {
	openOAuth := func(opts ...rest.Option) (any, error) { return oauth.NewClient(opts...) }
	return []*document{
		{name: "spec/snapshots.yaml", data: spec.Snapshots, clients: []goClient{{
			constructor: "api.New", receiver: "client", operations: api.Operations(),
			open: func(opts ...rest.Option) (any, error) { return api.New(opts...) },
		}}},
		{name: "spec/locations.yaml", data: spec.Locations, clients: []goClient{{
			constructor: "api.New", receiver: "client.Locations()", operations: locations.Operations(),
			open: func(opts ...rest.Option) (any, error) {
				client, err := api.New(opts...)
				return client.Locations(), err // with an error, a client that refuses its calls
			},
		}}},
		{name: "spec/oauth.yaml", data: spec.OAuth, clients: []goClient{
			{
				constructor: "oauth.NewClient", receiver: "client", fields: map[string]string{"skip": "Cursor", "limit": "PageSize"},
				operations: []*rest.Operation{oauth.OperationLocationToken, oauth.OperationInstalledLocations}, open: openOAuth,
			},
			{
				constructor: "oauth.NewClient", receiver: "client", fields: map[string]string{"pageToken": "Cursor"}, version: api.VersionV3,
				operations: []*rest.Operation{oauth.OperationLocationTokenV3, oauth.OperationInstalledLocationsV3}, open: openOAuth,
			},
		}},
	}
}

// examples are initial values of forms, by the names of parameters and fields.
var examples = map[string]string{
	"companyId": sandbox.CompanyID, "snapshot_id": sandbox.Snapshot1, "snapshotId": sandbox.Snapshot1, "locationId": "sandbox-location-1",
	"client_id": sandbox.ClientID, "client_secret": sandbox.ClientSecret,
}

// service is all documents with their judges and operations.
type service struct {
	documents  []*document
	operations []operation
}

// readDocuments reads the documents once per process, because that takes 0.3 s of CPU.
var readDocuments = sync.OnceValues(func() (*service, error) {
	all := &service{documents: documents()}
	for _, d := range all.documents {
		model, err := judge.Load(d.name, d.data)
		if err != nil {
			return nil, fmt.Errorf("console: %w", err)
		}
		if d.judge, err = judge.New(model, judge.WithFile(d.name)); err != nil {
			return nil, fmt.Errorf("console: %w", err)
		}
		all.operations = append(all.operations, readOperations(d, model)...)
	}
	return all, nil
})
