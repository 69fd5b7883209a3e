package rest

import (
	"strings"
	"unicode"
)

// Operation describes one operation of an API. Values are generated, shared, and never modified.
type Operation struct {
	ID         string   // operationId of the description, such as "create-snapshot-share-link"
	Name       string   // name of the Go method, such as "CreateShareLink"
	Method     string   // HTTP method, in capitals
	Path       string   // path template, such as "/snapshots/snapshot-status/{snapshotId}"
	Summary    string   // one line of documentation
	Statuses   []int    // documented statuses, ascending
	Idempotent bool     // repeating it has no further effect
	Scopes     []string // OAuth scopes that it needs
	TokenTypes []string // levels of token that it accepts, such as "Agency Token"
	DocsURL    string   // its documentation page

	RequiredInSuccess []string // properties without which a success is an error, such as "shareLink"; "data/id" is one in an object
	NullSuccess       bool     // a success may be null

	Defaults map[string]string // values that the client supplies, if operations differ in them, such as "Version"
	Accept   string            // media types of its response; "" for JSON
	Empty    []int             // successes without content, if others have content
	Server   string            // its own server, instead of the base URL; see [WithServers]
	Security [][]Security      // alternative sets of schemes to authenticate with; nil for the token alone

	AuthMethods []string // kinds of token that it accepts, such as "OAuth Access Token"
}

// String returns the name of the operation as errors use it: "create share link" for CreateShareLink.
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

// words splits a Go name: a capital begins a word unless it continues an initialism, which keeps its capitals.
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
