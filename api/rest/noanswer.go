package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
)

// noAnswerError says that no answer came to an attempt.
type noAnswerError struct {
	cause     error
	unsent    bool // no connection was made, so the service cannot have processed anything
	permanent bool // another attempt would end alike
}

func (e *noAnswerError) Error() string   { return ErrNoAnswer.Error() + ": " + e.cause.Error() }
func (e *noAnswerError) Unwrap() []error { return []error{ErrNoAnswer, e.cause} }

// noAnswer says why none came. The cause stays in the chain of errors.
func noAnswer(ctx context.Context, k *call, err error) error {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return &noAnswerError{
		cause:     blankError(ended(ctx, err), k.token),
		unsent:    neverConnected(err),
		permanent: errors.As(err, &certificate) || errors.As(err, &record),
	}
}

// neverConnected says that surely no connection was made. The error must say so itself: a transport's silence proves
// nothing.
func neverConnected(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}
