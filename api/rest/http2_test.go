package rest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// The HTTP/2 frames that are needed by a server that reads requests without understanding their headers.
const (
	frameData, frameHeaders, frameReset, frameSettings, frameGoAway = 0x0, 0x1, 0x3, 0x4, 0x7

	endStream, endHeaders, ack = 0x1, 0x4, 0x1

	noError, protocolError, internalError, refusedStream, cancelled, enhanceYourCalm = 0x0, 0x1, 0x2, 0x7, 0x8, 0xb
)

// opEmptyPost has no body, which the transport considers one that can be read again.
var opEmptyPost = &Operation{ID: "start-thing", Name: "StartThing", Method: "POST", Path: "/thing"}

func writeFrame(w io.Writer, kind, flags byte, stream uint32, payload ...byte) {
	frame := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	frame = binary.BigEndian.AppendUint32(frame, stream)
	_, _ = w.Write(append(frame, payload...))
}

func readFrame(r io.Reader) (kind, flags byte, stream uint32, err error) {
	head := make([]byte, 9)
	if _, err = io.ReadFull(r, head); err != nil {
		return 0, 0, 0, err
	}
	_, err = io.CopyN(io.Discard, r, int64(head[0])<<16|int64(head[1])<<8|int64(head[2]))
	return head[3], head[4], binary.BigEndian.Uint32(head[5:]), err
}

// serveHTTP2 reads whole requests and calls answer for each: number counts them over all connections.
func serveHTTP2(t *testing.T, answer func(c net.Conn, number int64, stream uint32)) (c *Client, hits *atomic.Int64) {
	t.Helper()
	hits = new(atomic.Int64)
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{NextProtos: []string{"h2"}}
	server.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){"h2": func(_ *http.Server, conn *tls.Conn, _ http.Handler) {
		preface := make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
		if _, err := io.ReadFull(conn, preface); err != nil {
			return
		}
		writeFrame(conn, frameSettings, 0, 0)
		for {
			kind, flags, stream, err := readFrame(conn)
			if err != nil {
				return
			}
			switch {
			case kind == frameSettings && flags&ack == 0:
				writeFrame(conn, frameSettings, ack, 0)
			case (kind == frameHeaders || kind == frameData) && flags&endStream != 0:
				answer(conn, hits.Add(1), stream)
			}
		}
	}}
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return faultClient(t, server.URL, Retry{Attempts: 3, Backoff: time.Millisecond}, WithHTTPClient(&http.Client{Transport: transport})), hits
}

func well(c net.Conn, stream uint32) {
	const status200 = 0x88 // an index into the static table of HPACK
	writeFrame(c, frameHeaders, endHeaders, stream, status200)
	writeFrame(c, frameData, endStream, stream, []byte(`{"a":1}`)...)
}

func resets(code byte) func(net.Conn, int64, uint32) {
	return func(c net.Conn, number int64, stream uint32) {
		if number == 1 {
			writeFrame(c, frameReset, 0, stream, 0, 0, 0, code)
			return
		}
		well(c, stream)
	}
}

// goesAway reports, after the first request, up to which stream requests are processed.
func goesAway(code byte, last func(stream uint32) uint32) func(net.Conn, int64, uint32) {
	return func(c net.Conn, number int64, stream uint32) {
		if number > 1 {
			well(c, stream)
			return
		}
		writeFrame(c, frameGoAway, 0, 0, append(binary.BigEndian.AppendUint32(nil, last(stream)), 0, 0, 0, code)...)
		if last(stream) >= stream {
			_ = c.Close()
		}
	}
}

