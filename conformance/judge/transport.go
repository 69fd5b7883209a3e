package judge

import (
	"net/http"
)

// Transport is an [http.RoundTripper] that judges the messages that pass through it, for the tests of a program.
//
// By default it fails: a wrong request is not sent, a wrong response is not returned, and the program sees an [ErrRefused].
// If Report is set, everything passes, and Report is called with every wrong message; it must be safe for concurrent use.
type Transport struct {
	Judge  *Judge
	Next   http.RoundTripper // http.DefaultTransport when nil
	Report func(Verdict)
	// Seen, if set, is called with every message that was judged, including the right ones.
	Seen func(Verdict)
}

// RoundTrip sends a request, and judges it and its response.
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

// CloseIdleConnections calls that of Next, so that http.Client.CloseIdleConnections works through a Transport.
func (t *Transport) CloseIdleConnections() {
	if next, ok := t.Next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}
