package judge

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// pair is a name and a value as sent on the wire, without escapes.
type pair struct{ name, value string }

// styleOf returns how a parameter is written, with the defaults of OpenAPI.
func styleOf(p *openapi3.Parameter) (style string, explode bool) {
	style = p.Style
	if style == "" {
		style = openapi3.SerializationSimple
		if p.In == openapi3.ParameterInQuery || p.In == openapi3.ParameterInCookie {
			style = openapi3.SerializationForm
		}
	}
	if p.Explode != nil {
		return style, *p.Explode
	}
	return style, style == openapi3.SerializationForm
}

// spread reports whether the parameter is an object whose values are sent under names of their own.
func spread(p *openapi3.Parameter) bool {
	style, explode := styleOf(p)
	if style == openapi3.SerializationDeepObject {
		return true
	}
	if p.Schema == nil || style != openapi3.SerializationForm || !explode || !schema.MayBe(p.Schema.Value, "object") {
		return false
	}
	return !slices.ContainsFunc(schema.Parts(p.Schema.Value), func(s *openapi3.Schema) bool { return s.Type != nil && !s.Type.Includes("object") })
}

// repeats reports whether the parameter is a list whose items are sent under its name, one by one.
func repeats(p *openapi3.Parameter) bool {
	style, explode := styleOf(p)
	return explode && style == openapi3.SerializationForm && p.Schema != nil && schema.MayBe(p.Schema.Value, "array")
}

// styled reads the value of a parameter in the ways that its schema allows.
type styled struct {
	*check
	parameter  *openapi3.Parameter
	pos, where string
}

// readings returns the possible meanings of the values of a parameter, the likeliest first.
func (r styled) readings(pairs []pair) []reading {
	s := r.parameter.Schema.Value
	_, explode := styleOf(r.parameter)
	if r.parameter.In == openapi3.ParameterInQuery && spread(r.parameter) {
		values := map[string][]string{}
		for _, p := range pairs {
			values[p.name] = append(values[p.name], p.value)
		}
		return []reading{r.object([]*openapi3.Schema{s}, values)}
	}
	var out []reading
	if r.parameter.In == openapi3.ParameterInQuery && repeats(r.parameter) {
		texts := make([]string, len(pairs))
		for i, p := range pairs {
			texts[i] = p.value
		}
		out = append(out, r.list([]*openapi3.Schema{s}, texts))
	} else if schema.MayBe(s, "array") {
		if texts, ok := r.split(pairs[0].value, explode); ok {
			out = append(out, r.list([]*openapi3.Schema{s}, texts))
		}
	}
	if schema.MayBe(s, "object") {
		if keys, ok := r.pairwise(pairs[0].value, explode); ok {
			out = append(out, r.undeclared(r.object([]*openapi3.Schema{s}, keys), keys))
		}
	}
	if text, ok := r.unprefixed(pairs[0].value); ok && (len(out) == 0 || !onlyComposite(s)) {
		out = append(out, r.scalar([]*openapi3.Schema{s}, r.pos, r.where, text))
	}
	return out
}

// onlyComposite reports whether a schema describes only lists and objects.
func onlyComposite(s *openapi3.Schema) bool {
	return !slices.ContainsFunc([]string{"string", "number", "integer", "boolean"}, func(kind string) bool { return schema.MayBe(s, kind) })
}

// unprefixed removes the prefix of the styles of paths.
func (r styled) unprefixed(text string) (string, bool) {
	switch style, _ := styleOf(r.parameter); style {
	case openapi3.SerializationLabel:
		return strings.CutPrefix(text, ".")
	case openapi3.SerializationMatrix:
		return strings.CutPrefix(text, ";"+r.parameter.Name+"=")
	}
	return text, true
}

// split splits a list.
func (r styled) split(text string, explode bool) ([]string, bool) {
	text, ok := r.unprefixed(text)
	separator := ","
	switch style, _ := styleOf(r.parameter); {
	case style == openapi3.SerializationPipeDelimited:
		separator = "|"
	case style == openapi3.SerializationSpaceDelimited:
		separator = " "
	case style == openapi3.SerializationLabel && explode:
		separator = "."
	case style == openapi3.SerializationMatrix && explode:
		separator = ";" + r.parameter.Name + "="
	}
	return r.trimmed(strings.Split(text, separator)), ok
}

// trimmed removes the space around the items of a header, which has no meaning.
func (r styled) trimmed(texts []string) []string {
	if r.parameter.In == openapi3.ParameterInHeader {
		for i := range texts {
			texts[i] = strings.TrimSpace(texts[i])
		}
	}
	return texts
}

// pairwise splits an object that is written as key,value or key=value.
func (r styled) pairwise(text string, explode bool) (map[string][]string, bool) {
	separator := ","
	ok := true
	switch style, _ := styleOf(r.parameter); {
	case style == openapi3.SerializationMatrix && explode:
		text, ok = strings.CutPrefix(text, ";")
		separator = ";"
	case style == openapi3.SerializationLabel && explode:
		text, ok = strings.CutPrefix(text, ".")
		separator = "."
	default:
		text, ok = r.unprefixed(text)
	}
	texts := r.trimmed(strings.Split(text, separator))
	out := map[string][]string{}
	for i := 0; i < len(texts); i++ {
		key, value, joined := strings.Cut(texts[i], "=")
		if !explode {
			key, value, joined = texts[i], "", i+1 < len(texts)
			if i++; joined {
				value = texts[i]
			}
		}
		ok = ok && joined
		out[key] = append(out[key], value)
	}
	return out, ok
}

// list reads the items of a list.
func (r styled) list(schemas []*openapi3.Schema, texts []string) reading {
	all := schema.Parts(schemas...)
	out := reading{}
	list := make([]any, len(texts))
	for i, text := range texts {
		item := r.scalar(schema.Items(all, i), r.pos, r.where, text)
		list[i], out.faults = item.value, append(out.faults, item.faults...)
	}
	out.value = list
	return out
}

// undeclared adds the keys of an object in one string that its schema does not have.
func (r styled) undeclared(object reading, keys map[string][]string) reading {
	s := r.parameter.Schema.Value
	for key := range keys {
		if declared, _ := r.leads(s, []string{key}); !declared {
			object.faults = append(object.faults, Violation{Rule: UndeclaredQuery, Pos: r.pos, Where: r.where,
				Text: "has a key " + show(key) + " that is not declared; it has " + schema.Keys(schema.Parts(s))})
		}
	}
	return object
}
