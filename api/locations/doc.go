// Package locations is a client of the sub-accounts of an agency, which HighLevel calls locations: it finds, creates, changes
// and deletes them, loads snapshots into them, and keeps their tags, custom fields and custom values. It is generated from
// spec/locations.yaml.
//
// The client of package api hands one out that has its token, budget and settings:
//
//	for found, err := range client.Locations().Search(ctx, locations.SearchRequest{Email: email}) { … }
//
// Tags, custom fields and custom values accept a sub-account's token alone. Where the client has rest.WithLocationTokens, it gets
// and renews these by itself; package oauth has a source of them.
package locations
