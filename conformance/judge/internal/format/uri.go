package format

import (
	"net/netip"
	"regexp"
	"strings"
)

const (
	escaped  = `%[0-9A-Fa-f]{2}`
	ascii    = `A-Za-z0-9\-._~!$&'()*+,;=`
	beyond   = `\x{A0}-\x{10FFFF}`
	literals = `!#$&-;=?-\[\]_a-z~` + beyond
	variable = `(?:[A-Za-z0-9_]|` + escaped + `)`
	varspec  = variable + `(?:\.?` + variable + `)*(?::[1-9][0-9]{0,3}|\*)?`
)

var (
	asciiReference = reference(ascii)
	anyReference   = reference(ascii + beyond)
	absolute       = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	future         = regexp.MustCompile(`^[vV][0-9A-Fa-f]+\.[` + ascii + `:]+$`)
	// template is that of RFC 6570.
	template = regexp.MustCompile(`^(?:[` + literals + `]|` + escaped + `|\{[+#./;?&=,!@|]?` + varspec + `(?:,` + varspec + `)*\})*$`)
)

// reference is the grammar of RFC 3986 (of RFC 3987, when characters beyond ASCII are among them). The first submatch is the
// address in brackets.
func reference(chars string) *regexp.Regexp {
	plain := `(?:[` + chars + `]|` + escaped + `)`
	segment := `(?:[` + chars + `:@]|` + escaped + `)*`
	authority := `//(?:(?:[` + chars + `:]|` + escaped + `)*@)?(?:\[([^\[\]]*)\]|` + plain + `*)(?::[0-9]*)?`
	first := `(?:[` + chars + `:@]|` + escaped + `)+`
	path := `(?:` + authority + `(?:/` + segment + `)*|/(?:` + first + `(?:/` + segment + `)*)?|`
	withScheme := `[A-Za-z][A-Za-z0-9+.-]*:` + path + first + `(?:/` + segment + `)*|)`
	relative := path + `(?:[` + chars + `@]|` + escaped + `)+(?:/` + segment + `)*|)`
	more := `(?:[` + chars + `:@/?]|` + escaped + `)*`
	return regexp.MustCompile(`^(?:` + withScheme + `|` + relative + `)(?:\?` + more + `)?(?:#` + more + `)?$`)
}

// URI reports whether s is a URI with a scheme, as defined by RFC 3986.
func URI(s string) bool { return absolute.MatchString(s) && isReference(s, asciiReference) }

func isReference(s string, grammar *regexp.Regexp) bool {
	found := grammar.FindStringSubmatch(s)
	if found == nil {
		return false
	}
	literal := found[1] + found[2] // that of the form with a scheme, and that of the other
	if !strings.Contains(s, "[") {
		return true
	}
	address, err := netip.ParseAddr(literal)
	return future.MatchString(literal) || err == nil && address.Is6() && address.Zone() == ""
}
