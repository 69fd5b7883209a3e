package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Stdio returns the transport over standard input and output. At the end of the input it waits for the responses to the
// requests read: a script that writes its requests and closes the pipe gets every response.
func Stdio(in io.Reader, out io.Writer) mcp.Transport {
	return &drainingTransport{mcp.IOTransport{Reader: io.NopCloser(in), Writer: nopCloser{out}}}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

type drainingTransport struct{ mcp.IOTransport }

func (t *drainingTransport) Connect(ctx context.Context) (mcp.Connection, error) {
	inner, err := t.IOTransport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &drainingConn{Connection: inner, open: map[any]bool{}, answered: make(chan struct{}, 1), closed: make(chan struct{})}, nil
}

// drainTimeout limits the wait for responses after the end of the input. A call that asks the user a question can no longer
// get an answer, and would wait forever.
const drainTimeout = 10 * time.Second

type drainingConn struct {
	mcp.Connection
	answered chan struct{} // receives after a response was written

	closing sync.Once
	closed  chan struct{}

	mu   sync.Mutex
	open map[any]bool // ids of requests without a response
}

func (c *drainingConn) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(ctx)
	if err != nil {
		c.drain(ctx)
		if !errors.Is(err, io.EOF) && ctx.Err() == nil {
			err = fmt.Errorf("a request of the assistant cannot be read: %w", err)
		}
		return nil, err
	}
	if request, ok := message.(*jsonrpc.Request); ok && request.IsCall() {
		c.mu.Lock()
		c.open[request.ID.Raw()] = true
		c.mu.Unlock()
	}
	return message, nil
}

func (c *drainingConn) Write(ctx context.Context, message jsonrpc.Message) error {
	err := c.Connection.Write(ctx, message)
	if response, ok := message.(*jsonrpc.Response); ok {
		c.mu.Lock()
		delete(c.open, response.ID.Raw())
		c.mu.Unlock()
		select {
		case c.answered <- struct{}{}:
		default:
		}
	}
	return err
}

func (c *drainingConn) Close() error {
	c.closing.Do(func() { close(c.closed) })
	return c.Connection.Close()
}

// drain waits until every request has a response.
func (c *drainingConn) drain(ctx context.Context) {
	timeout := time.After(drainTimeout)
	for {
		c.mu.Lock()
		left := len(c.open)
		c.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-c.answered:
		case <-c.closed:
			return
		case <-ctx.Done():
			return
		case <-timeout:
			return
		}
	}
}