// HTTP/2 lets a server say that it did not process a request; only then is a POST sent again. The standard transport goes
// further by itself, so that it must not be able to.
func TestOnHTTP2ThePostIsSentAgainOnlyWhenItWasSurelyNotProcessed(t *testing.T) {
	leak.Check(t)
	none := func(uint32) uint32 { return 0 }
	this := func(stream uint32) uint32 { return stream }
	for name, c := range map[string]struct {
		answer func(net.Conn, int64, uint32)
		post   int64
	}{
		"refused":                     {resets(refusedStream), 2},
		"reset, no error":             {resets(noError), 1},
		"reset, protocol error":       {resets(protocolError), 1},
		"reset, internal error":       {resets(internalError), 1},
		"reset, cancelled":            {resets(cancelled), 1},
		"reset, calm":                 {resets(enhanceYourCalm), 1},
		"goes away before it":         {goesAway(noError, none), 2},
		"goes away after it":          {goesAway(noError, this), 1},
		"goes away before it, broken": {goesAway(protocolError, none), 1},
		"closes": {func(c net.Conn, number int64, stream uint32) {
			if number == 1 {
				_ = c.Close()
				return
			}
			well(c, stream)
		}, 1},
		"headers, then reset": {func(c net.Conn, number int64, stream uint32) {
			if number == 1 {
				writeFrame(c, frameHeaders, endHeaders, stream, 0x88)
				writeFrame(c, frameReset, 0, stream, 0, 0, 0, refusedStream)
				return
			}
			well(c, stream)
		}, 1},
	} {
		for _, plain := range []bool{true, false} {
			for _, op := range []*Operation{opGet, opPost, opEmptyPost} {
				client, hits := serveHTTP2(t, c.answer)
				if !plain { // through the program's own http.Client, which wraps errors
					var err error
					own := *client.conf.http
					own.Timeout = time.Minute
					if client, err = client.With(WithHTTPClient(&own)); err != nil {
						t.Fatal(err)
					}
				}
				r := NewRequest(op)
				want := int64(2)
				if !op.Idempotent {
					want = c.post
				}
				if op == opPost {
					r.SetJSON(map[string]string{"k": "v"})
				}
				_, err := Do[map[string]int](t.Context(), client, r, CallHeader("Idempotency-Key", "k"))
				if hits.Load() != want || (err == nil) != (want == 2) {
					t.Errorf("%s, %s: %d requests, want %d; error %v", name, op.Method, hits.Load(), want, err)
				}
				if err != nil && !errors.Is(err, ErrNoAnswer) && !errors.Is(err, ErrUndecodable) {
					t.Errorf("%s, %s: %v", name, op.Method, err)
				}
				client.CloseIdleConnections()
			}
		}
	}
}

// A reused connection that is closed during a request may have delivered it: an Idempotency-Key, which the service does not
// know, must not let the transport repeat a POST.
func TestOnAKeptConnectionThePostIsSentOnce(t *testing.T) {
	leak.Check(t)
	for _, header := range []string{"X-Nothing", "Idempotency-Key", "X-Idempotency-Key"} {
		for _, op := range []*Operation{opPost, opEmptyPost} {
			testKept(t, header, op)
		}
	}
}

func testKept(t *testing.T, header string, op *Operation) {
	t.Helper()
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			posts.Add(1)
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = conn.Close()
			}
			return
		}
		_, _ = io.WriteString(w, `{}`)
	}))
	client := faultClient(t, server.URL, Retry{Attempts: 3, Backoff: time.Millisecond})
	if _, err := Do[struct{}](t.Context(), client, NewRequest(opGet)); err != nil {
		t.Fatal(err)
	}
	r := NewRequest(op)
	if op == opPost {
		r.SetJSON(map[string]string{"k": "v"})
	}
	_, err := Do[struct{}](t.Context(), client, r, CallHeader(header, "k"))
	if posts.Load() != 1 || !errors.Is(err, ErrNoAnswer) {
		t.Errorf("with %s: sent %d times, error %v", header, posts.Load(), err)
	}
	if err != nil && strings.Contains(err.Error(), faultToken) {
		t.Error(err)
	}
	client.CloseIdleConnections()
	server.Close()
}
