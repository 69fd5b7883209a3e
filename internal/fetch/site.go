package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// Site is one documentation site during one run. It is not safe for concurrent use: it makes one request at a time.
type Site struct {
	options Options
	hosts   hosts
	client  *http.Client
	last    time.Time // when the last request ended
	scripts map[string]script
}

// script is a file that all pages share, or why it cannot be had.
type script struct {
	data []byte
	err  error
}

// New opens the site of an address. Only its host is asked, and those that the options allow.
func New(home *url.URL, o Options) (*Site, error) {
	o = o.withDefaults()
	if strings.ContainsFunc(o.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, fmt.Errorf("the user agent %q has characters that a header cannot carry", o.UserAgent)
	}
	allowed := hosts{}
	for _, name := range append([]string{home.Host}, o.Hosts...) {
		if err := allowed.allow(name); err != nil {
			return nil, err
		}
	}
	client := &http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // get follows them, with care
	}
	return &Site{options: o, hosts: allowed, client: client, scripts: map[string]script{}}, nil
}

// Allows reports whether a page is on one of the site's hosts.
func (s *Site) Allows(u *url.URL) bool { return s.hosts.has(u) }

// getter finds scripts as a page names them, each once a run.
func (s *Site) getter(ctx context.Context, page *url.URL) docpage.Getter {
	return func(path string) ([]byte, error) {
		u, err := s.hosts.follow(page, path)
		if err != nil {
			return nil, err
		}
		if known, ok := s.scripts[u.String()]; ok {
			return known.data, known.err
		}
		var got script
		answer, err := s.get(ctx, u, Validator{}, s.options.MaxBytes)
		if err != nil {
			got.err = fmt.Errorf("the page's script: %w", err)
		} else {
			got.data = answer.body
		}
		if ctx.Err() == nil {
			s.scripts[u.String()] = got
		}
		return got.data, got.err
	}
}
