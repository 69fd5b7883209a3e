package judge

import (
	"net/http"
	"strings"
	"unicode"
)

// request judges a request whose operation is known.
func (j *Judge) request(f *finding, r *http.Request, body []byte, values map[string]string) {
	parameters := f.route.parameters()
	headers, query := j.credentialPlaces(f.route)
	f.pathValues(values)
	f.query(r.URL.RawQuery, parameters, query)
	j.requestHeader(f, r.Header, parameters, headers)
	f.cookies(r, parameters, headers)
	f.credentials(r, headers, query)
	f.accept(r.Header.Values("Accept"))
	readable := f.requestBody(r, body)
	j.kinRequest(f, r, body, values, readable)
}

// pathValues refuses what leads to another path as soon as somebody normalises it.
func (f *finding) pathValues(values map[string]string) {
	for _, p := range f.route.parameters() {
		if value, there := values[p.Name]; there && p.In == "path" && p.Schema != nil && p.Schema.Value != nil {
			f.numberForm(p.Schema.Value, f.at(p.Origin), "path "+p.Name, value)
			f.format(p.Schema.Value, "path "+p.Name, value)
		}
	}
	for name, value := range values {
		var why string
		switch {
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
		f.add(PathSegment, pos, "path "+name, "%s", why)
	}
}

// requestBody judges a body by what kin-openapi does not look at; false says that its schema cannot be asked.
func (f *finding) requestBody(r *http.Request, body []byte) bool {
	if r.ContentLength > 0 && r.ContentLength != int64(len(body)) {
		f.add(Length, f.atOperation(), "body", "has %d bytes, and its Content-Length says %d", len(body), r.ContentLength)
	}
	f.lengthHeader(r.Header, len(body))
	declared := f.route.op.RequestBody
	if len(body) == 0 {
		return true // whether there must be one, kin-openapi knows
	}
	if declared == nil || declared.Value == nil {
		f.add(UndeclaredBody, f.atOperation(), "body", "has %d bytes, and the operation takes none", len(body))
		return false
	}
	if e := r.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		f.add(Encoding, f.atOperation(), "header Content-Encoding", "%s was not negotiated", show(e))
		return false
	}
	return f.content(r.Header, body, declared.Value.Content)
}
