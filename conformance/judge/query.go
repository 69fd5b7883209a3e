package judge

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

type pair struct{ name, value string }

// query judges the raw query, since parsing it forgets order, repetition and what was malformed.
func (f *finding) query(raw string, parameters []*openapi3.Parameter, credentials map[string]bool) {
	seen := map[string]int{}
	for _, p := range f.pairs(raw, MalformedQuery, "query") {
		parameter, free := queryParameter(parameters, p.name)
		switch {
		case credentials[p.name]:
			continue // judged with the credentials
		case parameter == nil:
			f.add(UndeclaredQuery, f.atOperation(), "query "+p.name, "is not declared; the operation has %s", names(parameters, "query"))
			continue
		}
		where, pos := "query "+p.name, f.at(parameter.Origin)
		if seen[p.name]++; seen[p.name] == 2 && !free && !explodes(parameter) {
			f.add(RepeatedQuery, pos, where, "comes more than once")
		}
		f.parameter(parameter, pos, where, p.name, p.value)
	}
}

// pairs splits name=value&name=value.
func (f *finding) pairs(raw string, rule Rule, where string) []pair {
	if raw == "" {
		return nil
	}
	var out []pair
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" || strings.Contains(part, ";") {
			f.add(rule, f.atOperation(), where, "has a part %s that is no name=value", show(part))
			continue
		}
		if i := strings.IndexFunc(part, mustEscape); i >= 0 {
			f.add(rule, f.atOperation(), where, "has a character in %s that must be escaped", show(part))
		}
		name, value, _ := strings.Cut(part, "=")
		name, badName := url.QueryUnescape(name)
		value, badValue := url.QueryUnescape(value)
		if badName != nil || badValue != nil {
			f.add(rule, f.atOperation(), where, "has an escape in %s that cannot be read", show(part))
			continue
		}
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			f.add(Unicode, f.atOperation(), where+" "+strings.ToValidUTF8(name, "?"), "is not UTF-8")
		}
		out = append(out, pair{name, value})
	}
	return out
}

// mustEscape says that no URL and no form holds the character as it is. (RFC 3986 lets less pass, and the URL standard of
// the browsers escapes no more.)
func mustEscape(r rune) bool { return r <= ' ' || r >= 0x7f || r == '"' || r == '<' || r == '>' }

// queryParameter finds the parameter that a name on the wire belongs to: itself, the object in filter[color], or the
// object whose properties travel as parameters of their own. free says that the property is a list, and may come again.
func queryParameter(parameters []*openapi3.Parameter, name string) (found *openapi3.Parameter, free bool) {
	for _, p := range parameters {
		if p.In != openapi3.ParameterInQuery || p.Schema == nil && p.Name != name {
			continue
		}
		switch {
		case p.Name == name && !spread(p):
			return p, false
		case p.Style == "deepObject" && strings.HasPrefix(name, p.Name+"["):
			if keys, ok := deepKeys(name); ok && deeply(p.Schema.Value, keys) {
				return p, listProperty(p, keys[0])
			}
		case p.Style != "deepObject" && spread(p) && declares(p.Schema.Value, name):
			return p, listProperty(p, name)
		}
	}
	return nil, false
}

// spread says that the parameter is an object whose values travel under names of their own.
func spread(p *openapi3.Parameter) bool {
	if p.Schema == nil || p.Style == "deepObject" {
		return p.Style == "deepObject"
	}
	all := parts(p.Schema.Value)
	other := slices.ContainsFunc(all, func(s *openapi3.Schema) bool { return s.Type != nil && !s.Type.Is("object") })
	return (p.Style == "" || p.Style == "form") && (p.Explode == nil || *p.Explode) && mayBe(p.Schema.Value, "object") && !other
}

// deeply says whether an object may have a value at the end of keys.
func deeply(s *openapi3.Schema, keys []string) bool {
	if !declares(s, keys[0]) {
		return false
	}
	if len(keys) == 1 {
		return true
	}
	for _, p := range parts(s) {
		for _, below := range namedBy(p, keys[0]) {
			if mayBe(below, "object") && deeply(below, keys[1:]) {
				return true
			}
		}
	}
	return open(parts(s))
}

func listProperty(p *openapi3.Parameter, key string) bool {
	for _, s := range parts(p.Schema.Value) {
		if ref := s.Properties[key]; ref != nil && mayBe(ref.Value, "array") {
			return true
		}
	}
	return false
}

func explodes(p *openapi3.Parameter) bool {
	return (p.Explode == nil || *p.Explode) && (p.Style == "" || p.Style == "form") && p.Schema != nil && mayBe(p.Schema.Value, "array")
}

var (
	jsonInteger = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	jsonNumber  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

// parameter judges a value that is not JSON: whether there is one, whether numbers have JSON's form, whether texts mean what
// their format says. A value that is JSON is judged as a body is.
func (f *finding) parameter(p *openapi3.Parameter, pos, where, name, text string) {
	if text == "" {
		rule := EmptyQuery
		if p.In != openapi3.ParameterInQuery {
			rule = EmptyHeader
		}
		if !p.AllowEmptyValue && !namesEmpty(p.Schema) {
			f.add(rule, pos, where, "is empty; leave it out or give it a value")
		}
		return
	}
	if untyped(p) {
		f.untyped(p, where, text)
	}
	for kind, media := range p.Content {
		if isJSON(kind) {
			if value, ok := f.jsonText(where, []byte(text)); ok && media.Schema != nil {
				if f.status != 0 { // of an answer's headers, kin-openapi looks only at those with a schema
					f.schema(where, value, media.Schema.Value)
				}
				f.value(media.Schema.Value, where, value, nil)
			}
		}
	}
	for _, key := range undeclaredKeys(p, text) {
		f.add(UndeclaredQuery, pos, where, "has a key %s that is not declared; it has %s", show(key), keyNames(parts(p.Schema.Value)))
	}
	for _, l := range leaves(p, name, text) {
		f.numberForm(l.schema, pos, where, l.text)
		f.format(l.schema, where, l.text)
	}
}

// numberForm judges a text that stands for a number or a truth.
func (f *finding) numberForm(s *openapi3.Schema, pos, where, text string) {
	for _, p := range conjuncts(s) {
		switch {
		case p.Type.Is("integer") && !jsonInteger.MatchString(text), p.Type.Is("number") && !jsonNumber.MatchString(text):
			f.add(NumberForm, pos, where, "%s is not a %s in plain digits", show(text), p.Type.Slice()[0])
		case p.Type.Is("boolean") && text != "true" && text != "false":
			f.add(NumberForm, pos, where, "%s is neither true nor false", show(text))
		}
	}
}

// namesEmpty says that the schema itself lists the empty text.
func namesEmpty(ref *openapi3.SchemaRef) bool {
	return ref != nil && ref.Value != nil && slices.Contains(ref.Value.Enum, any(""))
}

func names(parameters []*openapi3.Parameter, in string) string {
	var out []string
	for _, p := range parameters {
		if p.In == in {
			out = append(out, p.Name)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}
