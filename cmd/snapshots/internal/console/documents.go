package console

import (
	"reflect"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/spec"
)

// Documents are the curated documents of the sections that the sandbox answers for.
func Documents() []Document {
	examples := map[string]string{
		"companyId": sandbox.CompanyID, "snapshot_id": sandbox.Snapshot1, "snapshotId": sandbox.Snapshot1, "locationId": "sandbox-location-1",
	}
	return []Document{
		{Name: "spec/snapshots.yaml", Data: spec.Snapshots, Client: reflect.TypeFor[*api.Client](), Receiver: "client", Examples: examples},
		{Name: "spec/locations.yaml", Data: spec.Locations, Client: reflect.TypeFor[*locations.Client](), Receiver: "client.Locations()", Examples: examples},
		{Name: "spec/oauth.yaml", Data: spec.OAuth, Examples: examples},
	}
}
