package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// noAnswerError says that no answer came to an attempt.
type noAnswerError struct {
	cause     error
	unsent    bool // no connection was made, so the service cannot have processed anything
	permanent bool // another attempt would end alike
}

func (e *noAnswerError) Error() string   { return ErrNoAnswer.Error() + ": " + e.cause.Error() }
func (e *noAnswerError) Unwrap() []error { return []error{ErrNoAnswer, e.cause} }

// connection watches whether an attempt got one. A nil one was not watched.
type connection struct{ asked, got atomic.Bool }

func (n *connection) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { n.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { n.got.Store(true) },
	})
}

// never says that surely no connection was made. A transport that does not report its connections must say so by its
// error: silence proves nothing.
func (n *connection) never(err error) bool {
	if n != nil && n.got.Load() {
		return false
	}
	var op *net.OpError
	return n != nil && n.asked.Load() || errors.As(err, &op) && op.Op == "dial"
}

// noAnswer says why none came.
func noAnswer(ctx context.Context, k *call, n *connection, err error) error {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return &noAnswerError{
		cause:     blankError(ended(ctx, err), k.token),
		unsent:    n.never(err),
		permanent: errors.As(err, &certificate) || errors.As(err, &record),
	}
}
