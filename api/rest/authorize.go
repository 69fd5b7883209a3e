package rest

import (
	"errors"
	"fmt"
)

// authorize sets the token of the call. If the service refuses the token itself, rather than what it may do, the source is
// asked for another one, once. A 401 was certainly not processed, so that applies to every operation.
func (c *Client) authorize(next stage) stage {
	return func(k *call) (*answer, error) {
		if err := c.chooseSource(k); err != nil {
			return nil, notSent(err)
		}
		if k.source == nil {
			if op := k.req.op; len(op.TokenTypes)+len(op.Scopes)+len(op.AuthMethods) > 0 {
				return nil, notSent(errNoToken)
			}
			return next(k)
		}
		if err := c.fetchToken(k, ""); err != nil {
			return nil, notSent(err)
		}
		a, err := next(k)
		if k.renewed || !errors.Is(err, ErrInvalidToken) {
			return a, err
		}
		k.renewed = true
		refused := k.token.Value
		renewing := c.fetchToken(k, refused)
		if renewing == nil && k.token.Value == refused {
			return nil, err // the source has no other
		}
		c.conf.hooks.Refresh(k.ctx, k.req.op, renewing)
		if renewing != nil {
			return nil, notSent(fmt.Errorf("the token was refused, and no new one was obtained: %w; the refusal: %w", renewing, err))
		}
		return next(k)
	}
}

// errNoToken is returned instead of sending a request that the service would answer with 401.
var errNoToken = fmt.Errorf("%w: the client has no token; make it with WithToken or WithTokenSource", ErrInvalidRequest)

// fetchToken gets a token from the source. A token that the operation does not accept is an error.
func (c *Client) fetchToken(k *call, refused string) error {
	t, err := k.source.Token(k.ctx, refused)
	if err != nil {
		return k.noToken(redactError(err, Token{Value: refused}))
	}
	if t.Value, err = cleanToken(t.Value); err != nil {
		return k.noToken(fmt.Errorf("it gave a token that cannot be used: %w", err))
	}
	if err := c.checkToken(k.req.op, t); err != nil {
		return err
	}
	t.others = k.token.others
	k.token = t
	return nil
}

// noToken returns the error of a call whose source gave no token that can be sent.
func (k *call) noToken(err error) error {
	if k.location != "" {
		return &LocationTokenError{k.location, err}
	}
	return fmt.Errorf("%w: %w", ErrTokenSource, err)
}
