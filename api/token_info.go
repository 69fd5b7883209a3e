package api

import (
	"context"

	"github.com/highlevel-go/snapshots/api/rest"
)

// TokenInfo is what is known about a token: its kind, its level, its scopes and its end.
type TokenInfo = rest.TokenInfo

// TokenInfo returns what is known about the client's token. It asks the token source, never the service; what is not known
// is zero. A call whose operation needs a level or a scope that the token is known to lack fails before it is sent, with
// [ErrTokenType] or [ErrMissingScope].
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	return c.restClient().TokenInfo(ctx)
}
