package fields

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

var (
	lengthBound = regexp.MustCompile(`^(>=|<=|>|<)\s*(\d+)\s+characters?$`)
	valueBound  = regexp.MustCompile(`^(?:items\s+)?(>=|<=|>|<)\s*(-?[\d.]+(?:[eE][+-]?\d+)?)(?:\s+items)?$`)
	patternText = regexp.MustCompile(`^Value must match regular expression\s*`)
)

// possibleValues reads what follows "Possible values:". It returns what it does not recognize as unread.
func possibleValues(text string, l grammar.Label) (enum []string, constraints []Constraint, unread string) {
	paired, whole := false, text
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimLeft(text, " ,") {
		switch {
		case strings.HasPrefix(text, "and "):
			text, paired = text[4:], true
			continue
		case strings.HasPrefix(text, "["), strings.HasPrefix(text, `\[`):
			var values []string
			var ok bool
			if values, text, ok = listOfValues(strings.TrimPrefix(strings.TrimPrefix(text, `\`), "[")); !ok {
				return enum, constraints, whole
			}
			enum = append(enum, values...)
			continue
		}
		isPattern := false
		if m := patternText.FindString(text); m != "" {
			isPattern, text = true, text[len(m):]
		}
		value, rest, ok := token.CodeSpan(text)
		if !ok {
			return enum, constraints, text
		}
		text = rest
		if isPattern {
			constraints = append(constraints, Constraint{Aspect: "pattern", Value: value})
			continue
		}
		bounds, ok := bound(strings.ReplaceAll(html.UnescapeString(value), "\u00a0", " "), l, paired || strings.HasPrefix(strings.TrimSpace(rest), "and "))
		if !ok {
			return enum, constraints, value
		}
		paired = false
		constraints = append(constraints, bounds...)
	}
	return enum, constraints, ""
}

// isAuthorsList reports whether a line that was not recognized is a sentence of an author: the renderer writes only a
// pattern after a list of values, and bounds only in code outside of one.
func isAuthorsList(text string) bool {
	text = strings.TrimSpace(text)
	if list, ok := strings.CutPrefix(strings.TrimPrefix(text, `\`), "["); ok {
		_, _, ok = listOfValues(list)
		return ok
	}
	values, _ := token.Spans(text)
	return slices.ContainsFunc(values, func(value string) bool {
		return value != "non-empty" && !strings.ContainsAny(html.UnescapeString(value), "<>=") && !strings.Contains(value, "character")
	})
}

// listOfValues reads `a`, `b`], in which an empty value may print nothing between its commas.
func listOfValues(text string) (values []string, rest string, ok bool) {
	pending := true // a value comes next
	ticked := false
	for {
		text = strings.TrimLeft(text, " \n")
		after, isEmpty := emptyValue(text)
		switch {
		case text == "":
			return values, text, false
		case strings.HasPrefix(text, `\]`), strings.HasPrefix(text, "]"):
			if pending && len(values) > 0 {
				values = append(values, "")
			}
			return values, strings.TrimPrefix(strings.TrimPrefix(text, `\`), "]"), true
		case text[0] == ',':
			if pending {
				values = append(values, "")
			}
			pending, text = true, text[1:]
		case isEmpty && pending:
			values, text, pending = append(values, ""), after, false
		case text[0] == '`':
			value, after, ok := token.CodeSpan(text)
			if !ok || !pending {
				return values, text, false
			}
			values, text, pending, ticked = append(values, value), after, false, true
		case ticked: // a value with a backtick splits the list
			return values, text, false
		default: // a scraper that removes the backticks
			end := strings.IndexAny(text, ",]")
			if end < 0 {
				return values, text, false
			}
			values = append(values, token.Unescape(strings.TrimSpace(strings.TrimSuffix(text[:end], `\`))))
			text, pending = strings.TrimPrefix(text[end:], `\`), false
		}
	}
}

// emptyValue removes an empty value from the front of a list: two backticks with nothing between them.
func emptyValue(text string) (rest string, ok bool) {
	for _, ticks := range []string{"``", "\\`\\`"} {
		if rest, ok := strings.CutPrefix(text, ticks); ok {
			if next := strings.TrimLeft(rest, ` \`); next != "" && (next[0] == ',' || next[0] == ']') {
				return rest, true
			}
		}
	}
	return text, false
}

// bound reads one bound. For an array of numbers, it can belong to the array or to its numbers: the renderer joins the two
// bounds of a number with "and", those of an array with a comma.
func bound(text string, l grammar.Label, paired bool) ([]Constraint, bool) {
	one := func(aspect facts.Aspect, value string) []Constraint {
		return []Constraint{{Aspect: aspect, Value: facts.Canonical(value)}}
	}
	if text == "non-empty" {
		return one("minLength", "1"), true
	}
	if m := lengthBound.FindStringSubmatch(text); m != nil {
		if m[1][0] == '>' {
			return one("minLength", m[2]), true
		}
		return one("maxLength", m[2]), true
	}
	m := valueBound.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	atLeast := m[1][0] == '>'
	isNumeric := l.Kind == "number" || l.Kind == "integer"
	if isArray := l.Arrays > 0 || l.Kind == "array"; isArray && !(isNumeric && (paired || len(m[1]) == 1)) {
		aspect := facts.Aspect("maxItems")
		if atLeast {
			aspect = "minItems"
		}
		return []Constraint{{Aspect: aspect, Value: facts.Canonical(m[2]), Unsure: isNumeric}}, true
	}
	aspect, exclusive := facts.Aspect("maximum"), facts.Aspect("exclusiveMaximum")
	if atLeast {
		aspect, exclusive = "minimum", "exclusiveMinimum"
	}
	if len(m[1]) == 1 {
		return append(one(aspect, m[2]), Constraint{Aspect: exclusive, Value: "true"}), true
	}
	return one(aspect, m[2]), true
}
