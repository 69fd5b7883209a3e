package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Server is a sandbox that listens on this machine.
type Server struct {
	*Sandbox
	URL string // such as "http://127.0.0.1:40123"

	server *http.Server
	done   chan struct{}
}

// Start puts a sandbox on a free port of the loopback interface.
func Start(opts ...Option) (*Server, error) { return Listen("127.0.0.1:0", opts...) }

// Listen puts a sandbox on an address of this machine, such as "127.0.0.1:8080".
func Listen(addr string, opts ...Option) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	box := New(opts...)
	s := &Server{
		Sandbox: box,
		URL:     "http://" + listener.Addr().String(),
		server:  &http.Server{Handler: box, ReadHeaderTimeout: 10 * time.Second},
		done:    make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(listener) // ends with Close
	}()
	return s, nil
}

// Close stops listening and cuts off what is still under way.
func (s *Server) Close() {
	_ = s.server.Close()
	<-s.done
}

// Shutdown stops listening and lets what is under way come to its end, or ctx.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if err != nil {
		_ = s.server.Close()
	}
	<-s.done
	return err
}

// Client is a client of the sandbox, with [Token] and [CompanyID] unless options say otherwise.
func (s *Server) Client(opts ...api.Option) (*api.Client, error) {
	return api.New(append([]api.Option{
		api.WithBaseURL(s.URL), api.WithToken(Token), api.WithCompany(CompanyID), rest.WithBudget(s.budget),
	}, opts...)...)
}

// Client is a client of the sandbox that goes without a network, with [Token] and [CompanyID] unless options say
// otherwise.
func (s *Sandbox) Client(opts ...api.Option) (*api.Client, error) {
	return api.New(append([]api.Option{
		api.WithHTTPClient(&http.Client{Transport: s}), api.WithToken(Token), api.WithCompany(CompanyID), rest.WithBudget(s.budget),
	}, opts...)...)
}

// RoundTrip answers a request without a network.
func (s *Sandbox) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer func() { _ = in.Body.Close() }()
	out := &recorder{header: http.Header{}, status: http.StatusOK}
	s.ServeHTTP(out, in)
	return &http.Response{
		StatusCode: out.status, Status: fmt.Sprintf("%d %s", out.status, http.StatusText(out.status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: out.header, Body: io.NopCloser(&out.body), ContentLength: int64(out.body.Len()), Request: r,
	}, nil
}

// recorder keeps an answer in memory.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
