package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/judge"
	"github.com/highlevel-go/snapshots/conformance/sample"
)

// caught is one request as it left the client.
type caught struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
	values map[string]string // of the path
	read   map[string]any    // what the judge reads in the parameters
	value  any               // what it reads in the body
}

// wire is the transport below a client: it records requests and returns the responses that it was created with.
type wire struct {
	mu      sync.Mutex
	sent    []caught
	wrong   []judge.Verdict
	answers []answer // the last one repeats
	front   http.RoundTripper
}

// answer is a response of the wire.
type answer struct {
	status int
	body   string
	header http.Header // that of JSON where it is nil
}

// newWire returns a wire with the judge in front of it.
func (s *suite) newWire(answers ...answer) *wire {
	w := &wire{answers: answers}
	w.front = &judge.Transport{
		Judge: s.judge, Next: roundTripper(w.answer),
		Report: func(v judge.Verdict) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.wrong = append(w.wrong, v)
		},
		Seen: func(v judge.Verdict) {
			if v.Response == nil {
				w.keep(v)
			}
			if v.OK() {
				s.tracker.Saw(v)
			}
		},
	}
	return w
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// RoundTrip catches a request.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) { return w.front.RoundTrip(r) }

func (w *wire) keep(v judge.Verdict) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, caught{v.Request.Method, v.Request.URL, v.Request.Header.Clone(), v.Body, v.PathValues, v.Parameters, v.Value})
}

func (w *wire) answer(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.answers[min(len(w.sent), len(w.answers))-1]
	if err := r.Context().Err(); err != nil {
		return nil, err // as every transport does
	}
	h := a.header.Clone()
	if h == nil && a.body != "" {
		h = http.Header{"Content-Type": {"application/json"}}
	}
	return &http.Response{
		StatusCode: a.status, Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: h, Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body)), Request: r,
	}, nil
}

// right returns the documented success, full of examples.
func (b *binding) right() answer {
	status := b.success()
	if s := b.answerSchema(status); s != nil {
		return b.documented(status, jsonText(sample.Received(s, sample.Full(s))))
	}
	return b.withoutSchema(status)
}

func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("a sample cannot be written: %v", err)) // samples are made of maps, lists and scalars
	}
	return string(text)
}

// refuseAll is a transport that refuses every request.
type refuseAll struct{}

var errReached = errors.New("a request was sent that should have been refused")

func (refuseAll) RoundTrip(*http.Request) (*http.Response, error) { return nil, errReached }

// compare returns how a caught request differs from the input that it was made from.
func (b *binding) compare(in input, got caught) error {
	var faults []error
	differs := func(key string, got, want any) {
		faults = append(faults, fmt.Errorf("%s is %q on the wire, and %q was asked for", key, fmt.Sprint(got), fmt.Sprint(want)))
	}
	if got.method != b.method {
		differs("method", got.method, b.method)
	}
	if host := got.url.Scheme + "://" + got.url.Host; host != base {
		differs("host", host, base)
	}
	if a := got.header.Get("Authorization"); b.sendsToken() && a != "Bearer "+token {
		faults = append(faults, errors.New("header Authorization does not carry the client's token"))
	}
	query := got.url.Query()
	for _, p := range b.params {
		key := p.In + " " + p.Name
		want, asked := in.params[key]
		var values []string
		switch p.In {
		case "path":
			if v, ok := got.values[p.Name]; ok {
				values = []string{strings.TrimPrefix(v, pathPrefix(p))}
			}
		case "query":
			values = query[p.Name]
		case "header":
			values = got.header.Values(p.Name)
		default:
			continue
		}
		if p.Schema == nil {
			continue
		}
		if read := plain(got.read[key]); composite(want) || composite(read) || len(p.Content) > 0 {
			if asked && (read != nil || !isZero(want)) { // an empty list or object is omitted
				faults = append(faults, sameJSON(p.Schema.Value, key, want, read))
			} else if read != nil {
				differs(key, read, "absent")
			}
			continue
		}
		switch {
		case len(values) == 0 && !asked, len(values) == 0 && !p.Required && isZero(want):
		case len(values) == 0:
			differs(key, "absent", want)
		case !asked:
			differs(key, values[0], "absent")
		case !sameText(want, values[0]):
			differs(key, values[0], want)
		}
	}
	if b.body == nil || in.body == nil {
		return errors.Join(faults...)
	}
	if media := got.header.Get("Content-Type"); len(got.body) > 0 && rank(media) != rank(b.media) {
		differs("media type", media, b.media)
	}
	if len(got.body) == 0 && !b.op.RequestBody.Value.Required {
		if isZero(in.body) {
			return errors.Join(faults...)
		}
		got.value = map[string]any{} // an empty body is omitted
	}
	return errors.Join(append(faults, sameJSON(b.body, "body ", in.body, plain(got.value)))...)
}

// send makes one call with an input, and returns the faults of the request that was sent.
func (b *binding) send(t testing.TB, in input, opts ...rest.Option) error {
	t.Helper()
	request, options, err := b.build(in)
	if err != nil {
		return err
	}
	w := b.newWire(b.right())
	options = append(options, opts...)
	_, err = b.call(t.Context(), b.client(t, w, options...), request)
	if err != nil {
		return fmt.Errorf("a valid request failed: %w", err)
	}
	var faults []error
	for _, v := range w.wrong {
		faults = append(faults, v.Err())
	}
	if len(w.sent) != 1 {
		return errors.Join(append(faults, fmt.Errorf("%d requests were sent for one call", len(w.sent)))...)
	}
	return errors.Join(append(faults, b.compare(in, w.sent[0]))...)
}

// pathPrefix returns what the styles label and matrix write before a value of a path.
func pathPrefix(p *openapi3.Parameter) string {
	switch p.Style {
	case openapi3.SerializationLabel:
		return "."
	case openapi3.SerializationMatrix:
		return ";" + p.Name + "="
	}
	return ""
}

func composite(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}

// plain returns a value as encoding/json decodes it.
func plain(value any) any {
	var out any
	if err := json.Unmarshal([]byte(jsonText(value)), &out); err != nil {
		panic(fmt.Sprintf("a value of the judge cannot be read: %v", err)) // it came from JSON, or from strings
	}
	return out
}
