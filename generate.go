// Package snapshots holds the tools that keep the client in api/ true; see the README.
package snapshots

//go:generate go run ./gen -spec spec/snapshots.yaml -out api -package api -reference docs/reference/snapshots.md
//go:generate go run ./gen -spec spec/locations.yaml -out api/locations -package locations -reference docs/reference/locations.md
// Package oauth has a client by hand, whose operations are generated into an internal package: a method of it chooses between the addresses
// of two versions, and an error must not hold the secrets that are in these requests and answers. The answer with a token is read by hand
// too, since its names come in two spellings and it is stored with both.
//
//go:generate go run ./gen -spec spec/oauth.yaml -out api/oauth/internal/endpoints -package endpoints
//go:generate go run ./gen -spec conformance/testdata/bodies/bodies.yaml -out conformance/testdata/bodies -package bodies
