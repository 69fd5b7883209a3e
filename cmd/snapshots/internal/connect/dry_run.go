package connect

import (
	"errors"
	"net/http"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Planned is a request that would have been sent. It does not contain the token.
type Planned struct {
	Method  string
	URL     string
	Headers []string // such as "Version: v3", sorted by name; without Authorization
	Body    string   // as JSON; empty without a body
}

// ErrDryRun is the error of a request that was recorded instead of sent.
var ErrDryRun = errors.New("nothing was sent")

// DryRun makes a client append its requests to planned instead of sending them. It does not wait for the rate limit, since
// nothing is sent.
func DryRun(planned *[]Planned) []rest.Option {
	return []rest.Option{
		rest.WithRetry(rest.Retry{Attempts: 1}),
		rest.WithBudget(nil),
		rest.WithMiddleware(func(http.RoundTripper) http.RoundTripper {
			return roundTripper(func(r *http.Request) (*http.Response, error) {
				body, err := readBody(r)
				if err != nil {
					return nil, err
				}
				header := r.Header.Clone()
				header.Del("Authorization")
				*planned = append(*planned, Planned{r.Method, r.URL.String(), headerLines(header), string(body)})
				return nil, ErrDryRun
			})
		}),
	}
}
