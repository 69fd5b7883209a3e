package conformance

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// input is the input of one call, in the terms of the wire.
type input struct {
	params map[string]any // by "query limit"
	body   any            // nil for none
	omit   string         // key of a place that the request leaves to the client
}

func (in input) clone() input {
	out := input{params: maps.Clone(in.params), body: in.body, omit: in.omit}
	if object, ok := in.body.(map[string]any); ok {
		out.body = maps.Clone(object)
	}
	return out
}

func (in input) object() map[string]any {
	object, _ := in.body.(map[string]any)
	return object
}

// example returns the input that the documentation shows, with all optional values.
func (b *binding) example() input {
	in := input{params: map[string]any{}}
	for _, p := range b.params {
		in.params[p.In+" "+p.Name] = exampleOf(p)
	}
	if b.body != nil {
		in.body = sample.Sent(b.body, sample.Full(b.body))
	}
	b.complete(in)
	return in
}

// exampleFor returns the example with the values that allow a value at a place (x-only-when-required).
func (b *binding) exampleFor(p place) input { return b.allowing(p, b.example()) }

func (b *binding) allowing(p place, in input) input {
	in = in.clone()
	if p.extra["x-only-when-required"] == true {
		for other, values := range requiredWhen(p.extra) {
			in.object()[other] = values[0]
		}
		b.complete(in)
	}
	return in
}

func exampleOf(p *openapi3.Parameter) any {
	if p.Example != nil {
		return sample.Normal(p.Example)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Examples)) {
		return sample.Normal(p.Examples[name].Value.Value)
	}
	if p.Extensions["x-go-type"] == "Time" {
		return aMoment
	}
	return sample.Full(p.Schema.Value)
}

// aMoment is an example for a string of the schema that is a time in the client.
const aMoment = "2022-10-10T00:00:00Z"

// least returns the example without the optional values.
func (b *binding) least() input {
	in := b.example()
	for _, p := range b.params {
		if !p.Required && p.Extensions["x-from-client"] != "always" {
			delete(in.params, p.In+" "+p.Name)
		}
	}
	if object := in.object(); object != nil && len(b.body.OneOf)+len(b.body.AnyOf) == 0 { // a branch of a choice requires more
		maps.DeleteFunc(object, func(name string, _ any) bool { return !slices.Contains(b.body.Required, name) })
		b.complete(in)
	}
	return in
}

// complete adds the values that others require (x-required-when), removes those that they forbid (x-only-when-required), and
// reverses periods that end before they begin (x-not-after).
func (b *binding) complete(in input) {
	if object := in.object(); object != nil {
		for name, ref := range b.body.Properties {
			needed := false
			for other, values := range requiredWhen(extensions(ref)) {
				needed = needed || slices.Contains(values, object[other])
			}
			switch {
			case needed && isZero(object[name]):
				object[name] = sample.Full(ref.Value)
			case !needed && extensions(ref)["x-only-when-required"] == true:
				delete(object, name)
			}
		}
	}
	for _, p := range b.places() {
		last, ok := b.bound(p)
		if ok && later(p.get(in), last.get(in)) {
			first, end := p.get(in), last.get(in)
			p.set(in, end)
			last.set(in, first)
		}
	}
}

// bound returns the place that p must not be later than (x-not-after).
func (b *binding) bound(p place) (place, bool) {
	other, ok := p.extra["x-not-after"].(string)
	if !ok {
		return place{}, false
	}
	for _, q := range b.places() {
		if q.name == other {
			return q, true
		}
	}
	return place{}, false
}

func requiredWhen(extensions map[string]any) map[string][]any {
	rule, _ := extensions["x-required-when"].(map[string]any)
	out := map[string][]any{}
	for other, values := range rule {
		out[other], _ = values.([]any)
	}
	return out
}

// build returns the request struct of an input, and the options for the values that the client supplies.
func (b *binding) build(in input) (reflect.Value, []rest.Option, error) {
	request := reflect.New(b.request).Elem()
	var opts []rest.Option
	for _, p := range b.params {
		key := p.In + " " + p.Name
		value, there := in.params[key]
		if !there || key == in.omit {
			continue
		}
		index, ok := b.fields[key]
		if !ok {
			opts = append(opts, rest.WithDefault(p.Name, fmt.Sprint(value)))
			continue
		}
		if err := assign(request.FieldByIndex(index), p.Schema.Value, value); err != nil {
			return request, nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	if in.body == nil {
		return request, opts, nil
	}
	if index, ok := b.fields["body"]; ok {
		return request, opts, assign(request.FieldByIndex(index), b.body, in.body)
	}
	for name, value := range in.object() {
		if "body /"+name == in.omit {
			continue
		}
		index, ok := b.fields["body /"+name]
		if !ok {
			return request, nil, fmt.Errorf("body /%s has no field", name)
		}
		if err := assign(request.FieldByIndex(index), b.body.Properties[name].Value, value); err != nil {
			return request, nil, fmt.Errorf("body /%s: %w", name, err)
		}
	}
	return request, opts, nil
}

// place is a place in a request that can have a value.
type place struct {
	key      string
	in, name string
	schema   *openapi3.Schema
	required bool
	extra    map[string]any // extensions
}

// places returns the parameters and the top level of the body.
func (b *binding) places() []place {
	var out []place
	for _, p := range b.params {
		out = append(out, place{p.In + " " + p.Name, p.In, p.Name, p.Schema.Value, p.Required, p.Extensions})
	}
	if b.body != nil && b.fields["body"] == nil {
		for _, name := range slices.Sorted(maps.Keys(b.body.Properties)) {
			if b.body.Properties[name].Value.ReadOnly {
				continue
			}
			s := b.body.Properties[name].Value
			out = append(out, place{"body /" + name, "body", name, s, slices.Contains(b.body.Required, name), extensions(b.body.Properties[name])})
		}
	}
	slices.SortStableFunc(out, func(a, b place) int { return cmp.Compare(a.in, b.in) })
	return out
}

func (p place) set(in input, value any) {
	if p.in == "body" {
		in.object()[p.name] = value
		return
	}
	in.params[p.key] = value
}

func (p place) unset(in input) {
	if p.in == "body" {
		delete(in.object(), p.name)
		return
	}
	delete(in.params, p.key)
}

func (p place) get(in input) any {
	if p.in == "body" {
		return in.object()[p.name]
	}
	return in.params[p.key]
}

func (p place) list() bool       { return p.extra["x-comma-separated"] == true }
func (p place) fromClient() bool { return p.extra["x-from-client"] != nil }
func (p place) always() bool     { return p.extra["x-from-client"] == "always" }
func (p place) moment() bool     { return p.schema.Format == "date-time" || p.extra["x-go-type"] == "Time" }
func (p place) text() bool {
	return !p.moment() && p.schema.Type.Is("string") && p.schema.Format == "" && len(p.schema.Enum) == 0
}
