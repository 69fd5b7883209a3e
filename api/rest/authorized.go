package rest

import "fmt"

// authorized gives the call its token.
func (c *Client) authorized(next stage) stage {
	return func(k *call) (*answer, error) {
		if c.conf.source == nil {
			return next(k)
		}
		if err := c.fetchToken(k, ""); err != nil {
			return nil, err
		}
		return next(k)
	}
}

// fetchToken asks the source, and refuses a token that cannot serve before it is sent.
func (c *Client) fetchToken(k *call, refused string) error {
	t, err := c.conf.source.Token(k.ctx, refused)
	if err != nil {
		return fmt.Errorf("token: %w", blankError(err, t))
	}
	if t.Value, err = cleanToken(t.Value); err != nil {
		return fmt.Errorf("token: the source gave one that cannot be used: %w", err)
	}
	if !k.req.op.accepts(t.Type) {
		return fmt.Errorf("%w: it is of type %q, and the operation takes %q", ErrTokenType, t.Type, k.req.op.TokenTypes)
	}
	k.token = t
	return nil
}
