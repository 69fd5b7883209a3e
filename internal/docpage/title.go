package docpage

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// A schema with a title shows it in place of its type, one with an XML name that, and themes before 4.5 any format. What
// the type is, the printed JSON and the fields inside may tell.

var formatWord = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)+$|^[a-z]+[0-9]+$`)

// title reads a label that is neither a type nor a known format.
func (m *emitter) title(place facts.Place, e *entry, n *node) {
	l := &e.label
	l.kind = typeShown(e, n)
	isFormat := formatWord.MatchString(l.title)
	if isSlip(l.title) || l.kind != "object" && !isFormat && !looksLikeTitle(l.title) && !strings.EqualFold(l.title, e.name) {
		l.kind = ""
		m.Issues = append(m.Issues, Issue{Kind: UnknownLabel, Pos: m.At(e.line), Place: place,
			Message: fmt.Sprintf("the type of %s is given as %s, which is not a type or format that the renderer writes", place, quoteShort(l.title))})
		return
	}
	at := place
	for range l.arrays {
		at = at.Items()
	}
	if isFormat {
		l.format = l.title
	} else {
		m.Add(at, facts.Title, l.title, m.At(e.line))
	}
	m.Doubt(at, e.line, fmt.Sprintf("the page gives %s in place of the type", quoteShort(l.title)))
}

// isUndefined: what the renderer prints where it does not know a type itself, and for items of such a type since theme 5.2.
func (l label) isUndefined() bool {
	return strings.HasPrefix(l.text, "undefined") || strings.HasPrefix(l.text, "[]")
}

// typeShown is the type that everything but the label speaks for; "" where nothing does.
func typeShown(e *entry, n *node) string {
	if n != nil && (len(n.children) > 0 || n.values != nil) {
		return "object"
	}
	if n != nil && n.items == nil && n.union == "" && n.hasValue {
		value := n.value
		for range e.label.arrays {
			list, ok := value.([]any)
			if !ok || len(list) == 0 {
				return ""
			}
			value = list[0]
		}
		switch value.(type) {
		case *object:
			return "object"
		case string:
			return "string"
		case json.Number:
			return "number"
		case bool:
			return "boolean"
		}
	}
	if e.enum != nil {
		for _, value := range e.enum.values {
			if !json.Valid([]byte(value)) {
				return "string"
			}
		}
	}
	return ""
}

// looksLikeTitle: titles are written for people, or are the names of classes.
func looksLikeTitle(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.IsUpper(first) {
		return true
	}
	for _, r := range text {
		if r == ' ' || r == '_' || r > unicode.MaxASCII || unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// isSlip reports whether a label is nearly a type or format: a misspelt one.
func isSlip(text string) bool {
	if len(text) > 16 {
		return false
	}
	limit := 2
	if len(text) < 6 {
		limit = 1
	}
	for _, names := range []map[string]string{formats, {"any": ""}} {
		for name := range names {
			if distance(text, name) <= limit {
				return true
			}
		}
	}
	for name := range primitives {
		if distance(text, name) <= limit {
			return true
		}
	}
	return false
}

// distance counts the letters to change, add or take away between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
