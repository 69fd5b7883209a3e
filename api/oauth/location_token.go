package oauth

import (
	"cmp"
	"context"
	"fmt"
	"net/url"

	"github.com/highlevel-go/snapshots/api/rest"
)

// OperationLocationToken describes POST /oauth/locationToken.
var OperationLocationToken = rest.Operation{
	ID:          "get-location-access-token",
	Name:        "LocationToken",
	Method:      "POST",
	Path:        "/oauth/locationToken",
	Summary:     "Get a sub-account's token with the agency's",
	Statuses:    []int{200, 400, 401, 422},
	Idempotent:  true, // a token that was lost on its way does no harm
	Scopes:      []string{"oauth.write"},
	TokenTypes:  []string{rest.AgencyToken},
	AuthMethods: []string{rest.OAuthAccessToken},
	DocsURL:     "https://marketplace.gohighlevel.com/docs/ghl/oauth/get-location-access-token",
}

// OperationLocationTokenV3 describes POST /oauth/location-token, the same operation under version v3.
var OperationLocationTokenV3 = withPath(OperationLocationToken, "/oauth/location-token")

func withPath(op rest.Operation, path string) rest.Operation {
	op.Path = path
	return op
}

// LocationTokenRequest is what [Client.LocationToken] takes.
type LocationTokenRequest struct {
	// The id of the agency. When it is empty, the client's own is sent.
	CompanyID string

	// The id of the sub-account. Required.
	LocationID string
}

// Validate finds what is missing, without sending anything.
func (r LocationTokenRequest) Validate() error {
	var p rest.Problems
	p.Required(r.CompanyID != "", "CompanyID", "body", "companyId")
	p.Required(r.LocationID != "", "LocationID", "body", "locationId")
	return p.Err()
}

// LocationToken returns a token of one sub-account, in exchange for the agency's. It needs an agency's OAuth token with the
// scope oauth.write; a private integration token does not serve. Under 2021-07-28 the answer has no refresh token: ask again
// when the token has ended.
//
// Documentation: https://marketplace.gohighlevel.com/docs/ghl/oauth/get-location-access-token
func (c *Client) LocationToken(ctx context.Context, req LocationTokenRequest, opts ...rest.CallOption) (*Token, error) {
	req.CompanyID = cmp.Or(req.CompanyID, c.restClient().Default("companyId"))
	op := byVersion(c, &OperationLocationToken, &OperationLocationTokenV3)
	r := c.newRequest(op)
	r.AddError(req.Validate())
	r.SetForm(url.Values{"companyId": {req.CompanyID}, "locationId": {req.LocationID}})
	token, err := doToken(ctx, c.restClient(), op, r, opts...)
	if err != nil {
		if passes := mayPass(err); passes {
			return nil, &temporaryError{redactAnswer(err)}
		}
		return nil, redactAnswer(err)
	}
	switch info := token.Info(); {
	case info.LocationID != "" && info.LocationID != req.LocationID:
		return nil, fmt.Errorf("%s: the answer is a token of location %q, not of %q", op, info.LocationID, req.LocationID)
	case info.Type == rest.AgencyToken:
		return nil, fmt.Errorf("%s: the answer is a token of an agency, not of location %q", op, req.LocationID)
	}
	token.inherit(Token{UserType: Location, CompanyID: req.CompanyID, LocationID: req.LocationID})
	return token, nil
}
