package connect

import (
	"errors"
	"net/http"
	"sync"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Planned is a request that would have been sent. It holds no token.
type Planned struct {
	Method string
	URL    string
	Header http.Header // without Authorization
	Body   string      // as JSON; empty without one
}

// errDryRun is the error of a request that was only noted down.
var errDryRun = errors.New("nothing was sent")

// DryRun collects the requests that a client would send.
type DryRun struct {
	mu       sync.Mutex
	requests []Planned
}

// Options make a client note down in d what it would send. Nothing is waited for: what is not sent spends no limit.
func (d *DryRun) Options() []rest.Option {
	return []rest.Option{
		rest.WithRetry(rest.Retry{Attempts: 1}),
		rest.WithBudget(nil),
		rest.WithMiddleware(func(http.RoundTripper) http.RoundTripper {
			return roundTripper(func(r *http.Request) (*http.Response, error) {
				header := r.Header.Clone()
				header.Del("Authorization")
				body, err := readBody(r)
				if err != nil {
					return nil, err
				}
				d.mu.Lock()
				defer d.mu.Unlock()
				d.requests = append(d.requests, Planned{r.Method, r.URL.String(), header, string(body)})
				return nil, errDryRun
			})
		}),
	}
}

// Requests lists what would have been sent.
func (d *DryRun) Requests() []Planned {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.requests
}

// IsDryRun reports whether a call failed only because nothing was to be sent.
func IsDryRun(err error) bool { return errors.Is(err, errDryRun) }
