package judge

import (
	"mime"
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
	j.kinResponse(f, r, resp, declared, values)
	switch none := bodiless(r, resp) || len(declared.Content) == 0; {
	case none && len(body) > 0 && forwarding(resp):
	case none && len(body) > 0:
		f.add(UndeclaredBody, f.at(declared.Origin), "body", "has %d bytes where none may be", len(body))
	case none:
	case len(body) == 0:
		f.add(EmptyBody, f.at(declared.Origin), "body", "is empty where content is declared")
	default:
		if plain, ok := f.decoded(r, resp.Header, body); ok {
			f.content(resp.Header, plain, declared.Content)
		}
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
	return strings.Join(sortedKeys(op.Responses.Map()), ", ")
}

// forwarding says that a body is the short note with a link that HTTP has servers send along with a redirect (RFC 9110,
// section 15.4), which no document declares.
func forwarding(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		return err == nil && resp.Header.Get("Location") != "" && (kind == "text/html" || kind == "text/plain")
	}
	return false
}

// bodiless says that HTTP itself allows no body.
func bodiless(r *http.Request, resp *http.Response) bool {
	return r.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusResetContent ||
		resp.StatusCode == http.StatusNotModified || resp.StatusCode < 200
}
