package fetch

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Site is one documentation site during one run. It is not safe for concurrent use, because it sends one request at a time.
type Site struct {
	options Options
	hosts   hosts
	client  *http.Client
	last    time.Time // when the last request ended
	scripts map[string]script
}

// script is a file that all pages share, or the reason why it could not be fetched.
type script struct {
	data []byte
	err  error
}

// New opens the site of a URL. Requests go only to its host and to those that the options allow.
func New(home *url.URL, o Options) (*Site, error) {
	o = o.withDefaults()
	if strings.ContainsFunc(o.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, fmt.Errorf("the user agent %q has characters that a header cannot have", o.UserAgent)
	}
	if o.Version != "" && !facts.IsVersion(o.Version) {
		return nil, fmt.Errorf("%.50q is not an API version; write it like v3 or 2021-07-28", o.Version)
	}
	allowed := hosts{}
	for _, name := range append([]string{home.Host}, o.Hosts...) {
		if err := allowed.allow(name); err != nil {
			return nil, err
		}
	}
	client := &http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // get follows them
	}
	return &Site{options: o, hosts: allowed, client: client, scripts: map[string]script{}}, nil
}

// Allows reports whether a page is on one of the site's hosts.
func (s *Site) Allows(u *url.URL) bool { return s.hosts.has(u) }

// warn reports an error that does not stop a run.
func (s *Site) warn(err error) { s.options.Warn(err) }
