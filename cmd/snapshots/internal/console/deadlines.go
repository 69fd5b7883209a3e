package console

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// Time limits of a request.
const (
	bodyTimeout  = 10 * time.Second // to receive a body
	writeTimeout = 30 * time.Second // to send a response, or one event of a stream
)

// longAgo is a deadline that ends pending reads and writes immediately.
var longAgo = time.Unix(1, 0)

// extendWriteDeadline sets the time limit of the next write. Once ctx has ended, the limit is in the past.
func extendWriteDeadline(ctx context.Context, w http.ResponseWriter) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
	if ctx.Err() != nil { // withDeadlines may have set its deadline just before
		_ = control.SetWriteDeadline(longAgo)
	}
}

// withDeadlines serves a request so that it ends with ctx, even if the client neither reads nor writes. So it does not delay
// the shutdown of the sandbox.
func withDeadlines(ctx context.Context, w http.ResponseWriter, r *http.Request, serve func()) {
	control := http.NewResponseController(w)
	extendWriteDeadline(ctx, w)
	if r.ContentLength != 0 {
		_ = control.SetReadDeadline(time.Now().Add(bodyTimeout))
	}
	stop := context.AfterFunc(ctx, func() {
		_ = control.SetReadDeadline(longAgo)
		_ = control.SetWriteDeadline(longAgo)
	})
	serve()
	_ = control.Flush() // before the deadline is removed
	_, err := io.Copy(io.Discard, io.LimitReader(r.Body, mostInput))
	switch stopped := !stop(); {
	case stopped:
	case err != nil && !errors.Is(err, http.ErrBodyReadAfterClose): // the server closes a body that it has read to its end
		_ = control.SetReadDeadline(longAgo) // the rest is not read
	default: // the next request on the connection sets its own
		_ = control.SetReadDeadline(time.Time{})
		_ = control.SetWriteDeadline(time.Time{})
	}
}
