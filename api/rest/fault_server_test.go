package rest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// faultServer speaks raw TCP, so that it can stop at any byte.
type faultServer struct {
	addr string
	hits atomic.Int64 // requests read in full
	quit chan struct{}
	wg   sync.WaitGroup
	l    net.Listener

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// serveFaults reads one request from each connection and lets fault respond to it. With unread, fault runs at once.
func serveFaults(t *testing.T, unread bool, fault func(f *faultServer, c net.Conn)) *faultServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &faultServer{addr: l.Addr().String(), l: l, quit: make(chan struct{}), conns: map[net.Conn]bool{}}
	f.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.conns[c] = true
			f.mu.Unlock()
			f.wg.Go(func() {
				defer func() { _ = c.Close() }()
				if !unread {
					r, err := http.ReadRequest(bufio.NewReader(c))
					if err != nil {
						return
					}
					if _, err := io.Copy(io.Discard, r.Body); err != nil {
						return
					}
				}
				f.hits.Add(1)
				fault(f, c)
			})
		}
	})
	t.Cleanup(f.stop)
	return f
}

func (f *faultServer) stop() {
	select {
	case <-f.quit:
		return
	default:
	}
	close(f.quit)
	_ = f.l.Close()
	f.mu.Lock()
	for c := range f.conns {
		_ = c.Close()
	}
	f.mu.Unlock()
	f.wg.Wait()
}

func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}

// raw responds with these bytes and closes the connection.
func raw(format string, args ...any) func(*faultServer, net.Conn) {
	return func(_ *faultServer, c net.Conn) { _, _ = fmt.Fprintf(c, format, args...) }
}

// says sends a well-formed response with status, header lines and body.
func says(status int, body string, headers ...string) func(*faultServer, net.Conn) {
	lines := ""
	for _, h := range headers {
		lines += h + "\r\n"
	}
	return raw("HTTP/1.1 %d X\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), lines, strings.ReplaceAll(body, "%", "%%"))
}

// trickle writes a byte from time to time, so that no single read takes long.
func trickle(f *faultServer, c net.Conn) {
	for {
		select {
		case <-f.quit:
			return
		case <-time.After(10 * time.Millisecond):
			if _, err := c.Write([]byte(" ")); err != nil {
				return
			}
		}
	}
}

func gzipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.String()
}

const faultToken = "fault-token-1234567890"

func faultClient(t *testing.T, base string, r Retry, more ...Option) *Client {
	t.Helper()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = maxHeader
	t.Cleanup(transport.CloseIdleConnections)
	c, err := New(append([]Option{
		WithBaseURL(base), WithToken(faultToken), WithTimeout(30 * time.Second), WithMaxResponse(1 << 20),
		WithHTTPClient(&http.Client{Transport: transport}), WithRetry(r),
		WithBudget(nil), // its own tests are elsewhere; here a 429 would slow them down
	}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
