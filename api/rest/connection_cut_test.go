package rest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// Wherever the connection breaks, the service may have executed the POST: it is sent once. The GET is sent
// again, up to the limit.
func TestWhereverTheConnectionIsCutThePostIsSentOnce(t *testing.T) {
	leak.Check(t)
	const answer = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
	const tries = 3
	for _, op := range []*Operation{opGet, opPost} {
		want := int64(tries)
		if op == opPost {
			want = 1
		}
		send := func(f *faultServer) error {
			client := faultClient(t, "http://"+f.addr, Retry{Attempts: tries, Backoff: time.Nanosecond})
			defer client.CloseIdleConnections()
			r := NewRequest(op)
			if op == opPost {
				r.SetJSON(map[string]string{"k": "v"})
			}
			v, err := Do[map[string]int](t.Context(), client, r)
			if (v == nil) == (err == nil) {
				t.Errorf("value %v and error %v", v, err)
			}
			return err
		}
		for cut := 0; cut <= len(answer); cut++ {
			f := serveFaults(t, false, raw("%s", answer[:cut]))
			err := send(f)
			f.stop()
			hits := f.hits.Load()
			switch {
			case cut == len(answer):
				if err != nil || hits != 1 {
					t.Errorf("%s, whole answer: %d hits, error %v", op.Method, hits, err)
				}
			case hits != want || !errors.Is(err, ErrNoAnswer) && !errors.Is(err, ErrUndecodable):
				t.Errorf("%s, answer cut after %d bytes: %d hits, want %d; error %v", op.Method, cut, hits, want, err)
			}
		}
		for cut := 1; cut <= 120; cut += 7 {
			f := serveFaults(t, true, func(_ *faultServer, c net.Conn) {
				_, _ = io.ReadFull(c, make([]byte, cut))
				reset(c)
			})
			err := send(f)
			f.stop()
			if hits := f.hits.Load(); hits != want || !errors.Is(err, ErrNoAnswer) {
				t.Errorf("%s, reset after %d bytes of the request: %d connections, want %d; error %v", op.Method, cut, hits, want, err)
			}
		}
	}
}

type countedConn struct {
	net.Conn
	writes *atomic.Int64
}

func (c countedConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

// A body in memory is sent together with the header: otherwise it costs a packet, and there is a time when only half has arrived.
func TestHeaderAndBodyGoOutTogether(t *testing.T) {
	leak.Check(t)
	f := serveFaults(t, false, says(201, `{"a":1}`))
	var writes atomic.Int64
	transport := &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, addr)
		return countedConn{c, &writes}, err
	}}
	t.Cleanup(transport.CloseIdleConnections)
	client := faultClient(t, "http://"+f.addr, Retry{Attempts: 1}, WithHTTPClient(&http.Client{Transport: transport}))
	r := NewRequest(opPost)
	r.SetJSON(map[string]string{"k": "v"})
	if _, err := Do[map[string]int](t.Context(), client, r); err != nil || writes.Load() != 1 {
		t.Errorf("%d writes, error %v", writes.Load(), err)
	}
}
