package endpoints

import "github.com/highlevel-go/snapshots/api/rest"

// Engine returns what the client's calls go through; nil for a nil client.
func (c *Client) Engine() *rest.Client { return c.restClient() }
