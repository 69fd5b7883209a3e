package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"
)

// maxName is the longest name of a file; file systems accept 255 bytes.
const maxName = 120

// baseName returns the name of the file for a page. Whatever a site calls its pages, the name does not lead out of the
// directory, hide the file or mean something to a shell or a terminal. If the name had to be changed, a hash of the URL is
// appended, so that no two pages have the same file.
func baseName(u *url.URL) string {
	section, slug := nameOf(u)
	name := slug
	if section != "" {
		name = section + "__" + slug
	}
	if version := versionOf(u); version != "" {
		name += "__" + version
	}
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, name)
	if clean = strings.TrimLeft(clean, "."); len(clean) > maxName {
		clean = clean[:maxName]
	}
	if clean != name || clean == "" || clean == "404" { // 404.html in a directory is not a page of the documentation
		clean = withHash(clean, u)
	}
	return clean
}

func withHash(name string, u *url.URL) string {
	sum := sha256.Sum256([]byte(u.String()))
	return name + "-" + hex.EncodeToString(sum[:4])
}

// ShownName returns the name of a page for people: short, and without control characters.
func ShownName(u *url.URL) string {
	_, slug := nameOf(u)
	if slug == "" {
		slug = u.Host
	}
	slug = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '-'
		}
		return r
	}, slug)
	if runes := []rune(slug); len(runes) > 80 {
		slug = string(runes[:79]) + "…"
	}
	return slug
}
