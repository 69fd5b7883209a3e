package fetch

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// MismatchError means that the page at a URL identifies itself as another page. Without this check, if a site served the
// same page for every URL, one page would be compared under the name of another.
type MismatchError struct{ URL, Page string }

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s: the page there names another as its own: %.300q; ask for the page by its own address", e.URL, e.Page)
}

// sameDocument compares two URLs by path: a mirror serves the pages of another host, and the newest API version has two
// URLs.
func sameDocument(a, b *url.URL) bool {
	return facts.WithoutVersion(cleanPath(a)) == facts.WithoutVersion(cleanPath(b))
}

// cleanPath returns the path without what servers add to it and remove from it.
func cleanPath(u *url.URL) string {
	p := strings.TrimSuffix(u.Path, "index.html")
	p = strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(p, "/"), ".html"), ".md")
	return path.Clean("/" + p)
}

// nameOf returns the section and the slug of a page, the last two parts of its URL.
func nameOf(u *url.URL) (section, slug string) {
	dir, slug := path.Split(cleanPath(u))
	if section = path.Base(dir); section == "/" {
		section = ""
	}
	return section, slug
}

// ownAddress returns the URL that a page's HTML declares as its own, or nil.
func ownAddress(u *url.URL, page []byte) *url.URL {
	for _, address := range docpage.OwnAddresses(page) {
		if own, err := u.Parse(address); err == nil && own.Host != "" && defaultPorts[own.Scheme] != "" {
			return own
		}
	}
	return nil
}
