package fetch

import (
	"cmp"
	"net/http"
	"time"
)

// The defaults of Options. DefaultDelay is what a command should use; the zero Delay means none.
const (
	DefaultDelay     = time.Second
	DefaultTimeout   = 30 * time.Second
	DefaultMaxPages  = 1000
	DefaultMaxBytes  = 32 << 20
	DefaultUserAgent = "specdrift (+https://github.com/highlevel-go/snapshots)"
)

// Options are how a site is visited. The zero value is usable; it makes no pauses.
type Options struct {
	// Hosts are allowed beside the host of the site's address: "docs.example.com" or "docs.example.com:8080".
	Hosts []string
	// Delay is the pause between the end of one request and the start of the next. Zero means none.
	Delay time.Duration
	// Timeout bounds one answer, to its last byte. Zero means DefaultTimeout.
	Timeout time.Duration
	// MaxPages bounds how many pages of a sitemap are listed. Zero means DefaultMaxPages.
	MaxPages int
	// MaxBytes bounds each page and script, as sent and as decompressed. Zero means DefaultMaxBytes.
	MaxBytes int64
	// Version is the API version whose pages are asked for; empty for those that the addresses lead to.
	Version string
	// Warn, if not nil, is called with what does not stop a run, such as a twin that cannot be used.
	Warn func(error)
	// UserAgent names who asks. Empty means DefaultUserAgent.
	UserAgent string
	// Transport carries the requests. Nil means one of the package's own, which uses the proxy of the environment.
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
