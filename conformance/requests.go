package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// requests sends an input for each parameter, field, enum value and option of the spec.
func (b *binding) requests(t *testing.T) {
	failures := 0
	for _, c := range b.cases() {
		err := b.send(t, c.input, c.options...)
		if err == nil {
			continue
		}
		if failures++; failures <= enough {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if failures > enough {
		t.Errorf("and %d more", failures-enough)
	}
	b.defaultServer(t)
	b.contextAndOptions(t)
	b.noClient(t)
}

// enough is how many failures are reported in full.
const enough = 10

// requestCase is an input with a name for its failures.
type requestCase struct {
	name    string
	input   input
	options []rest.Option
}

func (b *binding) cases() []requestCase {
	least := b.least()
	out := []requestCase{
		{name: "the documented example", input: b.example()},
		{name: "what is required", input: least},
	}
	for _, p := range b.params {
		for _, name := range slices.Sorted(maps.Keys(p.Examples)) {
			in := b.example()
			in.params[p.In+" "+p.Name] = sample.Normal(p.Examples[name].Value.Value)
			out = append(out, requestCase{name: p.Name + " as in the example " + name, input: in})
		}
	}
	for _, p := range b.places() {
		if !p.required && p.get(least) == nil {
			in := b.allowing(p, least)
			p.set(in, p.get(b.exampleFor(p)))
			out = append(out, requestCase{name: "with " + p.key, input: in})
		}
		for _, value := range p.values() {
			in := b.exampleFor(p)
			p.set(in, value)
			b.complete(in)
			out = append(out, requestCase{name: p.key + " = " + short(value), input: in})
			// The same with nothing else: what goes along only when it must is seen here.
			in = b.allowing(p, least)
			p.set(in, value)
			b.complete(in)
			out = append(out, requestCase{name: p.key + " = " + short(value) + ", alone", input: in})
		}
		out = append(out, b.clientValues(p)...)
	}
	return out
}

// values are those of a place that are worth trying, beside the example.
func (p place) values() []any {
	var out []any
	for _, v := range p.schema.Enum {
		out = append(out, sample.Normal(v))
	}
	switch {
	case p.list():
		out = append(out, "one", "one,two,three", "日本,b c,\"d\"")
	case p.text():
		for _, text := range awkward {
			if p.accepts(text) {
				out = append(out, text)
			}
		}
	case p.moment():
		out = append(out, "2022-10-10T02:00:00+02:00", "2022-10-10T00:00:00.123456789Z", "2024-02-29T23:59:59-11:30", "1970-01-01T00:00:00Z")
	case p.schema.Type.Includes("integer"):
		for _, n := range []float64{1, 2, 100, 2147483647} {
			if p.schema.VisitJSON(n) == nil {
				out = append(out, n)
			}
		}
		for _, bound := range []*float64{p.schema.Min, p.schema.Max} {
			if bound != nil && p.schema.VisitJSON(*bound) == nil {
				out = append(out, *bound)
			}
		}
	case p.schema.Type.Includes("boolean"):
		for _, value := range []any{true, false} {
			if p.schema.VisitJSON(value) == nil {
				out = append(out, value)
			}
		}
	case len(p.schema.Enum) == 0:
		for _, v := range sample.Variants(p.schema) {
			out = append(out, sample.Sent(p.schema, v))
		}
	}
	return out
}

// awkward are texts that an encoder or a server could mistake for syntax.
var awkward = []string{
	"x", "a b", "a b/c+d", " lead and trail ", "a/b", "a\\b", "a?b#c", "a&b=c;d", "a+b", "100%", "%2F", "%2e%2e", "a..b", "...", "~", ":", "@", ",",
	"{snapshotId}", "'\"`<>", "null", "true", "0", "日本語", "é", "e\u0301", "😀", "\u202f\u00a0", "\ufeffx", "\u2028",
	strings.Repeat("long-", 800),
}

// accepts reports whether a place accepts a text.
func (p place) accepts(text string) bool {
	if p.schema.VisitJSON(text) != nil {
		return false
	}
	switch {
	case p.required && text == "":
		return false
	case p.in == "path":
		return text != "" && text != "." && text != ".." && !strings.ContainsFunc(text, control)
	case p.in == "header":
		return !strings.ContainsFunc(text, func(r rune) bool { return control(r) || r > 0x7e }) && strings.TrimSpace(text) == text
	default:
		return text != "" // an empty optional text is one that is left out
	}
}

func control(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

// clientValues are values that the client supplies, while the request says nothing.
func (b *binding) clientValues(p place) []requestCase {
	if !p.fromClient() {
		return nil
	}
	if p.always() {
		// Without an option, the client sends the first value of the enum, or the default where there is none.
		in := b.least().clone()
		if len(p.schema.Enum) > 0 {
			p.set(in, sample.Normal(p.schema.Enum[0]))
		} else if p.schema.Default != nil {
			p.set(in, sample.Normal(p.schema.Default))
		}
		in.omit = p.key
		return []requestCase{{name: p.key + " from a client without options", input: in}}
	}
	own, other := p.two()
	byClient := b.least().clone()
	p.set(byClient, own)
	byClient.omit = p.key
	byRequest := b.least().clone()
	p.set(byRequest, other)
	return []requestCase{
		{name: p.key + " from the client", input: byClient, options: []rest.Option{rest.WithDefault(p.name, fmt.Sprint(own))}},
		{name: p.key + " from the request, although the client has one", input: byRequest, options: []rest.Option{rest.WithDefault(p.name, fmt.Sprint(own))}},
	}
}

// two are different values of a place.
func (p place) two() (any, any) {
	if p.text() && p.accepts("of the client") && p.accepts("of the request") {
		return "of the client", "of the request"
	}
	first := sample.Full(p.schema)
	for seed := range 20 {
		if other := sample.Valid(p.schema).Example(seed); other != first && !isZero(other) {
			return first, other
		}
	}
	return first, first
}

func short(value any) string {
	text, ok := value.(string)
	if !ok {
		return jsonText(value)
	}
	if len(text) > 40 {
		text = strings.ToValidUTF8(text[:40], "") + "…"
	}
	return jsonText(text)
}

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

// contextAndOptions checks that a method passes its context and its options on.
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

// noClient checks that options which are wrong make no client, and that a call of none is refused.
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

// serverURL fills the variables in with their defaults.
func serverURL(s *openapi3.Server) string {
	text := s.URL
	for name, v := range s.Variables {
		text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
	}
	return text
}
