package judge

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// request judges a request whose operation is known.
func (j *Judge) request(f *finding, r *http.Request, body []byte, values map[string]string) {
	parameters := f.route.parameters()
	headers, query := j.credentialPlaces(f.route)
	f.pathValues(values)
	f.query(r.URL.RawQuery, parameters, query)
	j.requestHeader(f, r.Header, parameters, headers)
	f.cookies(r, parameters, headers)
	j.credentials(f, r, headers, query)
	f.accept(r.Header.Values("Accept"))
	f.requestBody(r, body)
	j.kinRequest(f, r, values)
}

// pathValues refuses what leads to another path as soon as somebody normalises it.
func (f *finding) pathValues(values map[string]string) {
	for _, p := range f.route.parameters() {
		if value, there := values[p.Name]; there && p.In == "path" && p.Schema != nil && p.Schema.Value != nil {
			f.parameter(p, f.at(p.Origin), "path "+p.Name, p.Name, value)
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
		pos := f.atOperation()
		for _, p := range f.route.parameters() {
			if p.In == "path" && p.Name == name {
				pos = f.at(p.Origin)
			}
		}
		f.add(rule, pos, "path "+name, "%s", why)
	}
}

// requestBody judges a body.
func (f *finding) requestBody(r *http.Request, body []byte) {
	if r.ContentLength > 0 && r.ContentLength != int64(len(body)) {
		f.add(Length, f.atOperation(), "body", "has %d bytes, and its Content-Length says %d", len(body), r.ContentLength)
	}
	f.lengthHeader(r.Header, len(body))
	declared := f.route.op.RequestBody
	switch {
	case declared == nil || declared.Value == nil:
		if len(body) > 0 {
			f.add(UndeclaredBody, f.atOperation(), "body", "has %d bytes, and the operation takes none", len(body))
		}
	case len(body) == 0:
		if declared.Value.Required {
			f.put(Violation{Rule: Schema, Keyword: "required", Pos: f.at(declared.Value.Origin), Where: "body", Text: "is required"})
		}
	case r.Header.Get("Content-Encoding") != "" && r.Header.Get("Content-Encoding") != "identity":
		f.add(Encoding, f.atOperation(), "header Content-Encoding", "%s was not negotiated", show(r.Header.Get("Content-Encoding")))
	default:
		f.content(r.Header, body, declared.Value.Content)
	}
}
