package judge

import (
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

// request judges a request whose operation is known.
func (c *check) request(r *http.Request, body []byte, values map[string]string) {
	parameters := c.route.parameters()
	headers, query := c.credentialPlaces(c.route)
	c.pathValues(values)
	c.query(r.URL.RawQuery, parameters, query)
	c.requestHeader(r.Header, parameters, headers)
	c.cookies(r, parameters, headers)
	c.credentials(r, headers, query)
	c.accept(r.Header.Values("Accept"))
	c.requestBody(r, body)
}

// pathValues refuses values that lead to another path when it is normalised.
func (c *check) pathValues(values map[string]string) {
	for _, p := range c.route.parameters() {
		if value, there := values[p.Name]; there && p.In == "path" && p.Schema != nil && p.Schema.Value != nil {
			c.parameter(p, c.at(p.Origin), "path "+p.Name, []pair{{p.Name, value}})
		}
	}
	for name, value := range values {
		var why string
		rule := PathSegment
		switch {
		case !utf8.ValidString(value):
			rule, why = Unicode, "is not UTF-8"
		case value == "." || value == "..":
			why = "is a dot segment, which leads to another path"
		case strings.ContainsFunc(value, unicode.IsControl):
			why = "holds a control character"
		default:
			continue
		}
		pos := c.atOperation()
		for _, p := range c.route.parameters() {
			if p.In == "path" && p.Name == name {
				pos = c.at(p.Origin)
			}
		}
		c.add(rule, pos, "path "+name, "%s", why)
	}
}

// requestBody judges a body.
func (c *check) requestBody(r *http.Request, body []byte) {
	known := r.ContentLength
	if known == 0 { // as in package http for a body whose length is not known
		known = -1
	}
	c.length(r.Header, known, len(body))
	declared := c.route.op.RequestBody
	switch {
	case declared == nil || declared.Value == nil:
		if len(body) > 0 {
			c.add(UndeclaredBody, c.atOperation(), "body", "has %d bytes, and the operation takes none", len(body))
		}
	case len(body) == 0 && !isEmptyForm(r.Header, declared.Value.Content):
		if declared.Value.Required {
			c.put(Violation{Rule: Schema, Keyword: "required", Pos: c.at(declared.Value.Origin), Where: "body", Text: "is required"})
		}
	case r.Header.Get("Content-Encoding") != "" && r.Header.Get("Content-Encoding") != "identity":
		c.add(Encoding, c.atOperation(), "header Content-Encoding", "%s was not negotiated", show(r.Header.Get("Content-Encoding")))
	default:
		c.content(r.Header, body, declared.Value.Content)
	}
}

// isEmptyForm reports whether an empty body is a form without fields.
func isEmptyForm(h http.Header, declared openapi3.Content) bool {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded" && mediaOf(declared, kind, params) != nil
}
