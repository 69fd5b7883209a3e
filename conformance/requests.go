package conformance

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// requests sends every input that the spec makes worth trying.
func (b *binding) requests(t *testing.T) {
	for _, c := range b.cases() {
		if err := b.send(t, c.input, c.options...); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

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
	for _, p := range b.places() {
		if !p.required && p.get(least) == nil {
			in := least.clone()
			p.set(in, p.get(b.example()))
			out = append(out, requestCase{name: "with " + p.key, input: in})
		}
		for _, value := range p.values() {
			in := b.example().clone()
			p.set(in, value)
			b.complete(in)
			out = append(out, requestCase{name: p.key + " = " + short(value), input: in})
			// The same with nothing else: what goes along only when it must is seen here.
			in = least.clone()
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
			if p.takes(text) {
				out = append(out, text)
			}
		}
	case p.schema.Format == "date-time":
		out = append(out, "2022-10-10T02:00:00+02:00", "2022-10-10T00:00:00.123456789Z", "2024-02-29T23:59:59-11:30", "1970-01-01T00:00:00Z")
	case p.schema.Type.Is("integer"):
		out = append(out, 2.0, 100.0, 2147483647.0)
		if p.schema.Min != nil {
			out = append(out, *p.schema.Min)
		}
	case p.schema.Type.Is("boolean"):
		out = append(out, true, false)
	}
	return out
}

// awkward are texts that something on the way could take for something else.
var awkward = []string{
	"x", "a b", " lead and trail ", "a/b", "a\\b", "a?b#c", "a&b=c;d", "a+b", "100%", "%2F", "%2e%2e", "a..b", "...", "~", ":", "@", ",",
	"{snapshotId}", "'\"`<>", "null", "true", "0", "日本語", "é", "e\u0301", "😀", "\u202f\u00a0", "\ufeffx", "\u2028",
	strings.Repeat("long-", 800),
}

// takes says whether a text is acceptable at a place.
func (p place) takes(text string) bool {
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
	if !p.fromClient() || p.always() {
		return nil
	}
	const own, other = "of the client", "of the request"
	byClient := b.least().clone()
	p.set(byClient, own)
	byClient.omit = p.key
	byRequest := b.least().clone()
	p.set(byRequest, other)
	return []requestCase{
		{name: p.key + " from the client", input: byClient, options: []rest.Option{rest.WithDefault(p.name, own)}},
		{name: p.key + " from the request, although the client has one", input: byRequest, options: []rest.Option{rest.WithDefault(p.name, own)}},
	}
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
