package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/spec"
)

// exchange is one request and its answer, as they were on the wire, and what the judge says of them.
type exchange struct {
	operation    string // operationId; empty when the spec has no such operation
	request      *http.Request
	body         []byte
	requestPos   facts.Pos // where the spec describes the request
	requestFault error     // why the request does not fit the spec; nil when it does

	status      int // 0 when no answer came
	answer      []byte
	answerPos   facts.Pos
	answerFault error
}

// judge stands between client and service as a round tripper. It holds what passes against the spec and keeps it; it
// changes nothing and stops nothing, so that the client behaves as it would without it.
type judge struct {
	next   http.RoundTripper
	router routers.Router
	spec   *facts.Document // knows the lines

	seen []exchange
}

func newJudge(file string, data []byte, next http.RoundTripper) (*judge, error) {
	document, err := spec.LoadData(file, data)
	if err != nil {
		return nil, err
	}
	document.Servers = nil // the sandbox stands for the server of the spec; only the path counts
	router, err := legacy.NewRouter(document)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	lines, err := facts.Read(file, data)
	if err != nil {
		return nil, err
	}
	return &judge{next: next, router: router, spec: lines}, nil
}

func (j *judge) RoundTrip(r *http.Request) (*http.Response, error) {
	x := exchange{request: r}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			return nil, err
		}
		x.body = body
	}
	send := r.Clone(r.Context())
	if r.Body != nil {
		send.Body = io.NopCloser(bytes.NewReader(x.body))
	}
	input, err := j.route(r, x.body)
	if err != nil {
		x.requestFault = err
	} else {
		x.operation = input.Route.Operation.OperationID
		if said := j.spec.Operation(x.operation); said != nil {
			x.requestPos = said.Pos
		}
		x.requestFault = openapi3filter.ValidateRequest(r.Context(), input)
	}

	response, err := j.next.RoundTrip(send)
	if err != nil {
		j.seen = append(j.seen, x)
		return nil, err
	}
	answer, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		j.seen = append(j.seen, x)
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(answer))
	x.status, x.answer = response.StatusCode, answer
	if input != nil {
		x.answerPos, x.answerFault = j.judgeAnswer(input, response.Header, x.status, answer)
	}
	j.seen = append(j.seen, x)
	return response, nil
}

// route finds the operation of a request in the spec.
func (j *judge) route(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, error) {
	read := r.Clone(r.Context())
	read.Body = io.NopCloser(bytes.NewReader(body))
	read.GetBody = nil // kin-openapi would read it instead, which shows what the client meant, not what it sent
	route, path, err := j.router.FindRoute(read)
	if err != nil {
		return nil, fmt.Errorf("the spec has no operation %s %s", r.Method, r.URL.EscapedPath())
	}
	return &openapi3filter.RequestValidationInput{
		Request: read, Route: route, PathParams: path,
		Options: &openapi3filter.Options{
			MultiError:                        true,
			IncludeResponseStatus:             true,                               // an undocumented status is a fault
			RejectWhenRequestBodyNotSpecified: route.Operation.RequestBody == nil, // otherwise it would refuse every body
			SkipSettingDefaults:               true,                               // what was sent is judged, not what could have been
			AuthenticationFunc:                hasBearer,
		},
	}, nil
}

func hasBearer(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	token, ok := strings.CutPrefix(in.RequestValidationInput.Request.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return errors.New("the Authorization header holds no bearer token")
	}
	return nil
}

func (j *judge) judgeAnswer(input *openapi3filter.RequestValidationInput, header http.Header, status int, body []byte) (facts.Pos, error) {
	var pos facts.Pos
	if operation := j.spec.Operation(input.Route.Operation.OperationID); operation != nil {
		said, _ := operation.Get(facts.Response(strconv.Itoa(status)), facts.Present)
		pos = said.Pos
	}
	return pos, openapi3filter.ValidateResponse(input.Request.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Options: input.Options,
		Status: status, Header: header, Body: io.NopCloser(bytes.NewReader(body)),
	})
}
