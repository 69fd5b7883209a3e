package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// ErrNoVersion means that there is no page of the API version that an address names.
var ErrNoVersion = errors.New("there is no page of this API version")

// The pages of an API version lie below the documentation's root: /docs/2021-07-28/ghl/…; those of the newest are at /docs/ghl/… as
// well.
var (
	versionInPath = regexp.MustCompile(`^((?:/[^/]+)*?/docs)/(v\d+|\d{4}-\d\d-\d\d)(/.*)$`)
	docsRoot      = regexp.MustCompile(`^((?:/[^/]+)*?/docs)(/.*)$`)
	versionName   = regexp.MustCompile(`^(?:v\d+|\d{4}-\d\d-\d\d)$`)
)

// versionOf is the API version that an address names; "" where it names none.
func versionOf(u *url.URL) string {
	if m := versionInPath.FindStringSubmatch(u.Path); m != nil {
		return m[2]
	}
	return ""
}

// unversioned is the path of an address without an API version.
func unversioned(path string) string { return versionInPath.ReplaceAllString(path, "$1$3") }

// OfVersion lists the addresses of pages for the version of the options. Those that name another version are left out of it, and
// without a version in the options the pages stay as they are.
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
		at := *u
		at.Path, at.RawPath = docsRoot.ReplaceAllString(unversioned(u.Path), "$1/"+s.options.Version+"$2"), ""
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

// newest is where the page of an address with a version is if that version is the newest.
func newest(u *url.URL) *url.URL {
	at := *u
	at.Path, at.RawPath = unversioned(u.Path), ""
	return &at
}

// isOfVersion reports whether a page is of an API version, by its Version header; unnamed is for a page that names none.
func isOfVersion(p *docpage.Page, version string, unnamed bool) bool {
	var names []string
	_ = json.Unmarshal([]byte(p.Value(facts.Param("header", "Version"), facts.Enum)), &names) // none is no list
	return slices.Contains(names, version) || len(names) == 0 && unnamed
}
