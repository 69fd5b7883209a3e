package main

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// exchange is one request and its answer, as they were on the wire, and what the judge says of them.
type exchange struct {
	request        *http.Request
	body           []byte
	requestVerdict judge.Verdict
	requestPos     facts.Pos // where the spec describes the request

	status        int // 0 when no answer came
	answer        []byte
	answerVerdict judge.Verdict
	answerPos     facts.Pos
}

// operation is the operationId of the exchange; empty when the spec has no such operation.
func (x exchange) operation() string { return x.requestVerdict.Operation }

// witness stands between client and service as a round tripper. It has the judge look at what passes, and keeps it; it
// changes nothing and stops nothing, so that the client behaves as it would without it.
type witness struct {
	next  http.RoundTripper
	judge *judge.Judge
	spec  *facts.Document // knows the lines

	seen []exchange
}

func newWitness(file string, data []byte, next http.RoundTripper) (*witness, error) {
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
	return &witness{next: next, judge: strict, spec: lines}, nil
}

func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	var x exchange
	defer func() { w.seen = append(w.seen, x) }()
	x.request = r
	sent := r.Clone(r.Context())
	var err error
	if x.body, err = keep(&sent.Body); err != nil {
		return nil, err
	}
	x.requestVerdict = w.judge.Request(sent)
	described := w.spec.Operation(x.operation())
	if described != nil {
		x.requestPos = described.Pos
	}

	response, err := w.next.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	if x.answer, err = keep(&response.Body); err != nil {
		return nil, err
	}
	x.status = response.StatusCode
	x.answerVerdict = w.judge.Response(sent, response)
	if described != nil {
		said, _ := described.Get(facts.Response(strconv.Itoa(x.status)), facts.Present)
		x.answerPos = said.Pos
	}
	return response, nil
}

// keep reads a body to its end and puts it back.
func keep(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	data, err := io.ReadAll(*body)
	_ = (*body).Close()
	*body = io.NopCloser(bytes.NewReader(data))
	return data, err
}

// words says in a line what is wrong with a message.
func words(v judge.Verdict) string {
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
