// Package snapshots holds the tools that keep the client in api/ true; see the README.
package snapshots

//go:generate go run ./gen -spec spec/snapshots.yaml -out api -package api -reference docs/reference/snapshots.md
//go:generate go run ./gen -spec spec/locations.yaml -out api/locations -package locations -reference docs/reference/locations.md
//go:generate go run ./gen -spec conformance/testdata/bodies/bodies.yaml -out conformance/testdata/bodies -package bodies
