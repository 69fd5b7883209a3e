package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// Do sends a request and decodes any 2xx. It returns a value or an error, never neither.
//
// The error is a *[RequestError] or another [ErrInvalidRequest] when nothing was sent, an *[Error] when an answer came, an
// [ErrNoAnswer] when none came, or the context's own error. It begins with the operation's words: "create share link: …".
func Do[T any](ctx context.Context, c *Client, r *Request, opts ...CallOption) (*T, error) {
	k, a, err := c.send(ctx, r, opts)
	if err != nil {
		return nil, err
	}
	v := new(T)
	if err := decode(a.body, a.header.Get("Content-Type"), c.conf.maxDepth, v); err != nil {
		return nil, unreadable(k, a, err)
	}
	if reflect.ValueOf(v).Elem().IsZero() && isRefusal(a.body) { // in this order: the second reads all of it again
		return nil, unreadable(k, a, errRefusalInside)
	}
	return v, nil
}

// errRefusalInside: what says 200 in its head and 401 in its body must not pass for an empty list, or for a link.
var errRefusalInside = errors.New("the answer is a success in its status, and a refusal in its body")

// isRefusal reports whether a body is what the service sends when it refuses something.
func isRefusal(body []byte) bool {
	if !bytes.Contains(body, []byte(`"status`)) {
		return false
	}
	var said struct {
		StatusCode any `json:"statusCode"`
		Status     any `json:"status"`
	}
	if json.Unmarshal(body, &said) != nil {
		return false
	}
	for _, code := range []any{said.StatusCode, said.Status} {
		if n, ok := code.(float64); ok && n >= 400 && n < 600 {
			return true
		}
	}
	return false
}

// Send is [Do] for an operation whose success has no content; what content there is, is not looked at.
func Send(ctx context.Context, c *Client, r *Request, opts ...CallOption) error {
	_, _, err := c.send(ctx, r, opts)
	return err
}

func (c *Client) send(ctx context.Context, r *Request, opts []CallOption) (*call, *answer, error) {
	if r.err != nil {
		return nil, nil, fmt.Errorf("%s: %w", r.op, r.err)
	}
	k := &call{ctx: ctx, req: r}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&k.conf); err != nil {
			return nil, nil, fmt.Errorf("%s: %w: %w", r.op, ErrInvalidRequest, err)
		}
	}
	a, err := c.call(k)
	if err == nil {
		return k, a, nil
	}
	if _, named := err.(*Error); named {
		return nil, nil, err // it begins with the operation already
	}
	return nil, nil, fmt.Errorf("%s: %w", r.op, err)
}
