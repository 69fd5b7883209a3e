package console

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// judgedRequest is a request in the log with its verdict.
type judgedRequest struct {
	sandbox.Request
	Verdict  []violation `json:"verdict"`
	Unjudged string      `json:"unjudged"` // why it, or a part of it, was not judged
}

type violation struct {
	Text string `json:"text"`
	Line string `json:"line"` // of the spec
	Spec string `json:"spec"` // the text around that line, when one request is shown
}

// judge checks a request and its response against the document that has the operation.
func (c *Console) judge(r sandbox.Request) judgedRequest {
	r.RequestHeader = r.RequestHeader.Clone()
	r.RequestHeader.Del(callHeader) // the form did not have it
	out := judgedRequest{Request: r, Verdict: []violation{}}
	if incomplete(r.RequestBody, r.RequestSize) {
		out.Unjudged = "The body of the request is not judged: the log does not have all of it."
		return out
	}
	for _, d := range c.documents {
		request := requestOf(r)
		verdict := d.judge.Request(request)
		if verdict.Operation == "" {
			continue
		}
		out.add("request: ", verdict)
		switch {
		case r.Status == 0:
			out.Unjudged = "There was no answer to judge."
		case r.ConnectionIsCut:
			out.Unjudged = "The answer is not judged: the connection was cut."
		case incomplete(r.ResponseBody, r.ResponseSize):
			out.Unjudged = "The answer is not judged: the log does not keep all of it."
		default:
			out.add("answer: ", d.judge.Response(requestOf(r), &http.Response{
				StatusCode: r.Status, Header: withoutLength(r.ResponseHeader), Body: io.NopCloser(bytes.NewReader(r.ResponseBody)),
				ContentLength: int64(len(r.ResponseBody)), Request: request,
			}))
		}
		return out
	}
	out.Unjudged = "No operation of the specs has this method and path."
	return out
}

// redactedToken replaces tokens in the log.
const redactedToken = "[token]"

// keptOfBody is how many bytes of a body the log of the sandbox stores.
const keptOfBody = 64 << 10

// incomplete reports whether the log has only a part of a body.
func incomplete(body []byte, size int) bool { return len(body) == 0 && size > 0 || size > keptOfBody }

// withoutLength returns headers without the length of a body in which secrets may have been redacted.
func withoutLength(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Content-Length")
	return h
}

func (s *judgedRequest) add(of string, v judge.Verdict) {
	for _, one := range v.Violations {
		s.Verdict = append(s.Verdict, violation{Text: of + one.Where + ": " + one.Text, Line: one.Pos})
	}
}

// requestOf rebuilds a request in the log. A word that is a valid token replaces a redacted token.
func requestOf(r sandbox.Request) *http.Request {
	target := "http://localhost" + r.Path
	if r.Query != "" {
		target += "?" + r.Query
	}
	request, err := http.NewRequest(r.Method, target, bytes.NewReader(r.RequestBody))
	if err != nil {
		request, _ = http.NewRequest(http.MethodGet, "http://localhost/", nil)
	}
	request.Header = r.RequestHeader.Clone()
	request.Header.Del("Content-Length") // it is the length before secrets were redacted
	request.Header.Del(sandbox.FaultHeader)
	for i, value := range request.Header["Authorization"] {
		request.Header["Authorization"][i] = strings.Replace(value, redactedToken, "redacted", 1)
	}
	return request
}
