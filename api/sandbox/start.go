package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Server is a sandbox that listens on this machine.
type Server struct {
	*Sandbox
	URL  string   // for this machine, such as "http://127.0.0.1:40123"
	Addr net.Addr // where it listens

	server *http.Server
	done   chan struct{}
	stop   func()
}

// Start puts a sandbox on a free port of the loopback interface.
func Start(opts ...Option) (*Server, error) { return Listen("127.0.0.1:0", opts...) }

// Listen puts a sandbox on an address of this machine, such as "127.0.0.1:8080". Without a host it is the loopback interface; all
// interfaces have the address 0.0.0.0, with which other machines can reach the sandbox.
func Listen(addr string, opts ...Option) (*Server, error) {
	if strings.HasPrefix(addr, ":") {
		addr = "127.0.0.1" + addr
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	box := New(opts...)
	if err := box.Err(); err != nil {
		_ = listener.Close()
		return nil, fmt.Errorf("start sandbox: %w", errors.Join(err, box.Close()))
	}
	box.stopping = make(chan struct{})
	s := &Server{
		Sandbox: box,
		URL:     "http://" + reachable(listener.Addr()),
		Addr:    listener.Addr(),
		stop:    sync.OnceFunc(func() { close(box.stopping) }),
		server:  &http.Server{Handler: box, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10},
		done:    make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(listener) // ends with Close
	}()
	return s, nil
}

// reachable returns the address at which this machine reaches a listener.
func reachable(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return addr.String()
}

// Close stops listening, cuts open connections, and closes the state file. [Server.Shutdown] returns the error of that.
func (s *Server) Close() {
	s.stop()
	_ = s.server.Close()
	<-s.done
	_ = s.Sandbox.Close()
}

// Shutdown stops listening, waits for open requests, and closes the state file. Requests that wait for a fault's delay are answered at
// once. Connections that are still open when ctx ends, such as those whose body does not arrive, are cut, which is not an error.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stop()
	if s.server.Shutdown(ctx) != nil {
		_ = s.server.Close()
	}
	<-s.done
	if err := s.Sandbox.Close(); err != nil {
		return fmt.Errorf("stop sandbox: %w", err)
	}
	return nil
}

// Client returns a client for the sandbox, with [Token] and [CompanyID] unless options set others.
func (s *Server) Client(opts ...api.Option) (*api.Client, error) {
	return api.New(append([]api.Option{
		api.WithBaseURL(s.URL), api.WithToken(Token), api.WithCompany(CompanyID), rest.WithBudget(s.budget),
	}, opts...)...)
}

// Client returns a client for the sandbox without a network, with [Token] and [CompanyID] unless options set others.
func (s *Sandbox) Client(opts ...api.Option) (*api.Client, error) {
	return api.New(append([]api.Option{
		api.WithHTTPClient(&http.Client{Transport: s}), api.WithToken(Token), api.WithCompany(CompanyID), rest.WithBudget(s.budget),
	}, opts...)...)
}
