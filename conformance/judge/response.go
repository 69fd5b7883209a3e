package judge

import (
	"cmp"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// response judges a response whose operation is known.
func (c *check) response(r *http.Request, resp *http.Response, body []byte) {
	declared := responseOf(c.route.op, resp.StatusCode)
	if declared == nil && resp.StatusCode == http.StatusNotModified && conditional(r.Header) {
		declared = &openapi3.Response{} // HTTP itself defines this response to such a request
	}
	if declared == nil {
		c.add(Status, c.atOperation(), "status", "%d is not documented; the operation has %s", resp.StatusCode, statuses(c.route.op))
		c.responseHeader(resp.Header, nil)
		return
	}
	c.responseHeader(resp.Header, declared.Headers)
	if !bodiless(r, resp) {
		c.length(resp.Header, resp.ContentLength, len(body))
	}
	switch none := bodiless(r, resp) || len(declared.Content) == 0; {
	case none && len(body) > 0 && forwarding(resp):
	case none && len(body) > 0:
		c.add(UndeclaredBody, c.at(declared.Origin), "body", "has %d bytes where none may be", len(body))
	case none:
	case len(body) == 0:
		c.add(EmptyBody, c.at(declared.Origin), "body", "is empty where content is declared")
	default:
		if plain, ok := c.decoded(r, resp.Header, body); ok {
			c.content(resp.Header, plain, declared.Content)
		}
	}
}

func responseOf(op *openapi3.Operation, status int) *openapi3.Response {
	if op.Responses == nil {
		return nil
	}
	if ref := cmp.Or(op.Responses.Status(status), op.Responses.Default()); ref != nil {
		return ref.Value
	}
	return nil
}

func statuses(op *openapi3.Operation) string {
	if op.Responses == nil || op.Responses.Len() == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(op.Responses.Map())), ", ")
}

// forwarding reports whether a body is the short note with a link that servers send with a redirect (RFC 9110, section
// 15.4), which no document declares.
func forwarding(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		return err == nil && resp.Header.Get("Location") != "" && (kind == "text/html" || kind == "text/plain")
	}
	return false
}

// conditional reports whether a request asks for a response only if something has changed.
func conditional(h http.Header) bool {
	return h.Get("If-None-Match") != "" || h.Get("If-Modified-Since") != ""
}

// bodiless reports whether HTTP itself forbids a body.
func bodiless(r *http.Request, resp *http.Response) bool {
	return r.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusResetContent ||
		resp.StatusCode == http.StatusNotModified || resp.StatusCode < 200
}
