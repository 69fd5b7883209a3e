package facts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Canonical returns the form in which values are compared. A page prints a string as it is and everything else as JSON, so
// it cannot show whether 10 is a number or a string: both become 10. White space is removed from JSON, and objects are
// sorted.
func Canonical(text string) string {
	text = collapse(html.UnescapeString(text))
	if !looksLikeJSON(text) {
		return text
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil || decoder.More() {
		return text
	}
	return CanonicalValue(value)
}

// CanonicalValue is like [Canonical] for a decoded value.
func CanonicalValue(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return Canonical(v)
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return canonicalNumber(v.String())
	case float64:
		return canonicalNumber(strconv.FormatFloat(v, 'g', -1, 64))
	case int:
		return strconv.Itoa(v)
	}
	return CompactJSON(tidyNumbers(value))
}

// CompactJSON encodes a value as JSON without white space and HTML escapes.
func CompactJSON(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return ""
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// Texts decodes a list of strings that [CompactJSON] encoded.
func Texts(value string) []string {
	var texts []string
	_ = json.Unmarshal([]byte(value), &texts)
	return texts
}

func tidyNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		return json.Number(canonicalNumber(v.String()))
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = tidyNumbers(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key := range v {
			out[key] = tidyNumbers(v[key])
		}
		return out
	case string:
		return collapse(v)
	}
	return value
}

// collapse replaces white space that a browser collapses with one space. Another space, such as the narrow one before PM in
// some dates, is a character like any other: it decides whether a value can be parsed.
func collapse(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\r\f", r) }), " ")
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`)

func looksLikeJSON(text string) bool {
	return text != "" && (text[0] == '{' || text[0] == '[' || jsonNumber.MatchString(text))
}

// canonicalNumber formats a number like a browser: 1.0 is 1. A number too long for a float stays as it is.
func canonicalNumber(text string) string {
	if digits := strings.TrimLeft(text, "-"); len(digits) > 15 || !strings.ContainsAny(text, ".eE") {
		return text
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

var (
	markdownLink   = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
	markdownEscape = regexp.MustCompile(`\\([[:punct:]])`)
	markdownBullet = regexp.MustCompile(`(?m)^\s*(?:[-*+]|\d+\.)\s+`)
	inlineTag      = regexp.MustCompile(`(?i)</?(?:a|abbr|b|code|em|i|kbd|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>`)
	admonition     = regexp.MustCompile(`(?m)^[ \t]*:{3,}[ \t]*([A-Za-z]*)[ \t]*(?:\[([^\]]*)\]|(.*))[ \t]*$`)
	htmlTag        = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
)

// typewriter replaces typographic punctuation, which some renderers and scrapers substitute for quotes and dashes.
var typewriter = strings.NewReplacer("‘", "'", "’", "'", "‚", "'", "“", `"`, "”", `"`, "„", `"`, "–", "-", "—", "-", "…", "...")

// PlainText removes markup from prose, so that the same text in another dialect of Markdown, or in HTML, is equal.
func PlainText(prose string) string {
	prose = admonition.ReplaceAllStringFunc(prose, admonitionTitle)
	prose = markdownLink.ReplaceAllString(prose, "$1")
	prose = inlineTag.ReplaceAllString(prose, "")
	prose = htmlTag.ReplaceAllString(prose, " ")
	prose = markdownBullet.ReplaceAllString(prose, "")
	prose = markdownEscape.ReplaceAllString(prose, "$1")
	prose = typewriter.Replace(html.UnescapeString(prose))
	prose = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("*_`#|\u200b\ufeff", r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, prose)
	return strings.ReplaceAll(strings.Join(strings.Fields(prose), " "), "[ ", "[") // a scraper writes a space after a bracket
}

// admonitionTitle returns what a page shows for the line that opens or closes a block such as :::info; a block without a
// title is titled with the name of its kind.
func admonitionTitle(line string) string {
	m := admonition.FindStringSubmatch(line)
	if title := strings.TrimSpace(m[2] + m[3]); title != "" {
		return title
	}
	return m[1]
}

// TextHash returns a short fingerprint of prose, or "" if there is none.
func TextHash(prose string) string {
	plain := PlainText(prose)
	if plain == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:6])
}

// MediaTypeName returns a media type in lower case, with its parameters unchanged: application/json; charset=utf-8.
func MediaTypeName(text string) string {
	parts := strings.Split(text, ";")
	parts[0] = strings.ToLower(parts[0])
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return strings.Join(parts, "; ")
}

func canonicalNode(node *yaml.Node) string { return CanonicalValue(oas.Value(node)) }

// ValueOf returns the canonical value of an aspect in a YAML node, as a ledger states it: a list for an enum, true or false
// for a flag. A flag that is false is absent.
func ValueOf(aspect Aspect, node *yaml.Node) string {
	switch aspect {
	case Enum, AuthMethods, TokenTypes, Scopes:
		values := oas.Texts(node)
		for i, value := range values {
			values[i] = Canonical(value)
		}
		return CompactJSON(values)
	}
	if aspect.IsKeyword() && !oas.IsNull(node) {
		return CompactJSON(tidyNumbers(oas.Value(node)))
	}
	value := canonicalNode(node)
	if aspect.IsFlag() && value == "false" || value == "null" && node.ShortTag() == "!!null" {
		return ""
	}
	return value
}
