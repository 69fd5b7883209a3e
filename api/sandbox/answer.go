package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// answer is a response before it is sent.
type answer struct {
	status int
	kind   string // Content-Type
	body   []byte
	header http.Header

	refused string        // the reason, if it is a refusal
	delay   time.Duration // before it is sent
	cut     int           // see Fault.Cut
}

// asJSON returns a response with that body.
func asJSON(status int, body any) *answer {
	text, _ := json.Marshal(body) // strings, numbers, and values that were read from JSON
	return &answer{status: status, kind: "application/json; charset=utf-8", body: text}
}

// succeed returns the success that is documented for the operation.
func succeed(op *rest.Operation, body any) *answer {
	at := slices.IndexFunc(op.Statuses, func(status int) bool { return status/100 == 2 })
	return asJSON(op.Statuses[at], body) // every operation documents one
}

// refusal is the form of every error of the service.
type refusal struct {
	StatusCode int    `json:"statusCode"`
	Message    any    `json:"message"` // a string, or a list of strings
	Error      string `json:"error,omitzero"`
}

func refuse(status int, message string) *answer {
	r := refusal{StatusCode: status, Message: message}
	if status != http.StatusBadRequest { // the documented form of a 400 has two fields
		r.Error = http.StatusText(status)
	}
	a := asJSON(status, r)
	a.refused = message
	return a
}

// invalid responds as the service's validator does: with 422 and a list of all problems, or with 400 and one string if 422
// is not documented for the operation.
func invalid(op *rest.Operation, messages ...string) *answer {
	status := http.StatusUnprocessableEntity
	if !slices.Contains(op.Statuses, status) {
		return refuse(http.StatusBadRequest, strings.Join(messages, ", "))
	}
	a := asJSON(status, refusal{StatusCode: status, Message: messages, Error: http.StatusText(status)})
	a.refused = strings.Join(messages, ", ")
	return a
}

// notFound responds with 404 if that is documented for the operation, otherwise with 400, which the service is known to use too.
func notFound(op *rest.Operation, message string) *answer {
	if slices.Contains(op.Statuses, http.StatusNotFound) {
		return refuse(http.StatusNotFound, message)
	}
	return refuse(http.StatusBadRequest, message)
}

// set sets a header, or removes it if the value is empty.
func (a *answer) set(name, value string) {
	if a.header == nil {
		a.header = http.Header{}
	}
	if name = http.CanonicalHeaderKey(name); value == "" {
		a.header[name] = nil
		return
	}
	a.header.Set(name, value)
}

// finish adds the headers that every response has. The response's own headers take precedence.
func (a *answer) finish(common http.Header) {
	if a.kind != "" && bodyAllowed(a.status) {
		common.Set("Content-Type", a.kind)
	}
	maps.Copy(common, a.header) // a removed one stays as nil, or the server would add its own
	a.header = common
	if !bodyAllowed(a.status) {
		a.body = nil
	}
}

func bodyAllowed(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

// sent returns how many bytes of the body arrive, and whether the connection ends there.
func (a *answer) sent() (n int, cut bool) {
	if a.cut <= 0 {
		return len(a.body), a.cut == AtOnce
	}
	return min(a.cut, max(0, len(a.body)-1)), true
}

// write sends the response. For a cut it panics with [http.ErrAbortHandler], so that the server ends the connection.
func (a *answer) write(w http.ResponseWriter) {
	n, cut := a.sent()
	if a.cut == AtOnce {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), a.header)
	length := len(a.body)
	if cut {
		length = max(length, n+1) // so that something is missing
	}
	if bodyAllowed(a.status) {
		w.Header().Set("Content-Length", strconv.Itoa(length))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body[:n])
	if cut {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// response returns the response for a client without a network.
func (a *answer) response(r *http.Request) (*http.Response, error) {
	if a.cut == AtOnce {
		return nil, fmt.Errorf("sandbox: connection cut: %w", io.ErrUnexpectedEOF)
	}
	n, cut := a.sent()
	var body io.Reader = bytes.NewReader(a.body)
	if cut {
		body = io.MultiReader(bytes.NewReader(a.body[:n]), brokenOff{})
	}
	header := maps.Clone(a.header)
	maps.DeleteFunc(header, func(_ string, values []string) bool { return values == nil })
	return &http.Response{
		StatusCode: a.status, Status: fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(body), ContentLength: int64(len(a.body)), Request: r,
	}, nil
}

// brokenOff reads like a connection that was cut.
type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// wait waits for the delay of the response, and reports whether the client is still connected.
func (a *answer) wait(ctx context.Context, stopping <-chan struct{}) bool {
	if a.delay <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(a.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-stopping: // the rest of the delay is skipped
		return true
	case <-ctx.Done():
		return false
	}
}
