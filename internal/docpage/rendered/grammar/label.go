package grammar

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Label is what follows a field's name: **name** object[]nullablerequired.
type Label struct {
	Kind   string // OpenAPI type of the innermost items; "" if the page does not say
	Format string
	Title  string
	Arrays int // number of [] that follow
	// nullable, required and deprecated follow the type without a space.
	Nullable, Required, Deprecated bool
	// Circular marks a schema that contains itself, which the renderer does not print again.
	Circular bool
	// Known is false for a label that no renderer writes for a type: a title or a misspelt type.
	Known bool
	// Modern marks a label of theme 4.5 or later: string<date-time>.
	Modern bool
	Text   string
}

var (
	modernLabel   = regexp.MustCompile(`^\(?([a-z |]+?)\)?<(.+)>$`)
	titleLabel    = regexp.MustCompile(`^(.+?)\s*\((string|number|integer|boolean|object|array)\)$`)
	circularLabel = regexp.MustCompile(`^circular\((.*)\)$`)
	oneWord       = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\w.$:/-]*$`)
)

// ParseLabel reads a label. ok is false if the text cannot be a label, such as the end of a sentence.
func ParseLabel(text string) (l Label, ok bool) {
	text = strings.Join(strings.Fields(token.Unescape(text)), " ")
	l.Text = text
	if strings.ContainsAny(text, "*`") {
		return l, false
	}
	rest := text
	flagged := false
	for _, flag := range []struct {
		word string
		set  *bool
	}{{"deprecated", &l.Deprecated}, {"required", &l.Required}, {"nullable", &l.Nullable}} {
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
		l.Arrays++
	}
	if l.Arrays > 0 && strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
		rest = rest[1 : len(rest)-1]
	}
	switch {
	case rest == "" || rest == "any" || rest == "undefined":
		l.Known = true
	case Primitives[rest]:
		l.Kind, l.Known = rest, true
	case rest == "null":
		l.Nullable, l.Known = true, true
	case Formats[strings.ToLower(rest)] != "" && rest[0] >= 'a':
		l.Kind, l.Format, l.Known = Formats[strings.ToLower(rest)], rest, true
	case modernLabel.MatchString(rest):
		m := modernLabel.FindStringSubmatch(rest)
		l.Kind, l.Nullable = unionOfTypes(m[1], l.Nullable)
		l.Format, l.Known, l.Modern = m[2], true, true
	case isUnionOfTypes(rest):
		l.Kind, l.Nullable = unionOfTypes(rest, l.Nullable)
		l.Known, l.Modern = true, true
	case circularLabel.MatchString(rest):
		l.Kind, l.Title, l.Circular, l.Known = "object", circularLabel.FindStringSubmatch(rest)[1], true, true
	case titleLabel.MatchString(rest):
		m := titleLabel.FindStringSubmatch(rest)
		l.Title, l.Kind, l.Known = m[1], m[2], true
	default:
		l.Title = rest
		return l, flagged || oneWord.MatchString(rest) || l.Arrays > 0
	}
	return l, true
}

// Opens reports whether a field with this label can have other fields inside it without brackets.
func (l Label) Opens() bool {
	return l.Arrays == 0 && !l.Circular && (l.Kind == "object" || l.Kind == "" || !l.Known)
}

// IsUndefined reports whether a label is what the renderer prints for an unknown type and, since theme 5.2, for items of
// such a type.
func (l Label) IsUndefined() bool {
	return strings.HasPrefix(l.Text, "undefined") || strings.HasPrefix(l.Text, "[]")
}
