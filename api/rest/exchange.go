package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// answer is one answer of the service, read to its end or to the cap.
type answer struct {
	status int
	header http.Header
	body   []byte
	more   bool  // the body goes on behind the cap
	cause  error // why the body could not be read

	brokeOff bool // the cause is that the body did not come to its end
}

// errAttemptTimeout tells the end of one attempt's time from the end of the call's.
var errAttemptTimeout = errors.New("timed out")

// maxRefusal is how much of a refusal is read, in bytes. Its words are at the beginning.
const maxRefusal = 64 << 10

// exchange sends one request and reads one answer. Its error means that no answer came.
func (c *Client) exchange(k *call) (*answer, error) {
	ctx := k.ctx
	if c.conf.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, c.conf.timeout, errAttemptTimeout)
		defer cancel()
	}
	req, err := c.wireRequest(ctx, k)
	if err != nil {
		return nil, err
	}
	resp, err := c.roundTrip(req)
	if err != nil {
		return nil, noAnswer(ctx, k, err)
	}
	return c.readAnswer(ctx, resp), nil
}

// wireRequest makes the request of one attempt.
func (c *Client) wireRequest(ctx context.Context, k *call) (*http.Request, error) {
	target, err := k.req.target(c.conf.base)
	if err != nil {
		return nil, err
	}
	body, err := k.req.body()
	if err != nil {
		return nil, fmt.Errorf("%w: body cannot be opened: %w", ErrInvalidRequest, err)
	}
	header := c.wireHeader(k)
	req := (&http.Request{
		Method: k.req.op.Method, URL: target, Host: target.Host, Header: header,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	attachBody(req, k.req, body)
	return req, nil
}

// wireHeader makes the header of one attempt. The values share one array, since there is one of each.
func (c *Client) wireHeader(k *call) http.Header {
	most := 4 + len(k.req.header) + len(k.conf.header)
	w := headerWriter{make(http.Header, most), make([]string, 0, most)}
	w.set("Accept", "application/json")
	w.set("User-Agent", c.conf.userAgent)
	if k.req.contentType != "" {
		w.set("Content-Type", k.req.contentType)
	}
	if k.token.Value != "" {
		w.set("Authorization", "Bearer "+k.token.Value)
	}
	for _, h := range k.req.header {
		w.set(h.name, h.value)
	}
	for _, h := range k.conf.header {
		w.set(h.name, h.value)
	}
	return w.header
}

type headerWriter struct {
	header http.Header
	values []string
}

func (w *headerWriter) set(name, value string) {
	n := len(w.values)
	w.values = append(w.values, value)
	w.header[name] = w.values[n : n+1 : n+1]
}

// attachBody gives the body its length where that is known. Only a body in memory can be read again by the transport,
// which does so when a kept connection turns out to be closed before anything was written.
func attachBody(req *http.Request, r *Request, body io.Reader) {
	switch b := body.(type) {
	case nil:
	case io.ReadCloser:
		req.Body, req.ContentLength = b, -1
	default:
		req.Body, req.ContentLength = io.NopCloser(b), -1
		if sized, ok := b.(interface{ Len() int }); ok {
			req.ContentLength = int64(sized.Len())
		}
	}
	if r.open == nil && body != nil {
		payload := r.payload
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(payload)), nil }
	}
	if req.ContentLength == 0 && req.Body != nil {
		req.Body, req.GetBody = http.NoBody, nil
	}
}

// readAnswer reads the body up to the cap, and closes it.
func (c *Client) readAnswer(ctx context.Context, resp *http.Response) *answer {
	defer func() { _ = resp.Body.Close() }()
	a := &answer{status: resp.StatusCode, header: resp.Header}
	if a.status < 200 {
		return a // 101 hands over the connection: there is no body, and no end to it
	}
	if headerSize(a.header) > maxHeader {
		a.header = http.Header{}
		a.cause = fmt.Errorf("%w: its header has more than %d bytes", ErrTooLarge, maxHeader)
		return a
	}
	limit := c.conf.maxBody
	if !a.success() {
		limit = min(limit, maxRefusal)
	}
	if a.success() && resp.ContentLength > limit {
		a.more = true
		limit = maxKept
	}
	body, err := readUpTo(resp.Body, limit, resp.ContentLength)
	if a.body = body; int64(len(body)) > limit {
		a.body, a.more = body[:limit], true
	}
	if err != nil {
		a.cause = fmt.Errorf("it broke off after %d bytes: %w", len(body), ended(ctx, err))
		a.brokeOff = true
	} else if encoding := resp.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		// The transport takes gzip apart by itself, and the header away; what is left was not asked for.
		a.cause = fmt.Errorf("its content encoding %q was not asked for", encoding)
	}
	return a
}

// readUpTo reads to the end, but no more than one byte beyond the limit. What was announced only says how much room to
// make; it may be a lie.
func readUpTo(r io.Reader, limit, announced int64) ([]byte, error) {
	room := int64(bytes.MinRead)
	if announced > 0 {
		room = min(announced, limit, 1<<20) + 1 // so that the end is seen without growing
	}
	body := make([]byte, 0, room)
	for int64(len(body)) <= limit {
		if len(body) == cap(body) {
			body = append(body, 0)[:len(body)]
		}
		n, err := r.Read(body[len(body):min(int64(cap(body)), limit+1)])
		body = body[:len(body)+n]
		if err == io.EOF {
			return body, nil
		}
		if err != nil {
			return body, err
		}
	}
	return body, nil
}

// headerSize is what a header takes on the wire.
func headerSize(h http.Header) int {
	n := 0
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

func (a *answer) success() bool { return a.status >= 200 && a.status <= 299 }

// ended prefers the reason why a context ended to the error that came of it.
func ended(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	cause := context.Cause(ctx)
	switch {
	case cause == errAttemptTimeout:
		return fmt.Errorf("%w: %w", cause, err)
	case errors.Is(cause, ctx.Err()):
		return cause
	default:
		return fmt.Errorf("%w: %w", ctx.Err(), cause)
	}
}
