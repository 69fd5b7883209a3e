package judge

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// leaf is one scalar of a parameter: all of it, an item of a list, a value of an object.
type leaf struct {
	schema *openapi3.Schema
	text   string
}

// leaves takes a parameter's text apart, by its style. name is the one on the wire, which for objects says more than the
// parameter's. What does not follow the style yields nothing; kin-openapi tells.
func leaves(p *openapi3.Parameter, name, text string) []leaf {
	if p.Schema == nil || p.Schema.Value == nil {
		return nil
	}
	s := p.Schema.Value
	style, explode := p.Style, p.Explode != nil && *p.Explode
	if style == "" {
		style = openapi3.SerializationSimple
		if p.In == openapi3.ParameterInQuery || p.In == openapi3.ParameterInCookie {
			style = openapi3.SerializationForm
		}
	}
	if p.Explode == nil {
		explode = style == openapi3.SerializationForm
	}
	separator := ","
	switch style {
	case openapi3.SerializationLabel:
		var ok bool
		if text, ok = strings.CutPrefix(text, "."); !ok {
			return nil
		}
		if explode {
			separator = "."
		}
	case openapi3.SerializationMatrix:
		var ok bool
		if text, ok = strings.CutPrefix(text, ";"+p.Name+"="); !ok {
			return nil
		}
		if explode {
			separator = ";" + p.Name + "="
		}
	case openapi3.SerializationPipeDelimited:
		separator = "|"
	case openapi3.SerializationSpaceDelimited:
		separator = " "
	case openapi3.SerializationDeepObject:
		return deep(s, name, text)
	}
	switch {
	case mayBe(s, "array") && p.In == openapi3.ParameterInQuery && explode:
		return items(s, []string{text})
	case mayBe(s, "array"):
		texts := strings.Split(text, separator)
		if p.In == openapi3.ParameterInHeader {
			for i := range texts {
				texts[i] = strings.TrimSpace(texts[i])
			}
		}
		return items(s, texts)
	case mayBe(s, "object") && p.In == openapi3.ParameterInQuery && explode:
		return property(s, name, text)
	case mayBe(s, "object"):
		return pairwise(s, strings.Split(text, separator), explode)
	}
	return []leaf{{s, text}}
}

// items are the leaves of a list.
func items(s *openapi3.Schema, texts []string) []leaf {
	var out []leaf
	for _, p := range conjuncts(s) {
		if p.Items == nil || p.Items.Value == nil {
			continue
		}
		for _, text := range texts {
			out = append(out, leaf{p.Items.Value, text})
		}
	}
	return out
}

// property are the leaves of one value of an object.
func property(s *openapi3.Schema, key, text string) []leaf {
	var out []leaf
	for _, p := range conjuncts(s) {
		switch ref := p.Properties[key]; {
		case ref == nil || ref.Value == nil:
		case mayBe(ref.Value, "array"):
			out = append(out, items(ref.Value, []string{text})...)
		default:
			out = append(out, leaf{ref.Value, text})
		}
	}
	return out
}

// pairwise are the leaves of an object that is written as key,value or key=value.
func pairwise(s *openapi3.Schema, texts []string, joined bool) []leaf {
	var out []leaf
	for i := 0; i < len(texts); i++ {
		key, text, ok := strings.Cut(texts[i], "=")
		if !joined {
			key, text, ok = texts[i], "", i+1 < len(texts)
			if i++; ok {
				text = texts[i]
			}
		}
		if ok {
			out = append(out, property(s, key, text)...)
		}
	}
	return out
}

// undeclaredKeys are those of an object in one text that its schema does not have; kin-openapi drops them.
func undeclaredKeys(p *openapi3.Parameter, text string) []string {
	if p.Schema == nil || !mayBe(p.Schema.Value, "object") {
		return nil
	}
	explode := p.Explode != nil && *p.Explode
	switch {
	case p.In == openapi3.ParameterInQuery && (explode || p.Explode == nil || p.Style != "" && p.Style != openapi3.SerializationForm):
		return nil // its keys are the names of parameters
	case p.Style == openapi3.SerializationLabel || p.Style == openapi3.SerializationMatrix:
		return nil
	}
	var out []string
	for i, key := range strings.Split(text, ",") {
		if explode {
			key, _, _ = strings.Cut(key, "=")
		} else if i%2 != 0 {
			continue
		}
		if key = strings.TrimSpace(key); !declares(p.Schema.Value, key) {
			out = append(out, key)
		}
	}
	return out
}

// deep are the leaves of name[key] and name[key][key].
func deep(s *openapi3.Schema, name, text string) []leaf {
	keys, ok := deepKeys(name)
	if !ok {
		return nil
	}
	for _, key := range keys[:len(keys)-1] {
		var next *openapi3.Schema
		for _, p := range conjuncts(s) {
			if ref := p.Properties[key]; ref != nil {
				next = ref.Value
			}
		}
		if next == nil {
			return nil
		}
		s = next
	}
	return property(s, keys[len(keys)-1], text)
}

// deepKeys are the keys in the brackets behind a name.
func deepKeys(name string) ([]string, bool) {
	_, inside, ok := strings.Cut(name, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	if !ok || !closed {
		return nil, false
	}
	keys := strings.Split(inside, "][")
	for _, key := range keys {
		if key == "" || strings.ContainsAny(key, "[]") {
			return nil, false
		}
	}
	return keys, true
}

// conjuncts are the schemas that all hold: the schema itself, and what it takes in with allOf.
func conjuncts(s *openapi3.Schema) []*openapi3.Schema {
	out := []*openapi3.Schema{s}
	for i := 0; i < len(out); i++ {
		for _, ref := range out[i].AllOf {
			if ref.Value != nil && !contains(out, ref.Value) {
				out = append(out, ref.Value)
			}
		}
	}
	return out
}

func contains(list []*openapi3.Schema, s *openapi3.Schema) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}
