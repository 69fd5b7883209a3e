package rest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// answer is one response of the service, read to its end or to the limit.
type answer struct {
	status int
	header http.Header
	body   []byte
	stream *stream // instead of body and cause, if the program reads it
	more   bool    // the body continues after the limit
	cause  error   // why the body could not be read

	brokeOff bool // the cause is that the body was cut off
}

// errAttemptTimeout is the cause of a context that ended because the time of an attempt was over, and not that of the call.
var errAttemptTimeout = errors.New("timed out")

// maxRefusal is how much of a refusal is read, in bytes. Its messages are at the beginning.
const maxRefusal = 64 << 10

// exchange sends one request and reads one response. It returns an error if no response arrived.
func (c *Client) exchange(k *call) (*answer, error) {
	ctx, headerCame, cancel := c.attemptTime(k)
	streams := false
	defer func() {
		if !streams {
			cancel()
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, &noAnswerError{cause: ended(ctx, err), unsent: true}
	}
	var conn *connection
	if !k.idempotent() {
		conn = new(connection)
		ctx = conn.watch(ctx)
	}
	req, err := c.wireRequest(ctx, k)
	if err != nil {
		return nil, notSent(err)
	}
	resp, err := c.roundTrip(req)
	if err != nil {
		return nil, noAnswer(ctx, k, err, conn)
	}
	if streams = k.req.streams && streamable(resp); streams {
		headerCame()
		return c.open(ctx, k, resp, cancel), nil
	}
	return c.readAnswer(ctx, k, resp), nil
}

// wire contains the parts of the request of one attempt, in one allocation. Attempts do not share it, because a transport
// may read a request after its response has arrived.
type wire struct {
	url    url.URL
	body   bytes.Reader
	values [6]string // of the header
}

// wireRequest returns the request of one attempt.
func (c *Client) wireRequest(ctx context.Context, k *call) (*http.Request, error) {
	w := new(wire)
	base := c.conf.base
	if own := c.conf.servers[k.req.op.Server]; own != nil {
		base = own
	}
	if base == nil {
		return nil, fmt.Errorf("%w: the API description names no server for it; use WithBaseURL", ErrInvalidRequest)
	}
	if err := k.req.target(base, &w.url); err != nil {
		return nil, err
	}
	req := (&http.Request{
		Method: k.req.op.Method, URL: &w.url, Host: w.url.Host, Header: c.wireHeader(k, w.values[:0]),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	c.sendCredentials(k, req.Header, &w.url)
	if err := k.attachBody(req, w); err != nil {
		return nil, fmt.Errorf("%w: body cannot be opened: %w", ErrInvalidRequest, err)
	}
	return req, nil
}

// wireHeader returns the header of one attempt. The values share one array, since there is one of each.
func (c *Client) wireHeader(k *call, room []string) http.Header {
	w := headerWriter{make(http.Header, 4+len(k.req.header)+len(k.conf.header)), room}
	w.set("Accept", cmp.Or(k.req.op.Accept, "application/json"))
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

// attachBody sets the body of the request, and its length if that is known.
//
// The transport repeats by itself any request that it can read again, even if the service may have processed it: on HTTP/2
// after a reset with PROTOCOL_ERROR, on HTTP/1.1 if there is an Idempotency-Key. So GetBody is set only for what may be sent
// twice; for the rest, this package decides. The transport could always repeat a request without a body, so even that gets
// one, which is empty: over HTTP/1.1 a POST then ends with a last chunk instead of stating its length.
func (k *call) attachBody(req *http.Request, w *wire) error {
	r := k.req
	switch {
	case r.open != nil:
		body, err := r.open()
		if err != nil {
			return err
		}
		k.attachStream(req, body)
	case len(r.payload) == 0:
		req.Body = k.noBody()
	default:
		w.body.Reset(r.payload)
		req.Body, req.ContentLength = io.NopCloser(&w.body), int64(len(r.payload)) // known to be in memory, so it is sent together with the header
		if k.idempotent() {
			req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(r.payload)), nil }
		}
	}
	return nil
}

func (k *call) noBody() io.ReadCloser {
	if k.idempotent() {
		return http.NoBody
	}
	return nothing{}
}

// nothing is an empty body that the transport does not recognize as empty.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }
func (nothing) Close() error             { return nil }

func (k *call) attachStream(req *http.Request, body io.Reader) {
	if body == nil {
		return
	}
	stream, closes := body.(io.ReadCloser)
	if !closes {
		stream = io.NopCloser(body)
	}
	req.Body, req.ContentLength = stream, -1
	if sized, ok := body.(interface{ Len() int }); ok {
		if req.ContentLength = int64(sized.Len()); req.ContentLength == 0 {
			_ = stream.Close()
			req.Body = k.noBody()
		}
	}
}

// readAnswer reads the body up to the limit, and closes it.
func (c *Client) readAnswer(ctx context.Context, k *call, resp *http.Response) *answer {
	defer func() { _ = resp.Body.Close() }()
	a := &answer{status: resp.StatusCode, header: resp.Header}
	if a.status < 200 {
		return a // 101 passes the connection on: there is no body, and it would never end
	}
	if headerSize(a.header) > maxHeader {
		a.header = http.Header{}
		a.cause = fmt.Errorf("%w: its header has more than %d bytes", ErrTooLarge, maxHeader)
		return a
	}
	limit := cmp.Or(c.maxBody(k), c.conf.maxBody)
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
	} else if encoding := strings.TrimSpace(resp.Header.Get("Content-Encoding")); encoding != "" && !strings.EqualFold(encoding, "identity") {
		// The transport decompresses gzip itself and removes the header; any other encoding was not requested.
		a.cause = fmt.Errorf("its content encoding %q was not asked for", encoding)
	}
	return a
}

// readUpTo reads to the end, but at most one byte beyond the limit. The announced length is used only to allocate memory,
// since it may be wrong.
func readUpTo(r io.Reader, limit, announced int64) ([]byte, error) {
	room := int64(bytes.MinRead)
	if announced > 0 {
		room = min(announced, limit, 1<<20) + 1 // so that the end is found without growing
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

// headerSize returns the size of a header on the wire.
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

// ended adds to an error why the context ended, if it has ended.
func ended(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	cause := context.Cause(ctx)
	switch {
	case errors.Is(err, cause):
		return err
	case cause == errAttemptTimeout:
		return fmt.Errorf("%w: %w", cause, err)
	case errors.Is(cause, ctx.Err()):
		return cause
	default:
		return fmt.Errorf("%w: %w", ctx.Err(), cause)
	}
}
