package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
)

// noAnswerError reports that an attempt got no response.
type noAnswerError struct {
	cause     error
	unsent    bool // the service cannot have processed anything
	permanent bool // another attempt would fail in the same way
}

func (e *noAnswerError) Error() string   { return ErrNoAnswer.Error() + ": " + e.cause.Error() }
func (e *noAnswerError) Unwrap() []error { return []error{ErrNoAnswer, e.cause} }

// noAnswer returns the error of an attempt that got no response. It wraps the cause.
func noAnswer(ctx context.Context, k *call, err error, conn *connection) error {
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, garbled := errors.AsType[tls.RecordHeaderError](err)
	return &noAnswerError{
		cause:     redactError(ended(ctx, err), k.token),
		unsent:    untrusted || garbled && !conn.had() || neverConnected(err) || conn.never() || turnedAway(err),
		permanent: untrusted || garbled,
	}
}

// connection records whether an attempt ever had a connection that it could send on. It is used only where that matters.
type connection struct{ wanted, got atomic.Bool }

func (c *connection) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { c.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.got.Store(true) },
	})
}

// never reports whether certainly no connection was made, such as when the time was over while one was being made. A round
// tripper that does not report that it wants one does not report that it got one either.
func (c *connection) never() bool { return c != nil && c.wanted.Load() && !c.got.Load() }

// had reports whether there was a connection. A TLS record can then be garbled although the request was sent.
func (c *connection) had() bool { return c != nil && c.got.Load() }

// neverConnected reports whether certainly no connection was made, according to the error itself.
func neverConnected(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "dial" || op.Op == "proxyconnect")
}

// turnedAway reports whether an HTTP/2 server certainly did not process the request, which the protocol lets it say: it
// refused the stream, or was going away before the request arrived. The standard transport reports this only in the text of
// unexported errors; should the text change, nothing is sent again.
func turnedAway(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		why, found := strings.CutPrefix(err.Error(), "http2: Transport: cannot retry err [")
		if found && (strings.HasPrefix(why, "http2: Transport received Server's graceful shutdown GOAWAY]") ||
			strings.HasPrefix(why, "stream error: ") && strings.Contains(why, "; REFUSED_STREAM; received from peer]")) {
			return true
		}
	}
	return false
}
