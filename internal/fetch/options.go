package fetch

import (
	"cmp"
	"net/http"
	"time"
)

// The defaults of Options. A command should use DefaultDelay; the zero Delay means none.
const (
	DefaultDelay     = time.Second
	DefaultTimeout   = 30 * time.Second
	DefaultMaxPages  = 1000
	DefaultMaxBytes  = 32 << 20
	DefaultUserAgent = "specdrift (+https://github.com/highlevel-go/snapshots)"
)

// Options configures a visit to a site. The zero value is usable; it makes no pauses.
type Options struct {
	// Hosts are allowed in addition to the host of the site's URL: "docs.example.com" or "docs.example.com:8080".
	Hosts []string
	// Delay is the pause between the end of one request and the start of the next. Zero means none.
	Delay time.Duration
	// Timeout limits one response, to its last byte. Zero means DefaultTimeout.
	Timeout time.Duration
	// MaxPages limits how many pages of a sitemap are listed. Zero means DefaultMaxPages.
	MaxPages int
	// MaxBytes limits each page and script, both as sent and decompressed. Zero means DefaultMaxBytes.
	MaxBytes int64
	// Version is the API version of the pages to request; empty means whatever the URLs lead to.
	Version string
	// Warn, if not nil, is called with errors that do not stop a run, such as an unusable twin.
	Warn func(error)
	// UserAgent identifies the client. Empty means DefaultUserAgent.
	UserAgent string
	// Transport sends the requests. Nil means the package's own transport, which uses the proxy of the environment.
	Transport http.RoundTripper
}

func (o Options) withDefaults() Options {
	o.Timeout = cmp.Or(max(0, o.Timeout), DefaultTimeout)
	o.MaxPages = cmp.Or(max(0, o.MaxPages), DefaultMaxPages)
	o.MaxBytes = cmp.Or(max(0, o.MaxBytes), DefaultMaxBytes)
	o.UserAgent = cmp.Or(o.UserAgent, DefaultUserAgent)
	if o.Warn == nil {
		o.Warn = func(error) {}
	}
	if o.Transport == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxResponseHeaderBytes = 1 << 20
		o.Transport = transport
	}
	return o
}
