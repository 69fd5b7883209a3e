package rest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
)

// Do sends a request and decodes any 2xx. It returns a value or an error, never neither.
//
// The error is a *[RequestError] or another [ErrInvalidRequest] when nothing was sent, an *[Error] when an answer came, an
// [ErrNoAnswer] when none came, or the context's own error. It begins with the operation's words: "create share link: …".
// [EffectOf] tells whether the service may have done what it was asked for.
func Do[T any](ctx context.Context, c *Client, r *Request, opts ...CallOption) (*T, error) {
	k, a, err := c.send(ctx, r, opts)
	if err != nil {
		return nil, err
	}
	v := new(T)
	if err := decode(a.body, a.header.Get("Content-Type"), c.conf.maxDepth, v); err != nil {
		return nil, unreadable(k, a, err)
	}
	if got := reflect.ValueOf(v).Elem(); isEmptyValue(got) { // in this order: looking inside reads all of it again
		if err := errorInSuccess(plain(a.body), got.Type()); err != nil {
			refused := unreadable(k, a, err)
			refused.Messages = readRefusal(refused.Body).messages
			return nil, refused
		}
	}
	return v, nil
}

// Send is [Do] for an operation whose success has no content; what content there is, is not looked at.
func Send(ctx context.Context, c *Client, r *Request, opts ...CallOption) error {
	_, _, err := c.send(ctx, r, opts)
	return err
}

func (c *Client) send(ctx context.Context, r *Request, opts []CallOption) (*call, *answer, error) {
	switch {
	case r == nil:
		return nil, nil, notSent(fmt.Errorf("%w: the request is nil", ErrInvalidRequest))
	case r.err != nil:
		return nil, nil, notSent(fmt.Errorf("%s: %w", r.op, r.err))
	case ctx == nil:
		return nil, nil, notSent(fmt.Errorf("%s: %w: the context is nil", r.op, ErrInvalidRequest))
	case c == nil || c.call == nil:
		return nil, nil, notSent(fmt.Errorf("%s: %w", r.op, errNotMade))
	}
	k := &call{ctx: ctx, req: r}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&k.conf); err != nil {
			return nil, nil, notSent(fmt.Errorf("%s: %w: %w", r.op, ErrInvalidRequest, err))
		}
	}
	a, err := c.call(k)
	if err == nil {
		return k, a, nil
	}
	if refused, ok := err.(*Error); ok {
		refused.earlier = k.effect
		return nil, nil, refused // it begins with the operation already
	}
	return nil, nil, fmt.Errorf("%s: %w", r.op, &withEffect{k.effect, err})
}

// errNotMade is about a client that is nil or zero.
var errNotMade = errors.New("the client was not made with New")
