package judge

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// response judges an answer whose operation is known.
func (j *Judge) response(f *finding, r *http.Request, resp *http.Response, body []byte, values map[string]string) {
	declared := answerOf(f.route.op, resp.StatusCode)
	if declared == nil {
		f.add(Status, f.atOperation(), "status", "%d is not documented; the operation has %s", resp.StatusCode, statuses(f.route.op))
		j.responseHeader(f, resp.Header, nil)
		return
	}
	j.responseHeader(f, resp.Header, declared.Headers)
	if resp.ContentLength >= 0 && resp.ContentLength != int64(len(body)) && !bodiless(r, resp) {
		f.add(Length, f.atOperation(), "body", "has %d bytes, and its Content-Length says %d", len(body), resp.ContentLength)
	}
	if !bodiless(r, resp) {
		f.lengthHeader(resp.Header, len(body))
	}
	switch {
	case len(body) > 0 && (bodiless(r, resp) || len(declared.Content) == 0):
		f.add(UndeclaredBody, f.at(declared.Origin), "body", "has %d bytes where none may be", len(body))
		return
	case bodiless(r, resp) || len(declared.Content) == 0:
		j.kinResponse(f, r, resp, nil, values)
		return
	case len(body) == 0:
		f.add(EmptyBody, f.at(declared.Origin), "body", "is empty where content is declared")
		return
	}
	header := resp.Header
	body, ok := f.decoded(r, header, body)
	if ok && f.content(header, body, declared.Content) {
		j.kinResponse(f, r, resp, body, values)
	}
}

func answerOf(op *openapi3.Operation, status int) *openapi3.Response {
	if op.Responses == nil {
		return nil
	}
	ref := op.Responses.Status(status)
	if ref == nil {
		ref = op.Responses.Default()
	}
	if ref == nil {
		return nil
	}
	return ref.Value
}

func statuses(op *openapi3.Operation) string {
	if op.Responses == nil || op.Responses.Len() == 0 {
		return "none"
	}
	var out []string
	for status := range op.Responses.Map() {
		out = append(out, status)
	}
	sortStrings(out)
	return strings.Join(out, ", ")
}

// bodiless says that HTTP itself allows no body.
func bodiless(r *http.Request, resp *http.Response) bool {
	return r.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusNotModified ||
		resp.StatusCode < 200
}

// decoded undoes the encoding that the request allowed.
func (f *finding) decoded(r *http.Request, h http.Header, body []byte) ([]byte, bool) {
	encoding := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding")))
	if encoding == "" || encoding == "identity" {
		return body, true
	}
	accepted := strings.ToLower(strings.Join(r.Header.Values("Accept-Encoding"), ","))
	if !strings.Contains(accepted, encoding) && !strings.Contains(accepted, "*") {
		f.add(Encoding, f.atOperation(), "header Content-Encoding", "%s was not asked for", show(encoding))
		return nil, false
	}
	if encoding != "gzip" {
		return nil, false // asked for, and not for us to read
	}
	plain, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(plain)
	}
	if err != nil {
		f.add(Encoding, f.atOperation(), "body", "is not gzip: %v", err)
		return nil, false
	}
	return body, true
}
