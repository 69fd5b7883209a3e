package judge

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
)

// Judge knows one document. It is safe for concurrent use.
type Judge struct {
	doc     *openapi3.T
	routes  []*route
	bases   []string
	file    string
	off     map[Rule]bool
	headers map[string]bool
}

// Option changes what a judge accepts.
type Option func(*Judge)

// Without switches rules off.
func Without(rules ...Rule) Option {
	return func(j *Judge) {
		for _, r := range rules {
			j.off[r] = true
		}
	}
}

// AllowHeaders names headers that need no declaration, besides the standard ones.
func AllowHeaders(names ...string) Option {
	return func(j *Judge) {
		for _, n := range names {
			j.headers[http.CanonicalHeaderKey(n)] = true
		}
	}
}

// WithFile names the document in positions, where the loader did not.
func WithFile(name string) Option { return func(j *Judge) { j.file = name } }

// New makes a judge. The document must be loaded with its references resolved, as kin-openapi's loader does.
func New(doc *openapi3.T, opts ...Option) (*Judge, error) {
	if doc == nil || doc.Paths == nil {
		return nil, errors.New("judge: the document has no paths")
	}
	all, err := routes(doc)
	if err != nil {
		return nil, err
	}
	j := &Judge{doc: doc, routes: all, bases: basePaths(doc), off: map[Rule]bool{}, headers: map[string]bool{}}
	for _, opt := range opts {
		opt(j)
	}
	return j, nil
}

// Request judges a request. Its body is read, and put back for who comes next.
func (j *Judge) Request(r *http.Request) Verdict {
	body, err := drain(&r.Body)
	f := &finding{off: j.off, file: j.file}
	values := j.route(f, r)
	if err != nil {
		f.add(UnreadableExchange, "", "body", "cannot be read: %v", err)
	} else if f.route != nil {
		j.request(f, r, body, values)
	}
	v := Verdict{Request: r, Violations: f.list, PathValues: values, Body: body}
	if f.route != nil {
		v.Operation = f.route.name()
	}
	return v
}

// Response judges the answer to a request. Its body is read, and put back for who comes next.
func (j *Judge) Response(r *http.Request, resp *http.Response) Verdict {
	body, err := drain(&resp.Body)
	f := &finding{off: j.off, file: j.file, status: resp.StatusCode}
	values := j.route(f, r)
	if err != nil {
		f.add(UnreadableExchange, "", "body", "breaks off after %d bytes: %v", len(body), err)
	} else if f.route != nil {
		j.response(f, r, resp, body, values)
	}
	v := Verdict{Request: r, Response: resp, Violations: f.list, PathValues: values, Body: body}
	if f.route != nil {
		v.Operation = f.route.name()
	}
	return v
}

// route finds the operation of a request, or says why there is none.
func (j *Judge) route(f *finding, r *http.Request) map[string]string {
	method := r.Method
	if method == "" {
		method = http.MethodGet // as package http reads it
	}
	path := r.URL.EscapedPath()
	found, values, pathKnown := j.find(method, path)
	switch {
	case found != nil:
		f.route = found
	case pathKnown:
		f.add(Method, "", path, "no operation of this path has the method %s", method)
	default:
		f.add(Path, "", path, "no operation has this path%s", j.hint(method, path))
	}
	return values
}

// hint names the operation that a slash at the end would have led to.
func (j *Judge) hint(method, path string) string {
	other := path + "/"
	if n := len(path); n > 1 && path[n-1] == '/' {
		other = path[:n-1]
	}
	if r, _, _ := j.find(method, other); r != nil {
		return "; " + r.name() + " has " + r.template + ", which differs in the slash at the end"
	}
	return ""
}

// drain reads a body to its end and puts what was read back; an error comes again at the same place.
func drain(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	data, err := io.ReadAll(*body)
	_ = (*body).Close()
	again := io.Reader(bytes.NewReader(data))
	if err != nil {
		again = io.MultiReader(again, &broken{err})
	}
	*body = io.NopCloser(again)
	return data, err
}

type broken struct{ err error }

func (b *broken) Read([]byte) (int, error) { return 0, b.err }
