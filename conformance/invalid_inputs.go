package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// refusal is an input with one fault, and the place of the fault.
type refusal struct {
	name    string
	input   input
	place   place
	says    []string // what the message must contain
	options []rest.Option
}

func (b *binding) refusable() []refusal {
	var out []refusal
	add := func(p place, what string, change func(in input), says ...string) {
		in := b.exampleFor(p)
		change(in)
		out = append(out, refusal{name: p.key + " " + what, input: in, place: p, says: says})
	}
	for _, p := range b.places() {
		if p.always() {
			continue
		}
		if p.required && b.noticed(p) {
			if p.schema.Type.Is("integer") || p.schema.Type.Is("number") {
				add(p, "missing", p.unset) // a zero, which its bound refuses
			} else {
				add(p, "missing", p.unset, "required")
			}
		}
		if p.in == "body" && b.media == "application/json" {
			out = append(out, b.incomplete(p)...)
		}
		for what, value := range p.wrongValues() {
			add(p, what, func(in input) { p.set(in, value) }, p.allowed(what)...)
		}
		if last, ok := b.bound(p); ok {
			add(p, "later than "+last.key, func(in input) {
				p.set(in, "2024-01-02T00:00:00Z")
				last.set(in, "2024-01-01T23:59:59.999999999Z")
			}, "later", b.fieldName(last.key))
		}
		if p.extra["x-only-when-required"] == true {
			b.forbidden(p, add)
		}
		for other, values := range requiredWhen(p.extra) {
			for _, value := range values {
				add(p, fmt.Sprintf("missing although %s is %v", other, value), func(in input) {
					in.object()[other] = value
					p.unset(in)
				}, "required", fmt.Sprint(value))
			}
		}
	}
	return out
}

// incomplete omits each string that an object of the body must have, while something else is in it: an empty object counts
// as omitted.
func (b *binding) incomplete(p place) []refusal {
	full, ok := p.get(b.exampleFor(p)).(map[string]any)
	object := merged(p.schema)
	if !ok || object.Nullable || len(object.AnyOf)+len(object.OneOf) > 0 {
		return nil
	}
	var out []refusal
	for _, name := range object.Required {
		property := object.Properties[name]
		if property == nil || !property.Value.Type.Is("string") || property.Value.Format != "" || property.Value.Nullable || property.Value.ReadOnly {
			continue
		}
		part := map[string]any{}
		for other, ref := range object.Properties {
			switch {
			case other == name:
			case ref.Value.Type.Is("boolean"):
				part[other] = true
			case !isZero(full[other]):
				part[other] = full[other]
			}
		}
		if len(part) == 0 {
			continue
		}
		in := b.exampleFor(p)
		p.set(in, part)
		inside := p
		inside.name += "." + name
		out = append(out, refusal{name: inside.name + " missing", input: in, place: inside, says: []string{"required"}})
	}
	return out
}

// forbidden sets a place to a value when the others do not allow one.
func (b *binding) forbidden(p place, add func(p place, what string, change func(in input), says ...string)) {
	for other, values := range requiredWhen(p.extra) {
		for _, q := range b.places() {
			if q.name != other {
				continue
			}
			for _, value := range q.schema.Enum {
				if !slices.Contains(values, value) {
					add(p, fmt.Sprintf("given although %s is %v", other, value), func(in input) {
						given := p.get(in)
						q.set(in, value)
						b.complete(in)
						p.set(in, given)
					}, "empty", fmt.Sprint(values[0]))
				}
			}
		}
	}
}

// wrongValues returns values that a place must refuse.
func (p place) wrongValues() map[string]any {
	out := map[string]any{}
	if len(p.schema.Enum) > 0 && p.schema.Type.Is("string") {
		first, _ := p.schema.Enum[0].(string)
		out["not of the enum"] = "none of these"
		if capitals := strings.ToUpper(first); !slices.Contains(p.schema.Enum, any(capitals)) {
			out["in capitals"] = capitals
		}
		out["with a trailing space"] = first + " "
	}
	for _, w := range sample.Wrongs(p.schema) {
		switch w.Keyword {
		case "minimum", "maximum", "minLength", "maxLength", "pattern":
			if w.Path == "" && !(isZero(w.Value) && !p.required) { // zero means omitted
				out["against its "+w.Keyword] = w.Value
			}
		}
	}
	if p.schema.Min != nil && p.schema.Type.Is("integer") {
		out["far below its least"] = *p.schema.Min - 1000
		out["negative"] = min(-1, *p.schema.Min-1)
	}
	if p.in == "path" && p.schema.Type.Is("string") {
		out["a dot"] = "."
		out["two dots"] = ".."
		out["with a line end"] = "a\r\nb"
		out["with a zero byte"] = "a\x00"
	}
	if p.list() {
		out["with an empty item"] = "a,,b"
		out["with a blank item"] = "a, "
	}
	return out
}

// allowed returns what the error about a wrong value must contain: the values that would be right.
func (p place) allowed(what string) []string {
	var out []string
	switch what {
	case "not of the enum", "in capitals", "with a trailing space":
		for _, value := range p.schema.Enum {
			out = append(out, fmt.Sprint(value))
		}
	case "against its minimum", "far below its least":
		out = append(out, strconv.FormatFloat(*p.schema.Min, 'f', -1, 64))
	case "against its maximum":
		out = append(out, strconv.FormatFloat(*p.schema.Max, 'f', -1, 64))
	}
	return out
}
