package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is a request and its response in the log. Tokens and other secrets in it are redacted.
type Request struct {
	ID        int64         `json:"id"`        // counts from 1
	Time      time.Time     `json:"time"`      // when it arrived
	Duration  time.Duration `json:"duration"`  // until its response was sent, in nanoseconds in JSON
	Operation string        `json:"operation"` // operation id; empty if no operation has that path
	Method    string        `json:"method"`    // as it came
	Host      string        `json:"host"`      // as it came
	Path      string        `json:"path"`      // as it came, escaped
	Query     string        `json:"query"`     // as it came, escaped, without the question mark
	Status    int           `json:"status"`    // of the response; 0 if the connection was cut before it
	Refused   string        `json:"refused"`   // the reason, if it was refused
	Fault     string        `json:"fault"`     // what the fault that applied to it did, after the fault's id or "header"

	RequestHeader   http.Header `json:"requestHeader"`   // as it came
	RequestBody     []byte      `json:"requestBody"`     // base64 in JSON, as ResponseBody
	ResponseHeader  http.Header `json:"responseHeader"`  // as it was sent
	ResponseBody    []byte      `json:"responseBody"`    // as it was sent
	RequestSize     int         `json:"requestSize"`     // bytes of the body received; the log keeps the first 64 KiB
	ResponseSize    int         `json:"responseSize"`    // bytes of the body that was sent
	ConnectionIsCut bool        `json:"connectionIsCut"` // before the whole response was sent
}

// Limits of the log.
const (
	usualLogSize = 1000     // requests; see WithLogSize
	mostLogBytes = 16 << 20 // of all requests together
	mostLogBody  = 64 << 10 // of one body
)

// WithLogSize limits the log to the last n requests; the default is 1000. Bodies are kept up to 64 KiB each. Of more than
// 16 MiB together, the oldest requests lose their bodies, and then their headers.
func WithLogSize(n int) Option {
	return func(s *Sandbox) { s.log.most = max(1, n) }
}

// Requests lists the last requests, in the order of their responses.
func (s *Sandbox) Requests() []Request { return s.log.all() }

// ForgetRequests empties the log. Ids are not used again.
func (s *Sandbox) ForgetRequests() { s.log.forget() }

// Subscribe returns a channel of the requests as they are answered, until stop is called, which closes it. A subscriber that
// is more than buffer requests late misses some, which can be seen from the ids.
func (s *Sandbox) Subscribe(buffer int) (requests <-chan Request, stop func()) {
	return s.log.subscribe(max(1, buffer))
}

// requestLog stores the last requests. The field most must be set.
type requestLog struct {
	mu          sync.Mutex
	most        int
	last        int64
	entries     []Request // a ring once it is full: the oldest is at first
	first       int
	bytes       int
	subscribers map[chan Request]bool
}

// add adds a request with its id, drops the oldest ones that no longer fit, and notifies the subscribers.
func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	r.ID = l.last
	l.bytes += r.kept()
	if len(l.entries) < l.most {
		l.entries = append(l.entries, r)
	} else {
		l.bytes -= l.entries[l.first].kept()
		l.entries[l.first] = r
		l.first = (l.first + 1) % len(l.entries)
	}
	l.shrink(func(old *Request) { old.RequestBody, old.ResponseBody = nil, nil })
	l.shrink(func(old *Request) {
		old.RequestHeader, old.ResponseHeader = nil, nil
		for _, text := range []*string{&old.Path, &old.Query, &old.Host, &old.Refused} {
			*text = strings.Clone((*text)[:min(len(*text), 1<<10)])
		}
	})
	for c := range l.subscribers {
		select {
		case c <- r:
		default:
		}
	}
}

// shrink makes the oldest requests smaller until all fit. No request is removed.
func (l *requestLog) shrink(make func(old *Request)) {
	for i := 0; l.bytes > mostLogBytes && i < len(l.entries)-1; i++ {
		old := &l.entries[(l.first+i)%len(l.entries)]
		l.bytes -= old.kept()
		make(old)
		l.bytes += old.kept()
	}
}

// kept returns how many bytes of a request are in the log.
func (r *Request) kept() int {
	n := len(r.RequestBody) + len(r.ResponseBody) + len(r.Path) + len(r.Query) + len(r.Host) + len(r.Refused)
	for _, h := range []http.Header{r.RequestHeader, r.ResponseHeader} {
		for name, values := range h {
			for _, value := range values {
				n += len(name) + len(value)
			}
		}
	}
	return n
}

func (l *requestLog) all() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Concat(l.entries[l.first:], l.entries[:l.first])
}

func (l *requestLog) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries, l.first, l.bytes = nil, 0, 0
}

func (l *requestLog) subscribe(buffer int) (<-chan Request, func()) {
	c := make(chan Request, buffer)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.subscribers == nil {
		l.subscribers = map[chan Request]bool{}
	}
	l.subscribers[c] = true
	return c, sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.subscribers, c)
		close(c)
	})
}

// entry returns the log entry of a request and its response.
func (s *Sandbox) entry(v *visit, a *answer, begun time.Time) Request {
	n, cut := a.sent()
	r := Request{
		Time: begun, Duration: time.Since(begun),
		Method: v.Method, Status: a.status, Fault: v.fault,
		RequestSize: len(v.body), ResponseSize: n, ConnectionIsCut: cut,
	}
	if v.route != nil {
		r.Operation = v.route.op.ID
	}
	if a.cut == AtOnce {
		r.Status, r.ResponseSize = 0, 0
	}
	redactInto(&r, v, a, a.body[:r.ResponseSize], s.known)
	return r
}
