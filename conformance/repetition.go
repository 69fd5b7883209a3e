package conformance

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// repetition looks at what the client sends again. Time is that of testing/synctest, so that pauses cost nothing.
func (b *binding) repetition(t *testing.T) {
	busy := answer{status: 429, body: `{"message":"Too Many Requests"}`}
	for _, c := range []struct {
		name   string
		first  answer
		always bool // repeated whatever the operation
		never  bool
	}{
		{name: "429", first: busy, always: true},
		{name: "429 with Retry-After", first: answer{status: 429, body: `{}`, header: http.Header{"Retry-After": {"3"}}}, always: true},
		{name: "500", first: answer{status: 500, body: `{}`}},
		{name: "502", first: answer{status: 502, body: `bad gateway`, kind: "text/plain"}},
		{name: "503", first: answer{status: 503, body: `{}`}},
		{name: "504", first: answer{status: 504, body: `{}`}},
		{name: "broken connection", first: answer{err: errors.New("connection reset")}},
		{name: "no connection", first: answer{err: &net.OpError{Op: "dial", Err: errors.New("refused")}}, always: true},
		{name: "connection that broke while sending", first: answer{err: &net.OpError{Op: "write", Err: errors.New("reset")}}},
		{name: "success that breaks off", first: answer{status: b.success(), stream: io.MultiReader(strings.NewReader(`{"a":`), broken{}), length: -1}},
		{name: "wrong certificate", first: answer{err: &tls.CertificateVerificationError{Err: errors.New("unknown authority")}}, never: true},
		{name: "no TLS at all", first: answer{err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}}, never: true},
		{name: "400", first: answer{status: 400, body: `{}`}, never: true},
		{name: "401", first: answer{status: 401, body: `{"message":"Invalid JWT"}`}, never: true},
		{name: "404", first: answer{status: 404, body: `{}`}, never: true},
		{name: "422", first: answer{status: 422, body: `{}`}, never: true},
	} {
		again := !c.never && (c.always || b.idempotent())
		synctest.Test(t, func(t *testing.T) {
			w, result, took, err := b.timed(t, c.first, b.right())
			if len(w.sent) == 0 || (len(w.sent) == 2) != again || len(w.sent) > 2 {
				t.Errorf("%s: %d requests, repetition wanted: %v", c.name, len(w.sent), again)
				return
			}
			if again {
				if err != nil || result == nil && b.answerSchema(b.success()) != nil {
					t.Errorf("%s: after a repetition: result %v, error %v", c.name, result, err)
				}
				if !bytes.Equal(w.sent[0].body, w.sent[1].body) || w.sent[0].url.String() != w.sent[1].url.String() {
					t.Errorf("%s: the second request differs from the first", c.name)
				}
				if wait := c.first.header.Get("Retry-After"); wait != "" && (took < 3*time.Second || took > 10*time.Second) {
					t.Errorf("%s: Retry-After %s s, and %v went by", c.name, wait, took)
				}
			} else if err == nil {
				t.Errorf("%s: passes for a success", c.name)
			}
			for _, v := range w.wrongRequests() {
				t.Error(v.Err())
			}
		})
	}
	b.byTransport(t)
	b.givesUp(t, busy)
	b.cancelled(t)
	b.limits(t)
}

// byTransport says that the transport has the means to send a body again by itself only where that may happen twice.
func (b *binding) byTransport(t *testing.T) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	for call, may := range map[*rest.CallOption]bool{nil: b.idempotent(), new(rest.CallIdempotent(true)): true, new(rest.CallIdempotent(false)): false} {
		w := b.newWire(b.right())
		var opts []rest.CallOption
		if call != nil {
			opts = append(opts, *call)
		}
		if err := b.callWith(t, b.client(t, w, options...), request, opts...); err != nil || len(w.sent) != 1 {
			t.Errorf("%d requests, %v", len(w.sent), err)
		} else if sent := w.sent[0]; len(sent.body) > 0 && sent.again != may {
			t.Errorf("the transport can send the body again: %v, want %v", sent.again, may)
		}
	}
}

// givesUp says that repetition has an end.
func (b *binding) givesUp(t *testing.T, busy answer) {
	synctest.Test(t, func(t *testing.T) {
		w, _, took, err := b.timed(t, busy)
		var refused *rest.Error
		if !errors.As(err, &refused) || refused.Attempts != len(w.sent) || len(w.sent) < 2 || len(w.sent) > 10 {
			t.Errorf("a service that is always busy: %d requests, error %v", len(w.sent), err)
		}
		if took > 5*time.Minute {
			t.Errorf("a service that is always busy: given up after %v", took)
		}
	})
}

// cancelled says that a context ends a call: at once, and in a pause.
func (b *binding) cancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		request, options, err := b.build(b.example())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		w := b.newWire(b.right())
		hooks := rest.WithHooks(rest.Hooks{Retry: func(context.Context, rest.Attempt, time.Duration) { t.Error("a cancelled call is to be repeated") }})
		if _, err := b.call(ctx, b.client(t, w, append(options, hooks)...), request); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled call: %v", err)
		}
		slow := answer{status: 429, body: `{}`, header: http.Header{"Retry-After": {"20"}}}
		for name, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
			"by its deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 2*time.Second)
			},
			"by its program": func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(2*time.Second, cancel)
				return ctx, cancel
			},
		} {
			ctx, cancel := end(t.Context())
			w = b.newWire(slow)
			begin := time.Now()
			_, err = b.call(ctx, b.client(t, w, options...), request)
			cancel()
			if err == nil || len(w.sent) != 1 || time.Since(begin) > 2*time.Second {
				t.Errorf("a call that is ended %s in a pause: %d requests in %v, error %v", name, len(w.sent), time.Since(begin), err)
			}
		}
	})
}

func (b *binding) timed(t testing.TB, answers ...answer) (w *wire, result any, took time.Duration, err error) {
	t.Helper()
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w = b.newWire(answers...)
	client := b.client(t, w, options...)
	begin := time.Now()
	result, err = b.call(t.Context(), client, request)
	return w, result, time.Since(begin), err
}
