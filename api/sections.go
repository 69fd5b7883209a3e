package api

import (
	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Locations returns a client of the agency's sub-accounts that goes on with what this one has: its address, version, token
// source, budget, connections and settings.
func (c *Client) Locations() *locations.Client {
	// A nil client is what an error leaves, and its calls are refused with words.
	sub, _ := locations.New(c.Share(), rest.WithDefault("Version", c.restClient().Default("Version")))
	return sub
}

// Share returns an option with which the client of another section goes on with what this one has, such as
// calendars.New(client.Share()). The version of the service stays the section's own.
func (c *Client) Share() Option { return rest.WithShared(c.restClient()) }
