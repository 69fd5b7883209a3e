package grammar

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// IgnoredHeader reports whether OpenAPI describes a header outside the parameters.
func IgnoredHeader(name string) bool {
	switch strings.ToLower(name) {
	case "authorization", "accept", "content-type":
		return true
	}
	return false
}

var (
	endpointLine = regexp.MustCompile(`^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+(\S+)$|^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)(https?://\S+)$`)
	verbOnly     = regexp.MustCompile(`^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$`)
)

// Endpoint reads the method and address, in a block of code or on lines of their own.
func Endpoint(tokens []token.Token, i int) (verb, address string, used int, ok bool) {
	text := func(i int) string {
		if i >= len(tokens) {
			return ""
		}
		if tokens[i].Kind == token.Code {
			return strings.Join(strings.Fields(strings.Join(tokens[i].Lines, " ")), " ")
		}
		return token.Plain(token.LinkText.ReplaceAllString(tokens[i].Text, "$1"))
	}
	if i >= len(tokens) || tokens[i].Kind == token.Item {
		return "", "", 0, false
	}
	whole := text(i)
	if m := endpointLine.FindStringSubmatch(whole); m != nil && token.IsAddress(m[2]+m[4]) { // a badge before it may have no separating space
		return m[1] + m[3], m[2] + m[4], 1, true
	}
	if verbOnly.MatchString(whole) && token.IsAddress(text(i+1)) {
		return whole, text(i + 1), 2, true
	}
	return "", "", 0, false
}

var colonParam = regexp.MustCompile(`:([A-Za-z_][\w-]*)`)

// SplitAddress splits an address into server and path, with parameters in braces as in OpenAPI.
func SplitAddress(address string) (server, path string) {
	path = address
	if i := strings.Index(address, "://"); i >= 0 {
		if j := strings.IndexByte(address[i+3:], '/'); j >= 0 {
			server, path = address[:i+3+j], address[i+3+j:]
		} else {
			server, path = address, "/"
		}
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = colonParam.ReplaceAllString(part, "{$1}")
	}
	return server, strings.Join(parts, "/")
}
