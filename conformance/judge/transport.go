package judge

import (
	"net/http"
)

// Transport is an [http.RoundTripper] that judges what passes through it, for the tests of a program.
//
// By default it fails: a wrong request is not sent, a wrong answer is not handed on, and the program sees an
// [ErrRefused]. With Report set everything passes, and Report is called with every wrong message; it must be safe for
// concurrent use.
type Transport struct {
	Judge  *Judge
	Next   http.RoundTripper // http.DefaultTransport when nil
	Report func(Verdict)
	// Seen, when set, is called with every message that was judged, the right ones included.
	Seen func(Verdict)
}

// RoundTrip sends a request, and judges it and its answer.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context()) // a round tripper may not change what it was given
	v := t.Judge.Request(r)
	if err := t.tell(v); err != nil {
		return nil, err
	}
	next := t.Next
	if next == nil {
		next = http.DefaultTransport
	}
	resp, err := next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	v = t.Judge.Response(r, resp)
	if err := t.tell(v); err != nil {
		return nil, err
	}
	return resp, nil
}

func (t *Transport) tell(v Verdict) error {
	if t.Seen != nil {
		t.Seen(v)
	}
	if v.OK() {
		return nil
	}
	if t.Report != nil {
		t.Report(v)
		return nil
	}
	return v.Err()
}

// CloseIdleConnections hands on, so that http.Client.CloseIdleConnections works through a Transport.
func (t *Transport) CloseIdleConnections() {
	if next, ok := t.Next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}
