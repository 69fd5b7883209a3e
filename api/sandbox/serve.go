package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// visit is one request and what is known of it.
type visit struct {
	*http.Request
	body    []byte
	bodyErr error
	route   *route            // nil when no operation has that path
	path    map[string]string // values of the path template
	query   url.Values
	token   string
	company string // companyId of the query
	access  Access // what the token may do, once it was checked
	fault   string // what it met, for the log

	own    *Fault // what it asks for itself
	ownErr error  // what is wrong with that
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	if h := s.mounted(r.URL.Path); h != nil {
		_ = control.SetWriteDeadline(time.Time{}) // that of the request before on the same connection
		h.ServeHTTP(w, r)
		return
	}
	// A body that does not come and an answer that nobody reads are given up, whatever else the server was told about deadlines.
	_ = control.SetReadDeadline(time.Now().Add(patience))
	v := receive(r)
	_ = control.SetReadDeadline(time.Time{})
	if a := s.respond(v); a != nil {
		_ = control.SetWriteDeadline(time.Now().Add(patience)) // it also holds for what the server writes after this
		a.write(w)
	}
}

// RoundTrip answers a request without a network. What [WithHandler] has added is not reached by it.
func (s *Sandbox) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	if in.Host == "" {
		in.Host = in.URL.Host
	}
	defer func() { _ = in.Body.Close() }()
	defer context.AfterFunc(r.Context(), func() { _ = in.Body.Close() })() // so that a body that does not come ends with the context
	if a := s.respond(receive(in)); a != nil {
		return a.response(r)
	}
	return nil, fmt.Errorf("sandbox: %w", r.Context().Err())
}

const (
	mostBody = 1 << 20          // bytes of a request's body
	mostRead = 16 << 20         // of which more are read, so that who sends too many gets an answer
	patience = 30 * time.Second // until the body of a request must have come, or an answer have been read
)

// receive reads a request to its end. Nothing is locked meanwhile, so one that does not come holds nobody up.
func receive(r *http.Request) *visit {
	v := &visit{Request: r, query: r.URL.Query(), token: bearer(r.Header.Get("Authorization"))}
	v.company = v.query.Get("companyId")
	v.route, v.path = find(r)
	v.own, v.ownErr = ownFault(r.Header)
	v.body, v.bodyErr = io.ReadAll(io.LimitReader(r.Body, mostBody+1))
	if len(v.body) > mostBody {
		_, _ = io.CopyN(io.Discard, r.Body, mostRead)
	}
	return v
}

// respond decides the answer, waits as long as a fault asks for, and logs both. It returns nil when nobody waits for the answer any
// more.
func (s *Sandbox) respond(v *visit) *answer {
	begun := time.Now()
	common := http.Header{}
	a, changes := s.decide(v, common)
	if !s.keep(changes) {
		a = s.failure()
	}
	a.finish(common)
	there := a.wait(v.Context(), s.stopping)
	if !there {
		a.cut = AtOnce // so that the log does not tell of an answer that nobody got
	}
	s.log.add(s.entry(v, a, begun))
	if !there {
		return nil
	}
	return a
}

// decide makes the answer, and puts what is known of the rate into the headers that every answer has. The answer is for when so
// many changes are on the disk: those of the request, and those before it that it may tell of.
func (s *Sandbox) decide(v *visit, common http.Header) (a *answer, changes uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a = s.choose(v, common)
	return a, s.noted()
}

func (s *Sandbox) choose(v *visit, common http.Header) *answer {
	allowed := true
	if v.route == nil || v.route.op != &opAuthorize { // which is a page of another server
		allowed = s.meter.count(common, v.token+" "+v.company)
	}
	switch {
	case s.Err() != nil:
		return s.failure()
	case v.ownErr != nil:
		return refuse(http.StatusBadRequest, FaultHeader+": "+v.ownErr.Error())
	case v.route == nil && v.own == nil:
		return refuse(http.StatusNotFound, "Cannot "+v.Method+" "+v.URL.EscapedPath())
	case !allowed:
		return refuse(http.StatusTooManyRequests, "Too Many Requests")
	}
	id, f := "header", v.own
	if f == nil {
		id, f = s.nextFault(v.route.op.ID)
	}
	if f == nil {
		return s.answer(v)
	}
	v.fault = id + ": " + f.does()
	var a *answer
	if !f.replaces() || f.Done {
		a = s.answer(v)
	}
	if f.replaces() {
		a = f.answer()
	}
	f.change(a)
	return a
}

// answer checks a request as every operation does, lets its handler answer it, and keeps what that changed.
func (s *Sandbox) answer(v *visit) *answer {
	switch {
	case v.route == nil:
		return refuse(http.StatusNotFound, "Cannot "+v.Method+" "+v.URL.EscapedPath())
	case s.blocks(v.UserAgent()):
		return blocked()
	}
	if refused := s.gate(v); refused != nil {
		return refused
	}
	switch {
	case v.bodyErr != nil:
		return refuse(http.StatusBadRequest, "Bad Request")
	case len(v.body) > mostBody:
		return refuse(http.StatusBadRequest, fmt.Sprintf("the body is larger than the %d bytes that the sandbox accepts", mostBody))
	}
	a := v.route.handle(s, v)
	s.commit()
	if s.Err() != nil {
		return s.failure()
	}
	return a
}

// failure is the answer while something is wrong with the sandbox itself.
func (s *Sandbox) failure() *answer {
	return refuse(http.StatusInternalServerError, "sandbox: "+s.Err().Error())
}

// WithHandler lets a handler answer what is at a path, such as /console, or below it. It is made when the sandbox is ready.
// What it answers is neither logged nor counted.
func WithHandler(path string, make func(*Sandbox) http.Handler) Option {
	return func(s *Sandbox) {
		if !strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/") {
			s.fail("WithHandler: %q must begin with a slash and not end with one", path)
			return
		}
		s.mounts = append(s.mounts, mount{path: path, make: make})
	}
}

type mount struct {
	path    string
	make    func(*Sandbox) http.Handler
	handler http.Handler
}

// mounted finds the handler that a path belongs to.
func (s *Sandbox) mounted(path string) http.Handler {
	for _, m := range s.mounts {
		if rest, below := strings.CutPrefix(path, m.path); below && (rest == "" || rest[0] == '/') {
			return m.handler
		}
	}
	return nil
}
