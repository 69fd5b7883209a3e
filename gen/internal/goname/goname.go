// Package goname derives Go names from the names in an OpenAPI document.
package goname

import (
	"go/token"
	"strconv"
	"strings"
	"unicode"
)

// initialisms keep their capitals in a Go name; the plural ones keep a small s.
var initialisms = func() map[string]string {
	words := map[string]string{"ids": "IDs", "urls": "URLs", "uris": "URIs", "apis": "APIs", "uuids": "UUIDs", "oauth": "OAuth"}
	for w := range strings.FieldsSeq(`acl api ascii cpu css csv dns eof guid html http https id ip json jwt os pdf qps ram rpc
		sdk sla smtp sms sql ssh ssl tcp tls ttl udp ui uid uri url utf8 uuid vat vm xml xmpp xss`) {
		words[w] = strings.ToUpper(w)
	}
	return words
}()

// From derives an exported Go identifier from any text. It never fails: text without letters, digits and known symbols
// becomes "Empty"; a name that cannot begin an exported identifier gets the prefix N (before digits) or X (before letters
// without upper case); a name of more than [maxLength] characters is truncated.
func From(text string) string {
	var b strings.Builder
	for _, w := range Words(text) {
		lower := strings.ToLower(w)
		if up, ok := initialisms[lower]; ok {
			b.WriteString(up)
			continue
		}
		if letters := strings.TrimRight(lower, "0123456789"); initialisms[letters] != "" {
			b.WriteString(initialisms[letters] + lower[len(letters):])
			continue
		}
		runes := []rune(w)
		runes[0] = unicode.ToUpper(runes[0])
		b.WriteString(string(runes))
	}
	name := b.String()
	if name == "" {
		name = symbolName(text)
	}
	switch first := FirstRune(name); {
	case name == "":
		return "Empty"
	case unicode.IsDigit(first):
		name = "N" + name
	case !unicode.IsUpper(first):
		name = "X" + name
	}
	if runes := []rune(name); len(runes) > maxLength {
		name = string(runes[:maxLength])
	}
	return name
}

// maxLength is the maximum length of a name in characters: gofmt aligns fields and constants by the longest.
const maxLength = 100

// symbolName names the symbols of a text: GreaterEqual for ">=".
func symbolName(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(symbols[r])
	}
	return b.String()
}

var symbols = map[rune]string{
	'-': "Minus", '+': "Plus", '*': "Star", '/': "Slash", '%': "Percent", '=': "Equal", '<': "Less", '>': "Greater", '!': "Not", '&': "And",
	'|': "Or", '^': "Caret", '~': "Tilde", '$': "Dollar", '€': "Euro", '#': "Hash", '@': "At", '.': "Dot", ',': "Comma", ':': "Colon",
	'?': "Question", '_': "Underscore",
}

// Words splits text at everything that is neither a letter nor a digit, and where an upper-case letter begins a word in
// camel case (the last one of a run belongs to the next word: HTTPServer is HTTP, Server). If there are several words, all
// in upper case, they become lower case, so that NO_REPLY becomes NoReply.
func Words(text string) []string {
	allCapitals := !strings.ContainsFunc(text, unicode.IsLower) && strings.ContainsFunc(text, func(r rune) bool { return !isWord(r) })
	var out []string
	for _, chunk := range strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) }) {
		if allCapitals {
			out = append(out, strings.ToLower(chunk))
			continue
		}
		runes := []rune(chunk)
		start := 0
		for i := 1; i < len(runes); i++ {
			small, big := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1]), unicode.IsUpper(runes[i])
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			plural := next && runes[i+1] == 's' && (i+2 == len(runes) || unicode.IsUpper(runes[i+2])) // the s of IDs
			if big && (small || next && !plural) {
				out = append(out, string(runes[start:i]))
				start = i
			}
		}
		out = append(out, string(runes[start:]))
	}
	return out
}

// isWord reports whether an identifier may contain a letter or digit. Go does not count combining marks as letters.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// FirstRune returns the first character of text; 0 if text is empty.
func FirstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// IsExported reports whether a name is an exported identifier.
func IsExported(s string) bool { return token.IsIdentifier(s) && token.IsExported(s) }

// Plural returns a name for the list of a type's values: ShareTypes for ShareType.
func Plural(name string) string {
	lower := strings.ToLower(name)
	switch {
	case strings.HasSuffix(lower, "y") && len(lower) > 1 && !strings.ContainsRune("aeiou", rune(lower[len(lower)-2])):
		return name[:len(name)-1] + "ies"
	case strings.HasSuffix(lower, "s") && !strings.HasSuffix(lower, "ss") && !strings.HasSuffix(lower, "us") && !strings.HasSuffix(lower, "is"):
		return name + "Values" // already a plural
	case strings.HasSuffix(lower, "s"), strings.HasSuffix(lower, "x"), strings.HasSuffix(lower, "ch"), strings.HasSuffix(lower, "sh"):
		return name + "es"
	}
	return name + "s"
}

// Singular returns a name for one item of a list property: CustomField for CustomFields; "Item" is appended to a name that
// is not a regular plural.
func Singular(name string) string {
	switch {
	case strings.HasSuffix(name, "IDs"), strings.HasSuffix(name, "URLs"):
		return name[:len(name)-1]
	case strings.HasSuffix(name, "ies") && len(name) > 4:
		return name[:len(name)-3] + "y"
	case strings.HasSuffix(name, "sses"), strings.HasSuffix(name, "ches"), strings.HasSuffix(name, "xes"):
		return name[:len(name)-2]
	case strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") && !strings.HasSuffix(name, "us") &&
		!strings.HasSuffix(name, "is") && len(name) > 2:
		return name[:len(name)-1]
	}
	return name + "Item"
}

// Scope issues unique names, in the order of the requests.
type Scope map[string]bool

// Claim returns the first candidate that is free, or else the last one with a free number: the smallest, unless a smaller
// one was claimed as a name of its own.
func (s Scope) Claim(candidates ...string) string {
	for _, c := range candidates {
		if c != "" && !s[c] {
			s[c] = true
			return c
		}
	}
	last := candidates[len(candidates)-1]
	numbered := func(n int) string { return last + strconv.Itoa(n) }
	claimed, free := 1, 2 // thousands of claims of one name must not try thousands of numbers each
	for s[numbered(free)] {
		claimed, free = free, 2*free
	}
	for free-claimed > 1 {
		if middle := (claimed + free) / 2; s[numbered(middle)] {
			claimed = middle
		} else {
			free = middle
		}
	}
	s[numbered(free)] = true
	return numbered(free)
}
