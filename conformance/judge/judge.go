package judge

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// Judge judges messages by one document. It is safe for concurrent use.
type Judge struct {
	doc      *openapi3.T
	routes   []*route
	servers  []server
	file     string
	off      map[Rule]bool
	headers  map[string]bool
	hosts    map[string]bool // see AllowHosts
	generous bool            // see AllowCredentials
	schemas  *schema.Set
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

// AllowHosts names hosts that are accepted in place of every server of the document, with or without its path, in addition
// to obvious test hosts: a gateway or a staging server of your own. Names have no scheme and no port.
func AllowHosts(names ...string) Option {
	return func(j *Judge) {
		for _, n := range names {
			j.hosts[strings.ToLower(strings.Trim(n, "[]."))] = true
		}
	}
}

// AllowCredentials accepts credentials even if an operation requires none: a client for one service always sends them. They
// must still be well formed where they are required.
func AllowCredentials() Option { return func(j *Judge) { j.generous = true } }

// WithFile sets the name of the document in positions, if the loader did not.
func WithFile(name string) Option { return func(j *Judge) { j.file = name } }

// New returns a judge. The document must be loaded with its references resolved, as kin-openapi's loader does.
func New(doc *openapi3.T, opts ...Option) (*Judge, error) {
	if doc == nil || doc.Paths == nil {
		return nil, errors.New("judge: the document has no paths")
	}
	all, err := routes(doc)
	if err != nil {
		return nil, err
	}
	j := &Judge{doc: doc, routes: all, servers: servers(doc), off: map[Rule]bool{}, headers: map[string]bool{}, hosts: map[string]bool{},
		schemas: schema.NewSet(doc.IsOpenAPI31OrLater())}
	for _, opt := range opts {
		opt(j)
	}
	return j, nil
}

// Request judges a request. It reads the body, and restores it for later readers.
func (j *Judge) Request(r *http.Request) Verdict {
	body, err := drain(&r.Body)
	c := &check{Judge: j, values: j.schemas.Message(schema.Request), seen: map[Violation]bool{}}
	c.wellFormed(r.Header)
	r2 := canonical(r)
	values := c.find(r2)
	if err != nil {
		c.add(UnreadableExchange, "", "body", "cannot be read: %v", err)
	} else if c.route != nil {
		c.request(r2, body, values)
	}
	return c.verdict(r, nil, values, body)
}

// Response judges the response to a request. It reads the body, and restores it for later readers.
func (j *Judge) Response(r *http.Request, resp *http.Response) Verdict {
	body, err := drain(&resp.Body)
	c := &check{Judge: j, status: resp.StatusCode, values: j.schemas.Message(schema.Response), seen: map[Violation]bool{}}
	c.wellFormed(resp.Header)
	r2 := canonical(r)
	values := c.find(r2)
	if err != nil {
		c.add(UnreadableExchange, "", "body", "breaks off after %d bytes: %v", len(body), err)
	} else if c.route != nil {
		resp2 := *resp
		resp2.Header = fold(resp.Header)
		c.response(r2, &resp2, body)
	}
	return c.verdict(r, resp, values, body)
}

func (c *check) verdict(r *http.Request, resp *http.Response, values map[string]string, body []byte) Verdict {
	if err := c.values.Exceeded(); err != nil {
		c.add(Schema, c.atOperation(), "", "%v", err)
	}
	v := Verdict{Request: r, Response: resp, Violations: c.violations, PathValues: values, Parameters: c.parameters, Body: body, Value: c.body}
	if c.route != nil {
		v.Operation = c.route.name()
	}
	return v
}

// canonical returns a request whose headers have their usual spelling, which matters in maps but not in HTTP.
func canonical(r *http.Request) *http.Request {
	out := r.Clone(r.Context())
	out.Header = fold(r.Header)
	return out
}

// find finds the operation of a request, or adds a violation if none matches.
func (c *check) find(r *http.Request) map[string]string {
	method := r.Method
	if method == "" {
		method = http.MethodGet // as package http treats it
	}
	paths, known := c.below(r)
	if !known {
		c.add(Server, "", "URL", "leads to %s, which the document does not name; it has %s (AllowHosts names others)", show(nameOf(r)), c.serverNames())
		return nil
	}
	found, values, pathKnown := c.lookup(method, paths)
	path := r.URL.EscapedPath()
	switch {
	case found != nil:
		c.route = found
	case pathKnown:
		c.add(Method, "", path, "no operation of this path has the method %s", method)
	default:
		c.add(Path, "", path, "no operation has this path%s", c.hint(method, paths))
	}
	return values
}

func (j *Judge) serverNames() string {
	names := make([]string, len(j.servers))
	for i, s := range j.servers {
		names[i] = s.url
	}
	return strings.Join(names, ", ")
}

// hint names the operation that the path would match if the slash at its end were added or removed.
func (j *Judge) hint(method string, paths []string) string {
	others := make([]string, len(paths))
	for i, path := range paths {
		others[i] = path + "/"
		if n := len(path); n > 1 && path[n-1] == '/' {
			others[i] = path[:n-1]
		}
	}
	if r, _, _ := j.lookup(method, others); r != nil {
		return "; " + r.name() + " has " + r.template + ", which differs in the slash at the end"
	}
	return ""
}

// drain reads a body to its end and restores it; an error recurs at the same place.
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
