package emit

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fields"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/nesting"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// A schema with a title shows the title instead of its type, one with an XML name shows that, and themes before 4.5 show any
// format. The printed JSON and the fields inside may show the type.

var formatWord = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)+$|^[a-z]+[0-9]+$`)

// title reads a label that is neither a type nor a known format.
func (m *emitter) title(place facts.Place, e *fields.Entry, n *nesting.Node) {
	l := &e.Label
	l.Kind = typeShown(e, n)
	isFormat := formatWord.MatchString(l.Title)
	if isSlip(l.Title) || l.Kind != "object" && !isFormat && !looksLikeTitle(l.Title) && !strings.EqualFold(l.Title, e.Name) {
		l.Kind = ""
		m.ReportAt(page.UnknownLabel, e.Line, place, "the type of %s is given as %s, which is not a type or format that the renderer writes", place, page.Quote(l.Title))
		return
	}
	at := place
	for range l.Arrays {
		at = at.Items()
	}
	if isFormat {
		l.Format = l.Title
	} else {
		m.Add(at, facts.Title, l.Title, m.At(e.Line))
	}
	m.Doubt(at, e.Line, fmt.Sprintf("the page gives %s instead of the type", page.Quote(l.Title)))
}

// typeShown returns the type that follows from the fields inside, the printed JSON or the enum; "" if none of them shows it.
func typeShown(e *fields.Entry, n *nesting.Node) string {
	if n != nil && (len(n.Children) > 0 || n.Values != nil) {
		return "object"
	}
	if n != nil && n.Items == nil && n.Union == "" && n.HasValue {
		value := n.Value
		for range e.Label.Arrays {
			list, ok := value.([]any)
			if !ok || len(list) == 0 {
				return ""
			}
			value = list[0]
		}
		switch value.(type) {
		case *jsonsample.Object:
			return "object"
		case string:
			return "string"
		case json.Number:
			return "number"
		case bool:
			return "boolean"
		}
	}
	if e.Enum != nil && slices.ContainsFunc(e.Enum.Values, func(value string) bool { return !json.Valid([]byte(value)) }) {
		return "string"
	}
	return ""
}

// looksLikeTitle reports whether a label may be a title: text for readers, or the name of a class. A word in another script
// that does not begin with a capital is a type in another language.
func looksLikeTitle(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first) || strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || r == '_' || unicode.IsUpper(r) })
}

// isSlip reports whether a label is a misspelt type or format.
func isSlip(text string) bool {
	if len(text) > 16 {
		return false
	}
	limit := 2
	if len(text) < 6 {
		limit = 1
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(grammar.Formats)), maps.Keys(grammar.Primitives))
	return slices.ContainsFunc(append(names, "any"), func(name string) bool { return distance(text, name) <= limit })
}

// distance returns the number of letters to change, add or remove between two words.
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
