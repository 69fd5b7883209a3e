package judge

import (
	"cmp"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// query judges the raw query, because parsing it loses order, repetition and malformed parts.
func (c *check) query(raw string, parameters []*openapi3.Parameter, credentials map[string]bool) {
	seen := map[string]int{}
	values := map[*openapi3.Parameter][]pair{}
	reserved := func(name string) bool {
		p, _ := c.queryParameter(parameters, name)
		return p != nil && p.AllowReserved
	}
	for _, one := range c.pairs(raw, MalformedQuery, "query", reserved) {
		p, free := c.queryParameter(parameters, one.name)
		switch {
		case credentials[one.name]:
			continue // judged with the credentials
		case p == nil:
			c.add(UndeclaredQuery, c.atOperation(), "query "+one.name, "is not declared; the operation has %s", names(parameters, "query"))
			continue
		}
		if seen[one.name]++; seen[one.name] > 1 && !free && !repeats(p) {
			c.add(RepeatedQuery, c.at(p.Origin), "query "+one.name, "comes more than once")
			continue
		}
		values[p] = append(values[p], one)
	}
	for _, p := range parameters {
		switch {
		case p.In != openapi3.ParameterInQuery:
		case len(values[p]) == 0:
			c.required(p, "query "+p.Name)
		default:
			c.parameter(p, c.at(p.Origin), "query "+p.Name, values[p])
		}
	}
}

// pairs splits name=value&name=value. A semicolon, which some servers treat as an ampersand, is allowed only in the value of
// a name that may have reserved characters.
func (c *check) pairs(raw string, rule Rule, where string, reserved func(name string) bool) []pair {
	if raw == "" {
		return nil
	}
	var out []pair
	for part := range strings.SplitSeq(raw, "&") {
		rawName, rawValue, _ := strings.Cut(part, "=")
		name, badName := url.QueryUnescape(rawName)
		value, badValue := url.QueryUnescape(rawValue)
		if part == "" || strings.Contains(rawName, ";") || strings.Contains(rawValue, ";") && !reserved(name) {
			c.add(rule, c.atOperation(), where, "has a part %s that is not name=value", show(part))
			continue
		}
		if i := strings.IndexFunc(part, mustEscape); i >= 0 {
			c.add(rule, c.atOperation(), where, "has a character in %s that must be escaped", show(part))
		}
		if badName != nil || badValue != nil {
			c.add(rule, c.atOperation(), where, "has an escape in %s that cannot be read", show(part))
			continue
		}
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			c.add(Unicode, c.atOperation(), where+" "+strings.ToValidUTF8(name, "?"), "is not UTF-8")
		}
		out = append(out, pair{name, value})
	}
	return out
}

// mustEscape reports whether the character must be escaped in every URL and form. (RFC 3986 allows fewer characters, and the
// URL standard of the browsers escapes no more.)
func mustEscape(r rune) bool { return r <= ' ' || r >= 0x7f || r == '"' || r == '<' || r == '>' }

// queryParameter finds the parameter that a name on the wire belongs to: the one of that name, the object in filter[color],
// or the object whose properties are sent as parameters of their own. free reports whether the property is a list, so that
// the name may appear several times.
func (c *check) queryParameter(parameters []*openapi3.Parameter, name string) (found *openapi3.Parameter, free bool) {
	for _, p := range parameters {
		if p.In != openapi3.ParameterInQuery || p.Schema == nil && p.Name != name {
			continue
		}
		if !spread(p) {
			if p.Name == name {
				return p, false
			}
			continue
		}
		keys, ok := []string{name}, true
		if p.Style == openapi3.SerializationDeepObject {
			keys, ok = deepKeys(name)
			ok = ok && strings.HasPrefix(name, p.Name+"[")
		}
		if !ok {
			continue
		}
		if declared, list := c.leads(p.Schema.Value, keys); declared {
			return p, list
		}
	}
	return nil, false
}

// leads reports whether an object may have a value at the end of keys, and whether that is a list.
func (c *check) leads(s *openapi3.Schema, keys []string) (declared, list bool) {
	all := schema.Parts(s)
	found := c.schemasAt(all, keys[0])
	if len(found) == 0 {
		return schema.Open(all), false
	}
	for _, below := range found {
		switch {
		case len(keys) == 1:
			declared, list = true, list || schema.MayBe(below, "array")
		case schema.MayBe(below, "object") || schema.MayBe(below, "array"):
			deeper, isList := c.leads(below, keys[1:])
			declared, list = declared || deeper, list || isList
		}
	}
	return declared, list
}

func names(parameters []*openapi3.Parameter, in string) string {
	var out []string
	for _, p := range parameters {
		if p.In == in {
			out = append(out, p.Name)
		}
	}
	return cmp.Or(strings.Join(out, ", "), "none")
}
