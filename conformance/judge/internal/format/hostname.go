package format

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

var (
	label = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	// atom is an address' local part without quotes, by RFC 5322; characters beyond ASCII are RFC 6531's.
	atom   = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	quoted = regexp.MustCompile(`^"(?:[ !#-\[\]-~]|\\[ -~])*"$`)

	profile = idna.New(idna.ValidateLabels(true), idna.CheckHyphens(true), idna.CheckJoiners(true), idna.BidiRule(),
		idna.StrictDomainName(true), idna.ValidateForRegistration())
)

// plainHostname reports whether s is a host name of RFC 1123.
func plainHostname(s string) bool {
	return len(s) <= 253 && !slices.ContainsFunc(strings.Split(s, "."), func(one string) bool { return !label.MatchString(one) })
}

// hostname reports whether s is a host name of RFC 1123, where a label with two hyphens after two letters must be from an
// internationalized name.
func hostname(s string) bool {
	return plainHostname(s) && !slices.ContainsFunc(strings.Split(s, "."), func(one string) bool {
		return len(one) > 3 && one[2:4] == "--" && !punycode(one)
	})
}

func punycode(label string) bool {
	plain, err := profile.ToUnicode(strings.ToLower(label))
	return err == nil && plain != strings.ToLower(label) && strings.ContainsFunc(plain, notASCII) && inContext([]rune(plain))
}

// idnHostname reports whether s is a host name of RFC 5890 to 5893.
func idnHostname(s string) bool {
	s = strings.NewReplacer("。", ".", "．", ".", "｡", ".").Replace(s)
	if s == "" || strings.HasSuffix(s, ".") {
		return false
	}
	ascii, err := profile.ToASCII(s)
	if err != nil || !hostname(ascii) {
		return false
	}
	for one := range strings.SplitSeq(s, ".") {
		if !inContext([]rune(one)) {
			return false
		}
	}
	return true
}

// disallowed are the exceptions of RFC 5892, section 2.6, that the tables of package idna accept.
const disallowed = "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b"

// inContext checks the rules of RFC 5892, appendix A, which package idna does not check, and its exceptions.
func inContext(label []rune) bool {
	at := func(i int) rune {
		if i < 0 || i >= len(label) {
			return utf8.RuneError
		}
		return label[i]
	}
	anyOf := func(tables ...*unicode.RangeTable) bool {
		return slices.ContainsFunc(label, func(r rune) bool { return unicode.In(r, tables...) })
	}
	arabic := func(first rune) bool {
		return slices.ContainsFunc(label, func(r rune) bool { return r >= first && r <= first+9 })
	}
	for i, r := range label {
		switch {
		case strings.ContainsRune(disallowed, r),
			r == '\u00b7' && (at(i-1) != 'l' || at(i+1) != 'l'),
			r == '\u0375' && !unicode.Is(unicode.Greek, at(i+1)),
			(r == '\u05f3' || r == '\u05f4') && !unicode.Is(unicode.Hebrew, at(i-1)),
			r == '\u30fb' && !anyOf(unicode.Hiragana, unicode.Katakana, unicode.Han):
			return false
		}
	}
	return !(arabic('\u0660') && arabic('\u06f0'))
}

func notASCII(r rune) bool { return r >= utf8.RuneSelf }

// email reports whether s is an address of RFC 5321: a local part, quoted or not, and a host or an IP address in brackets.
// An international one may have letters beyond ASCII, by RFC 6531.
func email(s string, international bool) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 0 || at > 64 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	if international {
		local = strings.Map(func(r rune) rune {
			if notASCII(r) {
				return 'x'
			}
			return r
		}, local)
	}
	if !atom.MatchString(local) && !quoted.MatchString(local) {
		return false
	}
	if literal, bracketed := strings.CutPrefix(domain, "["); bracketed {
		literal, closed := strings.CutSuffix(literal, "]")
		six, isSix := strings.CutPrefix(literal, "IPv6:")
		address, err := netip.ParseAddr(six)
		return closed && err == nil && isSix == address.Is6() && address.Zone() == ""
	}
	return hostname(domain) || international && idnHostname(domain)
}
