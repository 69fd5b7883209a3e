package fetch

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// ErrNoVersion means that there is no page of the API version in a URL.
var ErrNoVersion = errors.New("there is no page of this API version")

// versionOf returns the API version in a URL, or "".
func versionOf(u *url.URL) string { return facts.VersionIn(u.Path) }

// OfVersion returns the URLs of pages for the version in the options. URLs of other versions are left out. Without a version
// in the options, the pages are unchanged.
func (s *Site) OfVersion(pages []*url.URL) ([]*url.URL, error) {
	if s.options.Version == "" {
		return pages, nil
	}
	var out []*url.URL
	seen := map[string]bool{}
	for _, u := range pages {
		if v := versionOf(u); v != "" && v != s.options.Version {
			continue
		}
		at := *newest(u)
		at.Path = strings.Replace(at.Path, "/docs/", "/docs/"+s.options.Version+"/", 1) // the newest version is also at /docs/ghl/…
		if versionOf(&at) == "" {
			return nil, fmt.Errorf("%s: there is no /docs/ in the address, after which the version of a page stands", u)
		}
		if !seen[at.String()] {
			seen[at.String()] = true
			out = append(out, &at)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("none of the addresses is of version %s", s.options.Version)
	}
	return out, nil
}

// newest returns the URL that the page has if its version is the newest.
func newest(u *url.URL) *url.URL {
	at := *u
	at.Path, at.RawPath = facts.WithoutVersion(u.Path), ""
	return &at
}

// isOfVersion reports whether a page is of an API version, by its document or its Version header; unnamed is the result for
// a page that names none.
func isOfVersion(p *docpage.Page, version string, unnamed bool) bool {
	if p.Version != "" {
		return p.Version == version
	}
	names := facts.Texts(p.Value(facts.VersionHeader, facts.Enum))
	return slices.Contains(names, version) || len(names) == 0 && unnamed
}
