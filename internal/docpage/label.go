package docpage

import (
	"regexp"
	"strings"
)

// label is what stands behind a field's name: **name** object[]nullablerequired.
type label struct {
	kind   string // OpenAPI type of the innermost items; "" where the page does not say
	format string
	title  string
	arrays int // how many [] follow
	// nullable, required and deprecated are glued to the type.
	nullable, required, deprecated bool
	// circular marks a schema that is inside itself, which the renderer does not print again.
	circular bool
	// known is false for a label that no renderer writes for a type: a title or a slip.
	known bool
	// modern labels are those of theme 4.5 and later: string<date-time>.
	modern bool
	text   string
}

var (
	modernLabel   = regexp.MustCompile(`^\(?([a-z |]+?)\)?<(.+)>$`)
	titleLabel    = regexp.MustCompile(`^(.+?)\s*\((string|number|integer|boolean|object|array)\)$`)
	circularLabel = regexp.MustCompile(`^circular\((.*)\)$`)
	oneWord       = regexp.MustCompile(`^[A-Za-z][\w.$:/-]*$`)
)

// parseLabel reads a label. ok is false where the text can be none at all, such as the end of a sentence.
func parseLabel(text string) (l label, ok bool) {
	text = strings.Join(strings.Fields(unescape(text)), " ")
	l.text = text
	if strings.ContainsAny(text, "*`") {
		return l, false
	}
	rest := text
	flagged := false
	for _, flag := range []struct {
		word string
		set  *bool
	}{{"deprecated", &l.deprecated}, {"required", &l.required}, {"nullable", &l.nullable}} {
		if head, found := strings.CutSuffix(rest, flag.word); found {
			rest, *flag.set, flagged = strings.TrimRight(head, " "), true, true
		}
	}
	for {
		head, found := strings.CutSuffix(rest, "[]")
		if !found {
			break
		}
		rest = strings.TrimSpace(head)
		l.arrays++
	}
	if l.arrays > 0 && strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
		rest = rest[1 : len(rest)-1]
	}
	switch {
	case rest == "" || rest == "any" || rest == "undefined":
		l.known = true
	case primitives[rest]:
		l.kind, l.known = rest, true
	case rest == "null":
		l.nullable, l.known = true, true
	case formats[strings.ToLower(rest)] != "" && rest[0] >= 'a':
		l.kind, l.format, l.known = formats[strings.ToLower(rest)], rest, true
	case modernLabel.MatchString(rest):
		m := modernLabel.FindStringSubmatch(rest)
		l.kind, l.nullable = unionOfTypes(m[1], l.nullable)
		l.format, l.known, l.modern = m[2], true, true
	case isUnionOfTypes(rest):
		l.kind, l.nullable = unionOfTypes(rest, l.nullable)
		l.known, l.modern = true, true
	case circularLabel.MatchString(rest):
		l.kind, l.title, l.circular, l.known = "object", circularLabel.FindStringSubmatch(rest)[1], true, true
	case titleLabel.MatchString(rest):
		m := titleLabel.FindStringSubmatch(rest)
		l.title, l.kind, l.known = m[1], m[2], true
	default:
		l.title = rest
		return l, flagged || oneWord.MatchString(rest) || l.arrays > 0
	}
	return l, true
}

// opens reports whether a field with this label can have other fields inside it without brackets.
func (l label) opens() bool {
	return l.arrays == 0 && !l.circular && (l.kind == "object" || l.kind == "" || !l.known)
}
