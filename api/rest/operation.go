package rest

import (
	"strings"
	"unicode"
)

// Operation describes one operation of an API description. Values are generated, shared, and never changed.
type Operation struct {
	ID         string   // operationId of the description, such as "create-snapshot-share-link"
	Name       string   // name of the Go method, such as "CreateShareLink"
	Method     string   // HTTP method, in capitals
	Path       string   // path template, such as "/snapshots/snapshot-status/{snapshotId}"
	Summary    string   // one line of documentation
	Statuses   []int    // documented statuses, ascending
	Idempotent bool     // sending it twice does no more than sending it once
	Scopes     []string // OAuth scopes that it needs
	TokenTypes []string // levels of token that it accepts, such as "Agency Token"
	DocsURL    string   // its documentation page

	RequiredInSuccess []string // what the operation is for: names in a success, such as "shareLink"; "data/id" is one in an object
	NullSuccess       bool     // a success may be null

	Defaults map[string]string // what the client supplies where operations differ, such as "Version"
	Accept   string            // media types of its answer; "" for JSON
	Empty    []int             // successes without content, beside others that have some
	Server   string            // where it is when it is not at the base URL of the others; see [WithServers]
	Security [][]Security      // alternatives to authenticate by, each of them all of its schemes; nil for the token alone

	AuthMethods []string // kinds of token that it accepts, such as "OAuth Access Token"
}

// String names the operation in the words that errors use: "create share link" for CreateShareLink.
func (o *Operation) String() string {
	switch {
	case o == nil:
		return "request"
	case o.Name != "":
		return words(o.Name)
	case o.ID != "":
		return strings.ReplaceAll(o.ID, "-", " ")
	default:
		return o.Method + " " + o.Path
	}
}

// words splits a Go name: a capital begins a word unless it goes on with an initialism, which keeps its capitals.
func words(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for start := 0; start < len(runes); {
		end := start + 1
		for end < len(runes) && unicode.IsUpper(runes[end]) {
			end++
		}
		initialism := end-start > 1
		if initialism && end < len(runes) && unicode.IsLower(runes[end]) {
			end-- // the last capital begins the next word
			initialism = end-start > 1
		}
		if !initialism {
			for end < len(runes) && !unicode.IsUpper(runes[end]) {
				end++
			}
		}
		word := string(runes[start:end])
		if !initialism {
			word = strings.ToLower(word)
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		start = end
	}
	return b.String()
}
