package rest

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
)

// Do sends a request and decodes any 2xx. It returns a non-nil value or an error.
//
// The error is a *[RequestError] or another [ErrInvalidRequest] if nothing was sent, an *[Error] if a response arrived, an
// [ErrNoAnswer] if none arrived, or the error of the context. It begins with the name of the operation: "create share link:
// …". [EffectOf] returns whether the service may have executed the call.
func Do[T any](ctx context.Context, c *Client, r *Request, opts ...CallOption) (*T, error) {
	k, a, err := c.send(ctx, r, opts)
	if err != nil {
		return nil, err
	}
	v := new(T)
	if isDocumentedAsEmpty(r.op, a) {
		return v, nil
	}
	mismatches, err := decode(a.body, a.header.Get("Content-Type"), c.conf.maxDepth, v, k.conf.lists...)
	redactMismatches(mismatches, k.token)
	for _, r := range k.conf.responses {
		r.Mismatches = mismatches
	}
	if len(mismatches) > 0 {
		c.conf.hooks.Mismatches(ctx, r.op, mismatches)
	}
	if err != nil {
		if refusal := bareError(k, a); refusal != nil {
			return nil, refusal
		}
		return nil, unreadable(k, a, err)
	}
	if err := checkContent(r.op, a, reflect.ValueOf(v).Elem(), mismatches); err != nil {
		return nil, unreadableWithWords(k, a, err)
	}
	return v, nil
}

// bareError returns an error if a response is an object that reports a failed call, whatever its documented type.
func bareError(k *call, a *answer) error {
	if err := errorInSuccess(plain(a.body), reflect.TypeFor[struct{}](), nil); err != nil {
		return unreadableWithWords(k, a, err)
	}
	return nil
}

func unreadableWithWords(k *call, a *answer, cause error) *Error {
	e := unreadable(k, a, cause)
	e.Messages = readRefusal(e.Body).messages
	return e
}

// isDocumentedAsEmpty reports whether a response without a value is a documented success of the operation.
func isDocumentedAsEmpty(op *Operation, a *answer) bool {
	return a.status == http.StatusNoContent && slices.Contains(op.Statuses, http.StatusNoContent) ||
		len(plain(a.body)) == 0 && slices.Contains(op.Empty, a.status) ||
		op.NullSuccess && string(plain(a.body)) == "null"
}

// Send is [Do] for an operation whose success has no content. Content is ignored, unless it is an error.
func Send(ctx context.Context, c *Client, r *Request, opts ...CallOption) error {
	k, a, err := c.send(ctx, r, opts)
	if err != nil {
		return err
	}
	return bareError(k, a)
}

func (c *Client) send(ctx context.Context, r *Request, opts []CallOption) (*call, *answer, error) {
	switch {
	case r == nil:
		return nil, nil, notSent(fmt.Errorf("%w: the request is nil", ErrInvalidRequest))
	case c == nil || c.call == nil: // checked before the request, which lacks what the client would have set
		return nil, nil, notSent(fmt.Errorf("%s: %w", r.op, errNotMade))
	case r.err != nil:
		c.nameVariables(r.err)
		return nil, nil, notSent(fmt.Errorf("%s: %w", r.op, r.err))
	case ctx == nil:
		return nil, nil, notSent(fmt.Errorf("%s: %w: the context is nil", r.op, ErrInvalidRequest))
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
		return nil, nil, refused // it already begins with the operation
	}
	return nil, nil, fmt.Errorf("%s: %w", r.op, &withEffect{k.effect, err})
}

// errNotMade is the error for a client that is nil or zero.
var errNotMade = fmt.Errorf("%w: the client is nil or was not made with New", ErrInvalidRequest)
