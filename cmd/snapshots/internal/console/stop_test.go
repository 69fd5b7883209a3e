package console

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// stoppable starts a sandbox that a test stops with stop, as the command does.
func stoppable(t *testing.T) (server *sandbox.Server, stop func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	server, err := sandbox.Start(withConsole(ctx, t), sandbox.WithRateLimit(1e6, time.Second, true))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, func() time.Duration {
		begun := time.Now()
		cancel()
		limit, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		if err := server.Shutdown(limit); err != nil {
			t.Error(err)
		}
		return time.Since(begun)
	}
}

// open sends text on a new connection, from which nothing is read.
func open(t *testing.T, server *sandbox.Server, text string) net.Conn {
	t.Helper()
	address := strings.TrimPrefix(server.URL, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, strings.ReplaceAll(text, "HOST", address)); err != nil {
		t.Fatal(err)
	}
	return conn
}

const post = " HTTP/1.1\r\nHost: HOST\r\nX-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"

func TestNoRequestDelaysTheStop(t *testing.T) {
	for name, text := range map[string]string{
		"a stream that is read":             "GET /console/api/events HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"a body that does not come":         "POST /console/api/call" + post,
		"a body that nobody asked for":      "DELETE /console/api/faults" + post,
		"a body of a page that is refused":  "POST /console/api/call HTTP/1.1\r\nHost: example.com\r\nContent-Length: 100\r\n\r\n{",
		"a call whose answer is held back":  "POST /console/api/send HTTP/1.1\r\nHost: HOST\r\nX-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n" + `{"operation":"get-custom-snapshots"}`,
		"a chunked body that does not come": "POST /console/api/call HTTP/1.1\r\nHost: HOST\r\nX-Console: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, stop := stoppable(t)
			if _, err := server.AddFault(sandbox.Fault{Delay: time.Minute, Times: sandbox.Always}); err != nil {
				t.Fatal(err)
			}
			open(t, server, text)
			time.Sleep(100 * time.Millisecond)
			if took := stop(); took > 2*time.Second {
				t.Errorf("the stop took %v", took)
			}
		})
	}
}

// A stream that is not read fills the buffers of the connection.
func TestStreamThatIsNotReadDoesNotDelayTheStop(t *testing.T) {
	server, stop := stoppable(t)
	conn := open(t, server, "GET /console/api/events HTTP/1.1\r\nHost: HOST\r\n\r\n")
	if err := conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	long := "/" + strings.Repeat("x", 32<<10)
	for range 250 { // 8 MB, more than a buffer has
		r, err := http.NewRequest("GET", server.URL+long, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := server.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	time.Sleep(500 * time.Millisecond)
	if took := stop(); took > 2*time.Second {
		t.Errorf("the stop took %v", took)
	}
}

// writeDeadline is an answer that records its last write deadline.
type writeDeadline struct {
	http.ResponseWriter
	last time.Time
}

func (w *writeDeadline) SetWriteDeadline(t time.Time) error { w.last = t; return nil }

// A stream may write one more event after the sandbox was stopped.
func TestWriteDeadlineEndsWithTheConsole(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var w writeDeadline
	if extendWriteDeadline(ctx, &w); time.Until(w.last) < writeTimeout/2 {
		t.Errorf("a running console writes until %v", w.last)
	}
	stop()
	if extendWriteDeadline(ctx, &w); time.Now().Before(w.last) {
		t.Errorf("a stopped console writes until %v", w.last)
	}
}

// events reads the events of a stream.
func events(t *testing.T, server *sandbox.Server, after string) (next func() (id string, e event)) {
	t.Helper()
	conn := open(t, server, "GET /console/api/events HTTP/1.1\r\nHost: HOST\r\nLast-Event-ID: "+after+"\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 200 {
		t.Fatal(response.Status)
	}
	text := bufio.NewReader(response.Body)
	return func() (id string, e event) {
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		for {
			line, err := text.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			line = strings.TrimSpace(line)
			if value, ok := strings.CutPrefix(line, "id: "); ok {
				id = value
			}
			if value, ok := strings.CutPrefix(line, "data: "); ok {
				if err := json.Unmarshal([]byte(value), &e); err != nil {
					t.Fatal(err)
				}
				return id, e
			}
		}
	}
}

func ask1(t *testing.T, server *sandbox.Server) {
	t.Helper()
	r, err := http.NewRequest("GET", "http://localhost/snapshots/", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

func TestSlowPageMissesNoRequest(t *testing.T) {
	server, _ := stoppable(t)
	ask1(t, server)
	next := events(t, server, "")
	id, e := next()
	if !e.Begins || len(e.Lines) != 1 || e.Lines[0].Violations == 0 {
		t.Fatalf("the stream begins with %+v", e)
	}
	for range 700 { // many more than a subscription holds
		ask1(t, server)
	}
	last := e.Lines[0].ID
	for last < 701 {
		_, e := next()
		if e.Begins {
			t.Error("the list begins anew")
		}
		for _, l := range e.Lines {
			if l.ID != last+1 {
				t.Fatalf("after %d comes %d", last, l.ID)
			}
			last = l.ID
		}
	}
	if _, e := events(t, server, id)(); e.Begins || len(e.Lines) != 700 || e.Lines[0].ID != 2 {
		t.Errorf("a page that comes again is sent %d requests, %v", len(e.Lines), e.Begins)
	}
	for _, id := range []string{"another.1", "1", strings.TrimSuffix(id, "1") + "x"} { // as after the sandbox was started anew
		if _, e := events(t, server, id)(); !e.Begins || len(e.Lines) != 701 {
			t.Errorf("after the id %q, %d requests are sent, %v", id, len(e.Lines), e.Begins)
		}
	}
	id, _ = events(t, server, "")()
	next = events(t, server, id)
	if status, text := send(t, server, "DELETE", "/api/requests", nil, nil); status != 200 {
		t.Fatalf("clear: status %d: %s", status, text)
	}
	for name, next := range map[string]func() (string, event){"a page that looks on": next, "one that comes again": events(t, server, id), "a new one": events(t, server, "")} {
		if _, e := next(); !e.Begins || len(e.Lines) != 0 {
			t.Errorf("%s: of a log that was cleared, %+v is sent", name, e)
		}
	}
}
