package oauth

import (
	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// The operations that the package calls. Two of them have a path for each version.
var (
	OperationToken                = &endpoints.OperationToken                // POST /oauth/token
	OperationLocationToken        = &endpoints.OperationLocationToken        // POST /oauth/locationToken
	OperationLocationTokenV3      = &endpoints.OperationLocationTokenV3      // POST /oauth/location-token
	OperationInstalledLocations   = &endpoints.OperationInstalledLocations   // GET /oauth/installedLocations
	OperationInstalledLocationsV3 = &endpoints.OperationInstalledLocationsV3 // GET /oauth/installed-locations
)

// Operations lists the operations in the order of the spec.
func Operations() []*rest.Operation { return endpoints.Operations() }
