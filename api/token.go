package api

import (
	"context"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Token is a token with what its source knows about it. A [TokenSource] returns it:
//
//	token := api.Token{Value: value, Type: rest.AgencyToken, Expires: time.Now().Add(time.Hour)}
//
// Its fields, zero if not known:
//   - Value string: the token itself
//   - Type string: its level, rest.AgencyToken or rest.SubAccountToken
//   - CompanyID string, LocationID string: the agency, and the sub-account
//   - Scopes []string: its scopes
//   - Expires time.Time: when it expires
//
// Info returns everything except the value, and also what can be read from the value. Format, LogValue and MarshalJSON
// ensure that no form of printing shows the value.
type Token = rest.Token

// TokenSource supplies the token of each attempt; package oauth has one for apps. It is for [WithTokenSource], and must be
// safe for concurrent use. It is an interface with one method:
//
//	Token(ctx context.Context, refused string) (Token, error)
//
// refused is empty, or the value that the service has just refused: a source that can refresh its token then does so, unless
// it already has a newer one. Any other source returns the same token again, and the call fails with the response of the
// service. An error that may be temporary has a method Temporary() bool that returns true. [TokenFunc] makes a source from a
// function.
type TokenSource = rest.TokenSource

// TokenFunc makes a [TokenSource] from a function that returns the current token, such as one of golang.org/x/oauth2; the
// function is responsible for refreshing it. Its method Token calls the function.
//
//	source := api.TokenFunc(func(ctx context.Context) (string, error) {
//		return vault.Read(ctx, "highlevel")
//	})
//	client, err := api.New(api.WithTokenSource(source))
type TokenFunc = rest.TokenFunc

// TokenInfo is what is known about a token, without the secret. [Client.TokenInfo] returns it:
//
//	info, err := client.TokenInfo(ctx)
//	if err == nil && info.Type == rest.SubAccountToken {
//		return errors.New("this needs the token of an agency")
//	}
//
// Its fields, zero if not known:
//   - Kind string: rest.OAuthAccessToken or rest.PrivateIntegrationToken
//   - Type string: its level, rest.AgencyToken or rest.SubAccountToken
//   - CompanyID string, LocationID string: the agency, and the sub-account
//   - Scopes []string: its scopes
//   - Expires time.Time: when it expires; not known for a private integration token
type TokenInfo = rest.TokenInfo

// TokenInfo returns what is known about the client's token. It asks the token source, but not the service. A call whose
// operation needs a level or a scope that the token is known to lack fails before it is sent, with [ErrTokenType] or
// [ErrMissingScope].
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	return c.restClient().TokenInfo(ctx)
}

// LocationTokens is a function that returns the token source of a sub-account, given its id. It is called for each call that
// needs one, and must be safe for concurrent use. Package oauth has one, which gets the tokens with the token of the agency:
//
//	agency, err := oauth.NewClient(client.Share())
//	client, err = client.With(api.WithLocationTokens(agency.LocationTokens()))
type LocationTokens = rest.LocationTokens

// WithLocationTokens sends a sub-account's own token for operations that do not accept the token of an agency, such as those
// about tags.
func WithLocationTokens(tokens LocationTokens) Option { return rest.WithLocationTokens(tokens) }
