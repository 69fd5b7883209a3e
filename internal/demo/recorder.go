package main

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/spec"
)

// exchange is one request and its response, as they were on the wire, with the verdicts of the judge.
type exchange struct {
	file           string // the spec of its section
	request        *http.Request
	body           []byte
	requestVerdict judge.Verdict
	requestPos     facts.Pos // where the spec describes the request

	status        int // 0 without a response
	answer        []byte
	answerVerdict judge.Verdict
	answerPos     facts.Pos
}

// operation returns the operationId of the exchange; "" if the spec has no such operation.
func (x exchange) operation() string { return x.requestVerdict.Operation }

// recorder is a round tripper that judges and records requests and responses without changing them.
type recorder struct {
	next     http.RoundTripper
	sections []*section

	exchanges []exchange
}

// section is a spec and its judge.
type section struct {
	file  string
	judge *judge.Judge
	spec  *facts.Document // with the lines
}

func readSection(file string, data []byte) (*section, error) {
	document, err := judge.Load(file, data)
	if err != nil {
		return nil, err
	}
	strict, err := judge.New(document, judge.WithFile(file))
	if err != nil {
		return nil, err
	}
	lines, err := facts.Read(file, data)
	if err != nil {
		return nil, err
	}
	return &section{file, strict, lines}, nil
}

var locationsSection = sync.OnceValues(func() (*section, error) { return readSection("spec/locations.yaml", spec.Locations) })

// judgeRequest judges a request by the section with its operation, or by the first one.
func (r *recorder) judgeRequest(request *http.Request) (*section, judge.Verdict) {
	for _, s := range r.sections {
		if v := s.judge.Request(request); v.Operation != "" {
			return s, v
		}
	}
	return r.sections[0], r.sections[0].judge.Request(request)
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	var x exchange
	defer func() { r.exchanges = append(r.exchanges, x) }()
	x.request = request
	sent := request.Clone(request.Context())
	var err error
	if x.body, err = readAndRestore(&sent.Body); err != nil {
		return nil, err
	}
	at, verdict := r.judgeRequest(sent)
	x.file, x.requestVerdict = at.file, verdict
	described := at.spec.Operation(x.operation())
	if described != nil {
		x.requestPos = described.Pos
	}

	response, err := r.next.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	if x.answer, err = readAndRestore(&response.Body); err != nil {
		return nil, err
	}
	x.status = response.StatusCode
	x.answerVerdict = at.judge.Response(sent, response)
	if described != nil {
		said, _ := described.Get(facts.Response(strconv.Itoa(x.status)), facts.Present)
		x.answerPos = said.Pos
	}
	return response, nil
}

// readAndRestore reads a body to its end, and makes it readable again.
func readAndRestore(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	data, err := io.ReadAll(*body)
	_ = (*body).Close()
	*body = io.NopCloser(bytes.NewReader(data))
	return data, err
}

// violations lists the violations of a message in one line.
func violations(v judge.Verdict) string {
	var each []string
	for _, fault := range v.Violations {
		text := fault.Where + ": " + fault.Text
		if fault.Pos != "" {
			text += " (" + fault.Pos + ")"
		}
		each = append(each, text)
	}
	return strings.Join(each, "; ")
}
