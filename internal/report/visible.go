package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible escapes what a terminal or an editor would interpret or hide instead of showing: control characters, direction
// marks, invisible characters, bytes that are not UTF-8. The characters in keep are unchanged.
func visible(s, keep string) string {
	if strings.IndexFunc(s, func(r rune) bool { return hidden(r) && !strings.ContainsRune(keep, r) }) < 0 && utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			fmt.Fprintf(&out, `\x%02x`, s[i])
		case !hidden(r) || strings.ContainsRune(keep, r):
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case r <= 0xff:
			fmt.Fprintf(&out, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	return out.String()
}

const ideographicSpace = '\u3000'

// hidden reports whether a character is invisible, or looks like a space without being one. The two joiners are visible:
// some scripts and emoji need them.
func hidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	switch {
	case r < unicode.MaxASCII: // nearly all characters of a report, so quickly
		return r < ' '
	case r == nonJoiner || r == joiner:
		return false
	case r&0xfffe == 0xfffe: // not characters, and not allowed in XML
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Zs, r) && r != ' ' && r != ideographicSpace
}

// oneLine returns visible text without line breaks, truncated to a length.
func oneLine(s string, runes int) string {
	s = visible(s, "")
	if utf8.RuneCountInString(s) > runes {
		s = string([]rune(s)[:runes-1]) + "…"
	}
	return s
}
