package fetch

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MismatchError means that the page at an address names another page as its own. Without this check, a site that answers every
// address with some page would have one page compared under another's name.
type MismatchError struct{ URL, Page string }

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s: the page there names another as its own: %.300q; ask for the page by its own address", e.URL, e.Page)
}

// sameDocument compares where two addresses lead, by path: a mirror serves the pages of another host.
func sameDocument(a, b *url.URL) bool { return cleanPath(a) == cleanPath(b) }

// cleanPath is the path without what servers add to and take from it.
func cleanPath(u *url.URL) string {
	p := strings.TrimSuffix(u.Path, "index.html")
	p = strings.TrimSuffix(strings.TrimRight(p, "/"), ".html")
	return path.Clean("/" + p)
}

// nameOf is the section and the slug of a page, the last two parts of its address.
func nameOf(u *url.URL) (section, slug string) {
	dir, slug := path.Split(cleanPath(u))
	if section = path.Base(dir); section == "/" {
		section = ""
	}
	return section, slug
}

// ownAddress is the address that a page's HTML names as its own; nil where it names none.
func ownAddress(u *url.URL, page []byte) *url.URL {
	tokenizer := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch tokenizer.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokenizer.Token()
			values := map[string]string{}
			for _, a := range token.Attr {
				if _, ok := values[a.Key]; !ok {
					values[a.Key] = strings.TrimSpace(a.Val)
				}
			}
			var reference string
			switch {
			case token.DataAtom == atom.Body: // what comes now is content
				return nil
			case token.DataAtom == atom.Link && strings.EqualFold(values["rel"], "canonical"):
				reference = values["href"]
			case token.DataAtom == atom.Meta && values["property"] == "og:url":
				reference = values["content"]
			}
			if own, err := u.Parse(reference); err == nil && reference != "" && own.Host != "" && defaultPorts[own.Scheme] != "" {
				return own
			}
		}
	}
}

// mainScript is the address of the main script that a page names, as it names it.
func mainScript(page []byte) string {
	tokenizer := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch tokenizer.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokenizer.Token()
			for _, a := range token.Attr {
				name := path.Base(a.Val)
				if token.DataAtom == atom.Script && a.Key == "src" && strings.HasPrefix(name, "main.") && strings.HasSuffix(name, ".js") {
					return a.Val
				}
			}
		}
	}
}
