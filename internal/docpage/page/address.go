package page

import (
	"net/url"
	"strings"
)

// SplitAddress splits the address of a page: …/docs/ghl/snapshots/get-snapshot-push/index.html#x.
func SplitAddress(address string) (section, slug, clean string) {
	u, err := url.Parse(strings.ReplaceAll(address, `\`, ""))
	if err != nil || address == "" {
		return "", "", ""
	}
	path := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/index.html")
	path = strings.TrimSuffix(path, ".html")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	slug = parts[len(parts)-1]
	if len(parts) > 1 {
		section = parts[len(parts)-2]
	}
	if u.Host == "" {
		return section, slug, ""
	}
	return section, slug, u.Scheme + "://" + u.Host + path
}

// NameFromLink returns a page's name from its address or the path of it.
func (p *Page) NameFromLink(link string) {
	section, slug, clean := SplitAddress(link)
	if slug == "" {
		return
	}
	p.Section, p.ID = section, slug
	if clean != "" {
		p.Page = clean
	}
}
