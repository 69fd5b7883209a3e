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

// chooseSource decides whose token a call sends: the client's, or that of the sub-account that the call is about.
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
		return fmt.Errorf("%w: token of sub-account %s: %w", ErrTokenSource, location, err)
	}
	k.source, k.identity = source, identify(source)
	return nil
}

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
