// Package locations is a client for the sub-accounts of an agency, which HighLevel calls locations: it finds, creates,
// changes and deletes them, loads snapshots into them, and manages their tags, custom fields and custom values. It is
// generated from spec/locations.yaml.
//
// The client of package api returns one that has its token, budget and settings:
//
//	for found, err := range client.Locations().Search(ctx, locations.SearchRequest{Email: email}) { … }
//
// Tags, custom fields and custom values accept only the token of a sub-account. A client with rest.WithLocationTokens
// obtains and refreshes these tokens automatically; package oauth has a source of them.
package locations
