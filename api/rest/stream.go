package rest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Open sends a request and returns the body of a success as a stream, for an operation whose response is not JSON. The
// caller must read it to its end and close it. Its size is not limited, except by [CallMaxResponse]. The timeout of an
// attempt applies until the headers of the response have arrived; the context and [CallTimeout] limit reading too. The error
// is like that of [Do].
func Open(ctx context.Context, c *Client, r *Request, opts ...CallOption) (io.ReadCloser, error) {
	if r != nil {
		r.streams = true
	}
	_, a, err := c.send(ctx, r, opts)
	if err != nil {
		return nil, err
	}
	return a.stream, nil
}

// CallMaxResponse sets the maximum size of the response of a call, in bytes after decompression, instead of
// [WithMaxResponse].
func CallMaxResponse(bytes int64) CallOption {
	return func(c *callConfig) error {
		if bytes <= 0 {
			return fmt.Errorf("response cap %d is not positive", bytes)
		}
		c.maxBody = bytes
		return nil
	}
}

// maxBody returns the maximum size of the response of a call; 0 means no limit.
func (c *Client) maxBody(k *call) int64 {
	if k.conf.maxBody > 0 || k.req.streams {
		return k.conf.maxBody
	}
	return c.conf.maxBody
}

// attemptTime limits the time of one attempt: that of a stream until its header arrives, any other until cancel is called.
func (c *Client) attemptTime(k *call) (ctx context.Context, headerCame, cancel func()) {
	switch {
	case !k.req.streams && c.conf.timeout > 0:
		ctx, cancel := context.WithTimeoutCause(k.ctx, c.conf.timeout, errAttemptTimeout)
		return ctx, nil, cancel
	case !k.req.streams:
		return k.ctx, nil, func() {}
	}
	ctx, stop := context.WithCancelCause(k.ctx)
	timer := time.AfterFunc(c.conf.timeout, func() { stop(errAttemptTimeout) })
	if c.conf.timeout <= 0 {
		timer.Stop()
	}
	return ctx, func() { timer.Stop() }, func() { timer.Stop(); stop(nil) }
}

// streamable reports whether a response is a success that a program can read. Any other is read as usual, and refused.
func streamable(resp *http.Response) bool {
	encoding := strings.TrimSpace(resp.Header.Get("Content-Encoding"))
	return resp.StatusCode >= 200 && resp.StatusCode <= 299 && resp.StatusCode != http.StatusPartialContent &&
		headerSize(resp.Header) <= maxHeader && (encoding == "" || strings.EqualFold(encoding, "identity"))
}

// stream is the body of a success that the program reads.
type stream struct {
	ctx    context.Context
	call   *call
	body   io.ReadCloser
	limit  int64 // 0 means no limit
	read   int64
	failed error
	cancel []func()
}

func (s *stream) Read(p []byte) (int, error) {
	if s.failed != nil {
		return 0, s.failed
	}
	if s.limit > 0 && int64(len(p)) > s.limit-s.read+1 {
		p = p[:s.limit-s.read+1]
	}
	n, err := s.body.Read(p)
	s.read += int64(n)
	switch {
	case s.limit > 0 && s.read > s.limit:
		n, s.failed = n-1, fmt.Errorf("%s: %w: more than %d bytes", s.call.req.op, ErrTooLarge, s.limit)
	case err != nil && err != io.EOF:
		s.failed = fmt.Errorf("%s: the answer broke off after %d bytes: %w", s.call.req.op, s.read, redactError(ended(s.ctx, err), s.call.token))
	default:
		return n, err
	}
	return n, s.failed
}

func (s *stream) Close() error {
	if s.failed == nil {
		s.failed = fmt.Errorf("%s: the answer is closed", s.call.req.op)
	}
	err := s.body.Close()
	for _, cancel := range s.cancel {
		cancel()
	}
	return err
}

// open returns a success as a stream.
func (c *Client) open(ctx context.Context, k *call, resp *http.Response, cancel func()) *answer {
	return &answer{status: resp.StatusCode, header: resp.Header, stream: &stream{ctx: ctx, call: k, body: resp.Body, limit: c.maxBody(k), cancel: []func(){cancel}}}
}
