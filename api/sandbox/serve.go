package sandbox

import (
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
}

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := s.mounted(r.URL.Path); h != nil {
		h.ServeHTTP(w, r)
		return
	}
	// A body that does not come is given up, whatever else the server was told about deadlines.
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyPatience))
	v := receive(r)
	_ = control.SetReadDeadline(time.Time{})
	if a := s.respond(v); a != nil {
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
	if a := s.respond(receive(in)); a != nil {
		return a.response(r)
	}
	return nil, fmt.Errorf("sandbox: %w", r.Context().Err())
}

const (
	mostBody     = 1 << 20          // bytes of a request's body
	bodyPatience = 30 * time.Second // until the body of a request must have come
)

// receive reads a request to its end. Nothing is locked meanwhile, so one that does not come holds nobody up.
func receive(r *http.Request) *visit {
	v := &visit{Request: r, query: r.URL.Query(), token: bearer(r.Header.Get("Authorization"))}
	v.company = v.query.Get("companyId")
	v.route, v.path = find(r)
	v.body, v.bodyErr = io.ReadAll(io.LimitReader(r.Body, mostBody+1))
	return v
}

// respond decides the answer, waits as long as a fault asks for, and logs both. It returns nil when nobody waits for the answer any
// more.
func (s *Sandbox) respond(v *visit) *answer {
	begun := time.Now()
	common := http.Header{}
	a := s.decide(v, common)
	a.finish(common)
	there := a.wait(v.Context())
	if !there {
		a.cut = AtOnce // so that the log does not tell of an answer that nobody got
	}
	s.log.add(entry(v, a, begun))
	if !there {
		return nil
	}
	return a
}

// decide makes the answer, and puts what is known of the rate into the headers that every answer has.
func (s *Sandbox) decide(v *visit, common http.Header) *answer {
	own, asked, err := ownFault(v.Header)
	s.mu.Lock()
	defer s.mu.Unlock()
	allowed := true
	if v.route == nil || v.route.op != &opAuthorize { // which is a page of another server
		allowed = s.meter.count(common, v.token+" "+v.company)
	}
	switch {
	case s.Err() != nil:
		return refuse(http.StatusInternalServerError, "sandbox: "+s.Err().Error())
	case err != nil:
		return refuse(http.StatusBadRequest, FaultHeader+": "+err.Error())
	case v.route == nil && !asked:
		return refuse(http.StatusNotFound, "Cannot "+v.Method+" "+v.URL.EscapedPath())
	case !allowed:
		return refuse(http.StatusTooManyRequests, "Too Many Requests")
	}
	id := "header"
	if !asked {
		id, own, asked = s.meet(v.route.op.ID)
	}
	if !asked {
		return s.answer(v)
	}
	v.fault = id + ": " + own.does()
	var a *answer
	switch {
	case !own.replaces():
		a = s.answer(v)
	case own.Done:
		s.answer(v)
		fallthrough
	default:
		a = own.answer()
	}
	own.change(a)
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
	if err := s.Err(); err != nil {
		return refuse(http.StatusInternalServerError, "sandbox: "+err.Error())
	}
	return a
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
