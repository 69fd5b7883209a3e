package judge

import (
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// elsewhere are the headers that a document describes elsewhere than in parameters and headers; their descriptions there are
// ignored (OpenAPI, Parameter Object and Response Object).
var elsewhere = set("Accept Authorization Content-Type")

// requestHeader judges the headers of a request; those with credentials are judged separately.
func (c *check) requestHeader(h http.Header, parameters []*openapi3.Parameter, credentials map[string]bool) {
	declared := map[string]*openapi3.Parameter{}
	for _, p := range parameters {
		if p.In == openapi3.ParameterInHeader {
			declared[http.CanonicalHeaderKey(p.Name)] = p
		}
	}
	c.header(h, declared, func(key string) bool {
		switch {
		case credentials[key] || key == "Authorization" && c.generous:
			return true
		case key == "Authorization" || key == "Proxy-Authorization":
			c.add(Credentials, c.atOperation(), "header "+key, "carries credentials that the operation does not ask for")
			return true
		case !standardRequest(key) && !c.headers[key]:
			c.add(UndeclaredHeader, c.atOperation(), "header "+key, "is neither declared nor a standard header; the operation has %s",
				names(parameters, "header"))
			return true
		}
		return false
	}, credentials)
}

// responseHeader judges the headers of a response.
func (c *check) responseHeader(h http.Header, described openapi3.Headers) {
	declared := map[string]*openapi3.Parameter{}
	for name, ref := range described {
		if ref.Value != nil {
			p := ref.Value.Parameter
			p.Name, p.In = http.CanonicalHeaderKey(name), openapi3.ParameterInHeader
			declared[p.Name] = &p
		}
	}
	c.header(h, declared, func(key string) bool {
		undeclared := !standardResponse(key) && !c.headers[key]
		if undeclared {
			c.add(UndeclaredHeader, c.atOperation(), "header "+key, "is neither declared nor a standard header")
		}
		return undeclared
	}, nil)
}

// header judges headers by their declarations. It passes the others to judged, which reports whether it has judged the
// header, so that nothing remains to be reported.
func (c *check) header(h http.Header, declared map[string]*openapi3.Parameter, judged func(key string) bool, credentials map[string]bool) {
	for _, key := range sorted(h) {
		p, values := declared[key], h[key]
		if credentials[key] {
			continue
		}
		if p == nil {
			if !judged(key) && len(values) > 1 && !listHeaders[key] && !c.headers[key] {
				c.add(repeatedRule(key), c.atOperation(), "header "+key, "comes more than once")
			}
			continue
		}
		where, pos := "header "+p.Name, c.at(p.Origin)
		list := p.Schema != nil && schema.MayBe(p.Schema.Value, "array")
		if len(values) > 1 && !listHeaders[key] && !list {
			c.add(RepeatedHeader, pos, where, "comes more than once")
		}
		if list {
			values = []string{strings.Join(values, ",")}
		}
		for _, value := range values {
			if !elsewhere[key] {
				c.parameter(p, pos, where, []pair{{p.Name, value}})
			}
		}
	}
	for key, p := range declared {
		if len(h[key]) == 0 && !credentials[key] {
			c.required(p, "header "+p.Name)
		}
	}
}

func repeatedRule(key string) Rule {
	if key == "Content-Type" {
		return MediaType
	}
	return RepeatedHeader
}

// fold combines headers that differ only in their spelling.
func fold(h http.Header) http.Header {
	out := http.Header{}
	for _, name := range sorted(h) {
		key := http.CanonicalHeaderKey(name)
		out[key] = append(out[key], h[name]...)
	}
	return out
}

// wellFormed judges whether headers can be sent at all.
func (c *check) wellFormed(h http.Header) {
	for _, name := range sorted(h) {
		if name == "" || strings.ContainsFunc(name, notToken) {
			c.add(MalformedHeader, "", "header "+show(name), "is not a name that a header can have")
		}
		for _, value := range h[name] {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				c.add(MalformedHeader, "", "header "+show(name), "has a control character in its value")
			}
		}
	}
}

// notToken reports whether a character is not allowed in a header name by RFC 9110.
func notToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

func sorted(h http.Header) []string {
	out := make([]string, 0, len(h))
	for name := range h {
		if len(h[name]) > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
