package pagewriter

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// The renderer prints a sample of every body, derived from its schema: an example if there is one, otherwise a value for the
// type; without deprecated properties, with the first variant of a union, and with one element in an array.

// standIns are the values that the renderer writes if there is no example.
var standIns = map[string]map[string]any{
	"string": {"": "string", "email": "user@example.com", "date": "2024-07-29", "date-time": "2024-07-29T15:51:28.071Z",
		"uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "hostname": "example.com", "ipv4": "198.51.100.42",
		"ipv6": "2001:0db8:5b96:0000:0000:426f:8e17:642a"},
	"number":  {"": json.Number("0")},
	"integer": {"": json.Number("0")},
	"boolean": {"": true},
}

// sample returns a value of the schema; ok is false if the renderer has none.
func (w *writer) sample(s *schema) (value any, ok bool) {
	switch {
	case s == nil:
		return nil, false
	case s.has(facts.Example):
		return literal(s.value(facts.Example), s.kind()), true
	case s.isUnion() && len(s.properties) > 0:
		merged := *s
		merged.variants = nil
		merged.properties = append(append([]*schema{}, s.properties...), s.variants[0].properties...)
		return w.sample(&merged)
	case s.isUnion():
		return w.sample(s.variants[0])
	}
	kind := s.kind()
	if kind == "" && len(s.properties) > 0 {
		kind = "object"
	} else if kind == "" && s.items != nil {
		kind = "array"
	}
	switch kind {
	case "":
		return nil, false
	case "object":
		out := &jsonsample.Object{Values: map[string]any{}}
		for _, p := range s.properties {
			if p.has(facts.Deprecated) {
				continue
			}
			if value, ok := w.sampleOfProperty(p); ok {
				out.Set(p.name, value)
			}
		}
		return out, true
	case "array":
		return w.sampleOfArray(s.items), true
	}
	return w.sampleOfPrimitive(s, kind)
}

func (w *writer) sampleOfProperty(p *schema) (any, bool) {
	switch {
	case p.isEmpty():
		return &jsonsample.Object{Values: map[string]any{}}, true
	case p.isUnion() && (w.Theme < Theme52 || !p.has(facts.Example)):
		return w.sample(p.variants[0])
	}
	return w.sample(p)
}

func (w *writer) sampleOfArray(items *schema) []any {
	if items != nil && items.isUnion() {
		var out []any
		for _, variant := range items.variants {
			out = append(out, orNull(w.sample(variant)))
		}
		return out
	}
	value := orNull(w.sample(items))
	if list, ok := value.([]any); ok && w.Theme >= Theme52 {
		return list
	}
	return []any{value}
}

func orNull(value any, ok bool) any {
	if !ok {
		return nil
	}
	return value
}

func (w *writer) sampleOfPrimitive(s *schema, kind string) (any, bool) {
	fallback, isTrue := literal(s.value(facts.Default), kind), truthy(s.value(facts.Default), kind)
	switch {
	case s.has(facts.Enum) && isTrue:
		return fallback, true
	case s.has(facts.Enum) && len(facts.Texts(s.value(facts.Enum))) > 0:
		return literal(facts.Texts(s.value(facts.Enum))[0], kind), true
	case s.has(facts.Deprecated):
		return nil, false
	case w.Theme >= Theme52 && s.has(facts.Default):
		return fallback, true
	}
	known := standIns[kind]
	if known == nil {
		return nil, false
	}
	if value := known[s.value(facts.Format)]; value != nil && s.has(facts.Format) {
		return value, true
	}
	if isTrue || kind == "boolean" && s.has(facts.Default) {
		return fallback, true
	}
	return known[""], true
}

// truthy reports whether JavaScript treats a value as true.
func truthy(value, kind string) bool {
	if kind == "string" {
		return value != ""
	}
	return value != "" && value != "0" && value != "false" && value != "null"
}

// literal decodes a canonical value according to its type.
func literal(value, kind string) any {
	if kind == "string" || !json.Valid([]byte(value)) {
		return value
	}
	first := value[0]
	fits := true
	switch kind {
	case "integer", "number":
		fits = first == '-' || first >= '0' && first <= '9'
	case "boolean":
		fits = value == "true" || value == "false"
	case "array":
		fits = first == '['
	case "object":
		fits = first == '{'
	}
	if !fits {
		return value
	}
	decoded, err := jsonsample.Parse([]string{value})
	if err != nil {
		return value
	}
	return decoded
}

// compact writes a value as JSON without white space.
func compact(value any) string {
	var out bytes.Buffer
	writeJSON(&out, value)
	return out.String()
}

// pretty writes a value as JSON with two spaces of indentation.
func pretty(value any) []string {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(compact(value)), "", "  "); err != nil {
		return []string{compact(value)}
	}
	return strings.Split(out.String(), "\n")
}

func writeJSON(out *bytes.Buffer, value any) {
	switch v := value.(type) {
	case *jsonsample.Object:
		out.WriteByte('{')
		for i, key := range v.Keys {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(facts.CompactJSON(key) + ":")
			writeJSON(out, v.Values[key])
		}
		out.WriteByte('}')
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			writeJSON(out, item)
		}
		out.WriteByte(']')
	default:
		out.WriteString(facts.CompactJSON(v))
	}
}

// canonicalJSON returns the value as facts compare it.
func canonicalJSON(value any) string {
	decoder := json.NewDecoder(strings.NewReader(compact(value)))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return ""
	}
	return facts.CanonicalValue(plain)
}
