package sandbox

import "github.com/highlevel-go/snapshots/api/rest"

// The operations on sub-accounts that the sandbox answers, with the ids, statuses and scopes that are documented.
var (
	opSearchLocations = forBoth("search-locations", "GET", "/locations/search", "locations.readonly", 200, 400, 401, 422)
	opCreateLocation  = forAgency("create-location", "POST", "/locations/", "locations.write", 200, 400, 401)
	opGetLocation     = forBoth("get-location", "GET", "/locations/{locationId}", "locations.readonly", 200, 400, 401, 422)
	opPutLocation     = forAgency("put-location", "PUT", "/locations/{locationId}", "locations.write", 200, 400, 401)
	opDeleteLocation  = forAgency("delete-location", "DELETE", "/locations/{locationId}", "locations.internal-access-only", 200, 400, 401)
)

func forAgency(id, method, path, scope string, statuses ...int) *rest.Operation {
	op := &rest.Operation{ID: id, Method: method, Path: path, Statuses: statuses, TokenTypes: []string{rest.AgencyToken}}
	if scope != "" {
		op.Scopes = []string{scope}
	}
	return op
}

// forBoth is an operation for the tokens of agencies and of sub-accounts.
func forBoth(id, method, path, scope string, statuses ...int) *rest.Operation {
	op := forAgency(id, method, path, scope, statuses...)
	op.TokenTypes = []string{rest.AgencyToken, rest.SubAccountToken}
	return op
}
