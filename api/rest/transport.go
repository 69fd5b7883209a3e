package rest

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// libraryAgent names this library. The service's CDN refuses the default names of HTTP libraries.
const libraryAgent = "highlevel-go-snapshots/0.1 (+https://github.com/highlevel-go/snapshots)"

// maxHeader is the maximum size of the header of a response, in bytes. The service sends less than 4 KiB.
const maxHeader = 256 << 10

// sharedTransport is used by every client that has no transport of its own, so that they share connections. It is the
// standard one (proxies from the environment, default TLS) with a limit on the header.
var sharedTransport = sync.OnceValue(func() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport // the program has replaced it
	}
	t := standard.Clone()
	t.MaxResponseHeaderBytes = maxHeader
	return t
})

// ownClient copies the program's http.Client, so that the program's is not modified.
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
	// A redirect would send the token along, or repeat a POST as a GET: the 3xx response itself is the result.
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// roundTrip does what an http.Client does for a request without redirects. The client itself is used only if it has a cookie
// jar or a timeout.
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

// plainText returns an error for text that could end a header line.
func plainText(s string) error {
	switch {
	case !utf8.ValidString(s):
		return errors.New("is not valid UTF-8")
	case strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("holds a control character")
	}
	return nil
}
