package sandbox

import (
	"context"
	"errors"
	"fmt"
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
	if err := box.Err(); err != nil {
		_ = listener.Close()
		return nil, fmt.Errorf("start sandbox: %w", errors.Join(err, box.Close()))
	}
	s := &Server{
		Sandbox: box,
		URL:     "http://" + listener.Addr().String(),
		server:  &http.Server{Handler: box, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10},
		done:    make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(listener) // ends with Close
	}()
	return s, nil
}

// Close stops listening, cuts off what is still under way, and closes the state file. [Server.Shutdown] tells what went wrong.
func (s *Server) Close() {
	_ = s.server.Close()
	<-s.done
	_ = s.Sandbox.Close()
}

// Shutdown stops listening, lets what is under way come to its end, or ctx, and closes the state file.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if err != nil {
		_ = s.server.Close()
		err = fmt.Errorf("stop sandbox: requests that had not ended were cut off: %w", err)
	}
	<-s.done
	return errors.Join(err, s.Sandbox.Close())
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
