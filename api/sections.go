package api

import (
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Locations returns a client for the agency's sub-accounts that shares the base URL, version, token source, budget,
// connections and settings of this client.
func (c *Client) Locations() *locations.Client {
	// After an error the client is nil, and its calls return an error.
	sub, _ := locations.New(c.Share(), rest.WithDefault("Version", c.restClient().Default("Version")))
	return sub
}

// Share returns an option that lets the client of another section share the token source, budget, connections and settings
// of this client, such as calendars.New(client.Share()). The version of the service is not shared.
func (c *Client) Share() Option { return rest.WithShared(c.restClient()) }
