package console

import (
	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/spec"
)

// Documents are the curated documents of the sections that the sandbox answers for.
func Documents() []Document {
	examples := map[string]string{
		"companyId": sandbox.CompanyID, "snapshot_id": sandbox.Snapshot1, "snapshotId": sandbox.Snapshot1, "locationId": "sandbox-location-1",
	}
	return []Document{
		{Name: "spec/snapshots.yaml", Data: spec.Snapshots, Examples: examples, Client: &GoClient{
			Constructor: "api.New", Receiver: "client", Operations: api.Operations(),
			Open: func(opts ...rest.Option) (any, error) { return api.New(opts...) },
		}},
		{Name: "spec/locations.yaml", Data: spec.Locations, Examples: examples, Client: &GoClient{
			Constructor: "api.New", Receiver: "client.Locations()", Operations: locations.Operations(),
			Open: func(opts ...rest.Option) (any, error) {
				client, err := api.New(opts...)
				if err != nil {
					return nil, err
				}
				return client.Locations(), nil
			},
		}},
		{Name: "spec/oauth.yaml", Data: spec.OAuth, Examples: examples, Client: &GoClient{
			Constructor: "oauth.NewClient", Receiver: "client", Fields: map[string]string{"skip": "Cursor", "limit": "PageSize"},
			Operations: []*rest.Operation{oauth.OperationLocationToken, oauth.OperationInstalledLocations},
			Open:       func(opts ...rest.Option) (any, error) { return oauth.NewClient(opts...) },
		}},
	}
}
