package page

import (
	"bytes"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// OwnAddress returns the first of the addresses; "" if the head has none.
func OwnAddress(pageHTML []byte) string {
	if all := OwnAddresses(pageHTML); len(all) > 0 {
		return all[0]
	}
	return ""
}

// OwnAddresses lists the addresses that the head of a page's HTML gives as its own.
func OwnAddresses(pageHTML []byte) (addresses []string) {
	eachTag(pageHTML, func(tag html.Token) bool {
		address := ""
		switch {
		case tag.DataAtom == atom.Body: // content starts here
			return false
		case tag.DataAtom == atom.Link && strings.EqualFold(attribOf(tag, "rel"), "canonical"):
			address = attribOf(tag, "href")
		case tag.DataAtom == atom.Meta && attribOf(tag, "property") == "og:url":
			address = attribOf(tag, "content")
		}
		if address != "" {
			addresses = append(addresses, address)
		}
		return true
	})
	return addresses
}

// Scripts returns the addresses of the two scripts that every page of a site loads, as the page gives them; "" for a missing
// one. The main script has the hash of the site's build in its name.
func Scripts(pageHTML []byte) (runtime, main string) {
	eachTag(pageHTML, func(tag html.Token) bool {
		address := ""
		switch tag.DataAtom {
		case atom.Script:
			address = attribOf(tag, "src")
		case atom.Link: // that preloads it
			address = attribOf(tag, "href")
		}
		switch base := path.Base(address); {
		case !strings.HasSuffix(base, ".js"):
		case strings.HasPrefix(base, "runtime~main."):
			runtime = address
		case strings.HasPrefix(base, "main."):
			main = address
		}
		return true
	})
	return runtime, main
}

// eachTag calls a function with each start tag, until it returns false.
func eachTag(pageHTML []byte, do func(html.Token) bool) {
	tokenizer := html.NewTokenizer(bytes.NewReader(pageHTML))
	for {
		switch tokenizer.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			if !do(tokenizer.Token()) {
				return
			}
		}
	}
}

func attribOf(tag html.Token, key string) string {
	for _, a := range tag.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
