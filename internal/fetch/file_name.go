package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"
)

// maxName bounds a file's name; file systems take 255 bytes.
const maxName = 120

// baseName makes a file's name of a page's. Nothing in it leads out of the directory, hides the file or means something to a
// shell or a terminal, whatever a site calls its pages. A name that had to be changed gets a hash of the address, so that no two
// pages have one file.
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
	if clean != name || clean == "" || clean == "404" { // a directory's 404.html is not a page of the documentation
		clean = withHash(clean, u)
	}
	return clean
}

func withHash(name string, u *url.URL) string {
	sum := sha256.Sum256([]byte(u.String()))
	return name + "-" + hex.EncodeToString(sum[:4])
}

// ShownName is a page's name for people: short, and without control characters.
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
