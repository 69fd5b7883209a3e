package rest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// reply is the response of a scripted service to one request.
type reply struct {
	status int
	kind   string // Content-Type
	body   string
	header http.Header
	err    error     // instead of a response
	stream io.Reader // instead of body; length is then what the header announces
	length int64
}

// scripted is a service that replies from a list, repeating the last reply, and records the requests.
type scripted struct {
	replies []reply
	sent    []*http.Request
	bodies  []string
	open    int // bodies that were returned and not closed
}

func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err // as every transport does
	}
	a := s.replies[min(len(s.sent), len(s.replies)-1)]
	body := ""
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(data)
	}
	s.sent, s.bodies = append(s.sent, r), append(s.bodies, body)
	if a.err != nil {
		return nil, a.err
	}
	resp := answerWith(r, a.status, a.kind, a.body, a.header)
	if a.stream != nil {
		resp.Body, resp.ContentLength = io.NopCloser(a.stream), a.length
	}
	s.open++
	resp.Body = &closeCounter{ReadCloser: resp.Body, open: &s.open}
	return resp, nil
}

type closeCounter struct {
	io.ReadCloser
	open *int
}

func (c *closeCounter) Close() error {
	if c.open != nil {
		*c.open--
		c.open = nil
	}
	return c.ReadCloser.Close()
}

// option lets a client send to the script.
func (s *scripted) option() Option { return WithHTTPClient(&http.Client{Transport: s}) }

// client returns a client that sends to the script, by default once.
func (s *scripted) client(t *testing.T, opts ...Option) *Client {
	t.Helper()
	c, err := New(append([]Option{WithBaseURL("https://service.test"), WithToken(faultToken), WithBudget(nil),
		WithRetry(Retry{Attempts: 1}), s.option()}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// callScript calls op of a service with these replies, and decodes any object.
func callScript(t *testing.T, op *Operation, replies []reply, opts ...Option) (*scripted, *map[string]any, error) {
	t.Helper()
	s := &scripted{replies: replies}
	r := NewRequest(op)
	if op.Method == "POST" {
		r.SetJSON(map[string]string{"k": "v"})
	}
	v, err := Do[map[string]any](t.Context(), s.client(t, opts...), r)
	return s, v, err
}

var right = reply{status: 200, kind: "application/json", body: `{"a":1}`}

// brokenReader breaks off.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// endlessReader returns endless space; it counts what is read, and stops where any limit should have.
type endlessReader struct {
	begin io.Reader
	read  int64
}

func (e *endlessReader) Read(p []byte) (int, error) {
	if e.read > 64<<20 {
		return 0, io.EOF // a client without a limit must fail, not hang
	}
	n := 0
	if e.begin != nil {
		n, _ = e.begin.Read(p)
	}
	if n == 0 {
		n = copy(p, strings.Repeat(" ", len(p)))
	}
	e.read += int64(n)
	return n, nil
}
