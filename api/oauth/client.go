package oauth

import (
	"context"

	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Client obtains tokens for the sub-accounts of an agency, and lists the sub-accounts that have installed the app. It needs
// the agency's OAuth token. It is safe for concurrent use.
type Client struct{ endpoints *endpoints.Client }

// versionV3 is the version of the service whose paths and pages differ from those of 2021-07-28.
const versionV3 = "v3"

// NewClient returns a client. Set the agency's token with [rest.WithTokenSource] or [rest.WithToken]. By default, the base
// URL is [DefaultBaseURL] and the Version is 2021-07-28; rest.WithDefault("Version", "v3") selects the newer one, and
// rest.WithDefault("companyId", id) sets the agency of requests.
func NewClient(opts ...rest.Option) (*Client, error) {
	calls, err := endpoints.New(append([]rest.Option{rest.WithDefault("Version", "2021-07-28")}, opts...)...)
	if err != nil {
		return nil, err
	}
	return &Client{calls}, nil
}

// TokenInfo returns what is known about the client's token: its level, scopes and expiry. It sends no request to the service.
func (c *Client) TokenInfo(ctx context.Context) (rest.TokenInfo, error) {
	return c.restClient().TokenInfo(ctx)
}

// calls returns the endpoints of the client, or nil, whose calls are refused, for a client that NewClient did not return.
func (c *Client) calls() *endpoints.Client {
	if c == nil {
		return nil
	}
	return c.endpoints
}

func (c *Client) restClient() *rest.Client { return c.calls().Engine() }

// isV3 reports whether the client sends version v3.
func (c *Client) isV3() bool { return c.restClient().Default("Version") == versionV3 }
