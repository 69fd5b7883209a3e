package api

import (
	"context"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Token is what a request is authenticated by, and what its source knows about it. A [TokenSource] returns it:
//
//	token := api.Token{Value: value, Type: rest.AgencyToken, Expires: time.Now().Add(time.Hour)}
//
// Its fields, zero where that is not known:
//   - Value string: the token itself
//   - Type string: its level, rest.AgencyToken or rest.SubAccountToken
//   - CompanyID string, LocationID string: the agency, and the sub-account
//   - Scopes []string: the scopes that it has
//   - Expires time.Time: when it ends
//
// Info returns all of that but the value, with what the value itself tells. Format, LogValue and MarshalJSON see to it that no form of
// printing shows the value.
type Token = rest.Token

// TokenSource supplies the token of each attempt; package oauth has one for apps. It is for [WithTokenSource], and must be safe for concurrent
// use. It is an interface of one method:
//
//	Token(ctx context.Context, refused string) (Token, error)
//
// refused is empty, or the value that the service has just refused: a source that can renew its token does so then, unless it has a newer
// one already. Any other returns the same again, and the call fails with the service's answer. An error that may pass by itself has a
// method Temporary() bool that returns true. A function is made a source by [TokenFunc].
type TokenSource = rest.TokenSource

// TokenFunc makes a [TokenSource] of a function that knows the current token, such as one of golang.org/x/oauth2; renewing is left to it.
// Its method Token calls the function.
//
//	source := api.TokenFunc(func(ctx context.Context) (string, error) {
//		return vault.Read(ctx, "highlevel")
//	})
//	client, err := api.New(api.WithTokenSource(source))
type TokenFunc = rest.TokenFunc

// TokenInfo is what is known about a token; it holds no secret. [Client.TokenInfo] returns it:
//
//	info, err := client.TokenInfo(ctx)
//	if err == nil && info.Type == rest.SubAccountToken {
//		return errors.New("this needs the token of an agency")
//	}
//
// Its fields, zero where that is not known:
//   - Kind string: rest.OAuthAccessToken or rest.PrivateIntegrationToken
//   - Type string: its level, rest.AgencyToken or rest.SubAccountToken
//   - CompanyID string, LocationID string: the agency, and the sub-account
//   - Scopes []string: the scopes that it has
//   - Expires time.Time: when it ends; a private integration token does not say
type TokenInfo = rest.TokenInfo

// TokenInfo returns what is known about the client's token. It asks the token source, never the service; what is not known
// is zero. A call whose operation needs a level or a scope that the token is known to lack fails before it is sent, with
// [ErrTokenType] or [ErrMissingScope].
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	return c.restClient().TokenInfo(ctx)
}

// LocationTokens is a function that returns the source of a sub-account's token, by the id of the sub-account. It is called for each call that
// needs one, and must be safe for concurrent use. Package oauth has one, which gets the tokens with that of the agency:
//
//	agency, err := oauth.NewClient(client.Share())
//	client, err = client.With(api.WithLocationTokens(agency.LocationTokens()))
type LocationTokens = rest.LocationTokens

// WithLocationTokens sends a sub-account's own token with the operations that accept no agency's, such as those about tags.
func WithLocationTokens(tokens LocationTokens) Option { return rest.WithLocationTokens(tokens) }
