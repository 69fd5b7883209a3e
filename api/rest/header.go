package rest

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// ownHeaders are the headers that only this package sets: with a wrong value, one of them sends the token to another host or
// splits one request into two.
var ownHeaders = map[string]string{
	"Authorization":     "the client's token goes there",
	"Connection":        "it belongs to the connection",
	"Content-Length":    "the body says it",
	"Host":              "the base URL says it",
	"Keep-Alive":        "it belongs to the connection",
	"Proxy-Connection":  "it belongs to the connection",
	"Te":                "it belongs to the connection",
	"Trailer":           "it belongs to the connection",
	"Transfer-Encoding": "it belongs to the connection",
	"Upgrade":           "it belongs to the connection",
}

func checkHeader(name, value string) error {
	if name == "" || strings.ContainsFunc(name, notToken) {
		return fmt.Errorf("%q is not the name of a header", name)
	}
	if why, ok := ownHeaders[http.CanonicalHeaderKey(name)]; ok {
		return fmt.Errorf("header %s cannot be set: %s", name, why)
	}
	if !utf8.ValidString(value) {
		return fmt.Errorf("the value of header %s is not valid UTF-8", name)
	}
	if strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
		return fmt.Errorf("the value of header %s holds a control character", name)
	}
	return nil
}

// notToken reports whether a character is not allowed in the name of a header (RFC 9110, section 5.6.2).
func notToken(c rune) bool {
	return c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
}
