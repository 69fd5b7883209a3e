package conformance

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
)

// defaultServer checks that a client without WithBaseURL calls the server that the spec names for the operation.
func (b *binding) defaultServer(t *testing.T) {
	servers := b.doc.Servers
	if own := b.doc.Paths.Value(b.path).Servers; len(own) > 0 {
		servers = own
	}
	if own := b.op.Servers; own != nil && len(*own) > 0 {
		servers = *own
	}
	if len(servers) == 0 || !strings.Contains(servers[0].URL, "://") { // a relative one has no host
		return
	}
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(b.right())
	c, err := b.make(slices.Concat(options, b.credentials(), []rest.Option{rest.WithToken(token), rest.WithBudget(nil), rest.WithHTTPClient(&http.Client{Transport: w})})...)
	if err != nil {
		t.Errorf("a client with nothing but credentials: %v", err)
		return
	}
	if _, err := b.call(t.Context(), c, request); err != nil || len(w.sent) != 1 {
		t.Errorf("a client with nothing but credentials: %d requests, %v", len(w.sent), err)
		return
	}
	if u, want := w.sent[0].url.String(), strings.TrimRight(serverURL(servers[0]), "/")+"/"; !strings.HasPrefix(u, want) {
		t.Errorf("a client without a base URL calls %s, and the spec's server is %s", u, want)
	}
}

// contextAndOptions checks that a method passes on its context and its options.
func (b *binding) contextAndOptions(t *testing.T) {
	request, options, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	w := b.newWire(b.right())
	var response rest.Response
	if _, err := b.call(t.Context(), b.client(t, w, options...), request, rest.CallResponse(&response)); err != nil || response.Status == 0 {
		t.Errorf("the options of a call have no effect: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var reached error
	ends := roundTripper(func(r *http.Request) (*http.Response, error) {
		cancel()
		reached = r.Context().Err()
		return w.RoundTrip(r)
	})
	if _, err := b.call(ctx, b.client(t, ends, options...), request); reached == nil {
		t.Errorf("the end of a call's context does not reach its request: %v", err)
	}
}

// noClient checks that invalid options return no client, and that a call on a nil client is refused.
func (b *binding) noClient(t *testing.T) {
	c, err := b.make(rest.WithToken(token), rest.WithBaseURL("no address"))
	if err == nil {
		t.Error("a base URL that is not one makes a client")
	}
	if v := reflect.ValueOf(c); v.Kind() != reflect.Pointer || !v.IsNil() {
		t.Errorf("options that are wrong make %v", c)
		return
	}
	request, _, err := b.build(b.example())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.call(t.Context(), c, request); !errors.Is(err, rest.ErrInvalidRequest) {
		t.Errorf("a call without a client ends with %v", err)
	}
}

// serverURL returns the URL of a server, with the defaults of its variables.
func serverURL(s *openapi3.Server) string {
	text := s.URL
	for name, v := range s.Variables {
		text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
	}
	return text
}
