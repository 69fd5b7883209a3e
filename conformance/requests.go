package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

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
			// The same with nothing else: this shows what is added only when required.
			in = b.allowing(p, least)
			p.set(in, value)
			b.complete(in)
			out = append(out, requestCase{name: p.key + " = " + short(value) + ", alone", input: in})
		}
		out = append(out, b.clientValues(p)...)
	}
	return out
}

// values returns those of a place that are worth trying, besides the example.
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

// awkward are strings that an encoder or a server could mistake for syntax.
var awkward = []string{
	"x", "a b", "a b/c+d", " lead and trail ", "a/b", "a\\b", "a?b#c", "a&b=c;d", "a+b", "100%", "%2F", "%2e%2e", "a..b", "...", "~", ":", "@", ",",
	"{snapshotId}", "'\"`<>", "null", "true", "0", "日本語", "é", "e\u0301", "😀", "\u202f\u00a0", "\ufeffx", "\u2028",
	strings.Repeat("long-", 800),
}

// accepts reports whether a place accepts a string.
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
		return text != "" // an empty optional string counts as omitted
	}
}

func control(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

// clientValues returns values that the client supplies when the request does not.
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

// two returns different values of a place.
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
