package rest

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// libraryAgent names this library. The service's CDN turns away the names that HTTP libraries use by themselves.
const libraryAgent = "highlevel-go-snapshots/0.1 (+https://github.com/highlevel-go/snapshots)"

// maxHeader bounds the header of an answer, in bytes. The service's is below 4 KiB.
const maxHeader = 256 << 10

// sharedTransport serves every client that brings none of its own, so that they share connections. It is the standard
// one (proxies as the environment says, TLS as it comes) with a bound on the header.
var sharedTransport = sync.OnceValue(func() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport // the program has put its own in place
	}
	t := standard.Clone()
	t.MaxResponseHeaderBytes = maxHeader
	return t
})

// ownClient copies the program's http.Client, so that setting it up changes nothing of the program's.
func ownClient(conf config) *http.Client {
	var own http.Client
	if conf.http != nil {
		own = *conf.http
	}
	if own.Transport == nil {
		own.Transport = sharedTransport()
	}
	for i := len(conf.middleware) - 1; i >= 0; i-- {
		own.Transport = conf.middleware[i](own.Transport)
	}
	// A redirect would take the token along, or repeat a POST as a GET: the 3xx answer itself is the result.
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// roundTrip does what an http.Client does for a request that is redirected nowhere. What else such a client does is its
// cookie jar and its timeout: only for these is it asked itself.
func (c *Client) roundTrip(req *http.Request) (*http.Response, error) {
	if c.http.Jar != nil || c.http.Timeout != 0 {
		return c.http.Do(req)
	}
	resp, err := c.http.Transport.RoundTrip(req)
	switch {
	case err != nil:
		return nil, err
	case resp == nil:
		return nil, errors.New("the transport returned neither an answer nor an error")
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, nil
}

// plainText refuses what could end a header line.
func plainText(s string) error {
	switch {
	case !utf8.ValidString(s):
		return errors.New("is not valid UTF-8")
	case strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("holds a control character")
	}
	return nil
}
