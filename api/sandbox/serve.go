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

// visit is one request while it is being answered.
type visit struct {
	*http.Request
	body    []byte
	bodyErr error
	route   *route            // nil if no operation has that path
	path    map[string]string // values of the path template
	query   url.Values
	token   string
	company string // companyId of the query
	access  Access // of the token, once it was checked
	fault   string // the fault that was applied, for the log

	own    *Fault // the fault that it asks for, or nil
	ownErr error  // why that fault is invalid
}

// ServeHTTP responds to one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	if h := s.mounted(r.URL.Path); h != nil {
		_ = control.SetWriteDeadline(time.Time{}) // of the previous request on the same connection
		h.ServeHTTP(w, r)
		return
	}
	// Limits reading a body and writing a response, whatever timeouts the server has.
	_ = control.SetReadDeadline(time.Now().Add(ioTimeout))
	v := receive(r)
	_ = control.SetReadDeadline(time.Time{})
	if a := s.respond(v); a != nil {
		_ = control.SetWriteDeadline(time.Now().Add(ioTimeout)) // also for what the server writes later
		a.write(w)
	}
}

// RoundTrip responds to a request without a network. It does not reach the handlers of [WithHandler].
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
	defer context.AfterFunc(r.Context(), func() { _ = in.Body.Close() })() // this ends the wait for a body that does not arrive
	if a := s.respond(receive(in)); a != nil {
		return a.response(r)
	}
	return nil, fmt.Errorf("sandbox: %w", r.Context().Err())
}

const (
	mostBody  = 1 << 20          // bytes of a request's body
	mostRead  = 16 << 20         // so many more are read, so that a client that sends too many gets a response
	ioTimeout = 30 * time.Second // for reading a body, and for writing a response
)

// receive reads a request to its end. Nothing is locked meanwhile, so that a slow one does not delay others.
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

// respond returns the response after the delay of a fault, or nil if the client has gone, and logs it.
func (s *Sandbox) respond(v *visit) *answer {
	begun := time.Now()
	common := http.Header{}
	a, changes := s.decide(v, common)
	if !s.waitForDisk(changes) {
		a = s.failure()
	}
	a.finish(common)
	there := a.wait(v.Context(), s.stopping)
	if !there {
		a.cut = AtOnce // for the log, since the client got no response
	}
	s.log.add(s.entry(v, a, begun))
	if !there {
		return nil
	}
	return a
}

// decide returns the answer, and sets the headers of the rate limit. The answer may be sent when so many changes are on the disk, which
// are those that it may depend on.
func (s *Sandbox) decide(v *visit, common http.Header) (a *answer, changes uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a = s.choose(v, common)
	return a, s.changeCount()
}

func (s *Sandbox) choose(v *visit, common http.Header) *answer {
	allowed := true
	if v.route == nil || v.route.op != &opAuthorize { // the authorize page, which is on another server
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

// answer checks a request as every operation does, calls its handler, and saves what that changed.
func (s *Sandbox) answer(v *visit) *answer {
	switch {
	case v.route == nil:
		return refuse(http.StatusNotFound, "Cannot "+v.Method+" "+v.URL.EscapedPath())
	case s.blocks(v.UserAgent()):
		return blocked()
	}
	if refused := s.checkAccess(v); refused != nil {
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

// failure returns the response of a sandbox that has an error.
func (s *Sandbox) failure() *answer {
	return refuse(http.StatusInternalServerError, "sandbox: "+s.Err().Error())
}

// WithHandler adds a handler for a path, such as /console, and the paths below it. It is made when the sandbox is ready. Its requests are
// neither logged nor counted.
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

// mounted returns the handler of a path, or nil.
func (s *Sandbox) mounted(path string) http.Handler {
	for _, m := range s.mounts {
		if rest, below := strings.CutPrefix(path, m.path); below && (rest == "" || rest[0] == '/') {
			return m.handler
		}
	}
	return nil
}
