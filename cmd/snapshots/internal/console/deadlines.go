package console

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// How long the console waits for the other side.
const (
	bodyTimeout  = 10 * time.Second // until a body has come
	writeTimeout = 30 * time.Second // until an answer, or one event of a stream, was read
)

// longAgo is a deadline that ends what is waited for at once.
var longAgo = time.Unix(1, 0)

// extendWriteDeadline gives the other side time to read what is written next; none once ctx has ended.
func extendWriteDeadline(ctx context.Context, w http.ResponseWriter) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
	if ctx.Err() != nil { // the deadline that ended with it may just have been replaced
		_ = control.SetWriteDeadline(longAgo)
	}
}

// bounded serves a request so that it ends with ctx, even where the other side neither reads nor writes: a sandbox that is stopped waits
// for nobody.
func bounded(ctx context.Context, w http.ResponseWriter, r *http.Request, serve func()) {
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
	_ = control.Flush() // while the deadline holds
	_, err := io.Copy(io.Discard, io.LimitReader(r.Body, mostInput))
	switch stopped := !stop(); {
	case stopped:
	case err != nil && !errors.Is(err, http.ErrBodyReadAfterClose): // the server closes a body that it has read to its end
		_ = control.SetReadDeadline(longAgo) // nobody waits for the rest
	default: // the connection goes on to serve others, who have their own deadlines
		_ = control.SetReadDeadline(time.Time{})
		_ = control.SetWriteDeadline(time.Time{})
	}
}
