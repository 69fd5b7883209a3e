package rest

import (
	"errors"
	"fmt"
	"slices"
)

// LocationTokens returns the token source of a sub-account. It is called for each call that needs one, and must be safe for
// concurrent use; package oauth has one.
type LocationTokens func(locationID string) (TokenSource, error)

// WithLocationTokens sends a sub-account's own token with operations that do not accept the token of an agency, if the
// request names the sub-account. All other operations use the client's token. nil removes the option.
func WithLocationTokens(tokens LocationTokens) Option {
	return func(c *config) error {
		c.locationTokens = tokens
		return nil
	}
}

// chooseSource decides which token a call sends: the client's, or that of the sub-account that the call is about.
func (c *Client) chooseSource(k *call) error {
	k.source = c.conf.source
	types := k.req.op.TokenTypes
	if c.conf.locationTokens == nil || !slices.Contains(types, SubAccountToken) || slices.Contains(types, AgencyToken) {
		return nil
	}
	location := c.locationOf(k.req)
	if location == "" {
		return nil
	}
	source, err := c.conf.locationTokens(location)
	if err == nil && source == nil {
		err = errors.New("there is no source of it")
	}
	if err != nil {
		return &LocationTokenError{location, err}
	}
	k.source, k.identity, k.location = source, identify(source), location
	return nil
}

// LocationTokenError reports that the token of one sub-account could not be had, so that nothing was sent. It is an
// [ErrTokenSource]; get at it with [errors.As].
type LocationTokenError struct {
	LocationID string // the sub-account
	Err        error  // of the source of its token
}

// Error names the sub-account.
func (e *LocationTokenError) Error() string {
	return fmt.Sprintf("%v: token of sub-account %s: %v", ErrTokenSource, e.LocationID, e.Err)
}

// Unwrap returns ErrTokenSource and the error of the source.
func (e *LocationTokenError) Unwrap() []error { return []error{ErrTokenSource, e.Err} }

// locationOf returns the sub-account that a request is about, or "".
func (c *Client) locationOf(r *Request) string {
	for _, p := range r.path {
		if p.name == "locationId" {
			return p.value
		}
	}
	if value := r.value("locationId"); value != "" {
		return value
	}
	return c.conf.defaults["locationId"]
}
