package oauth

import (
	"cmp"
	"context"
	"fmt"

	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// LocationTokenRequest is the request of [Client.LocationToken].
type LocationTokenRequest struct {
	// The id of the agency. If empty, the default of the client is sent.
	CompanyID string

	// The id of the sub-account. Required.
	LocationID string
}

// Validate reports what is missing, without sending anything.
func (r LocationTokenRequest) Validate() error { return endpoints.LocationTokenRequest(r).Validate() }

// LocationToken returns a token of one sub-account, in exchange for the agency's. It needs an agency's OAuth token with the
// scope oauth.write; a private integration token is not accepted. Under 2021-07-28 the response has no refresh token:
// request another token when it has expired.
//
// Documentation: https://marketplace.gohighlevel.com/docs/ghl/oauth/get-location-access-token
func (c *Client) LocationToken(ctx context.Context, req LocationTokenRequest, opts ...rest.CallOption) (*Token, error) {
	op, call := OperationLocationToken, func() (*endpoints.TokenAnswer, error) {
		return c.calls().LocationToken(ctx, endpoints.LocationTokenRequest(req), opts...)
	}
	if c.isV3() {
		op, call = OperationLocationTokenV3, func() (*endpoints.TokenAnswer, error) {
			return c.calls().LocationTokenV3(ctx, endpoints.LocationTokenV3Request(req), opts...)
		}
	}
	token, err := readToken(op, call)
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
	company := cmp.Or(req.CompanyID, c.restClient().Default("companyId"))
	token.inherit(Token{UserType: Location, CompanyID: company, LocationID: req.LocationID})
	return token, nil
}
