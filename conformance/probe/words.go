package main

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

//go:embed words.txt
var ownWords string

// words are those that services use in their responses and that are nobody's name. They include the words of the spec.
type words map[string]bool

func wordsOf(doc *openapi3.T) words {
	known := words{}
	known.add(ownWords)
	for path := range doc.Paths.Map() {
		known.add(path)
	}
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		for name := range ref.Value.Properties {
			known.add(name)
		}
		for _, value := range ref.Value.Enum {
			if text, isText := value.(string); isText {
				known.add(text)
			}
		}
		return nil
	})
	return known
}

func (w words) add(text string) {
	for _, word := range piece.FindAllString(text, -1) {
		w[strings.ToLower(word)] = true
	}
}

var (
	// token matches an id, a name or a word without spaces.
	token = regexp.MustCompile(`[\p{L}\p{M}\p{N}_]+`)
	// piece matches a word in a name such as shareLink or snapshot_id.
	piece = regexp.MustCompile(`\p{Lu}?[^\P{L}\p{Lu}]+|\p{Lu}+`)
)

// keep masks every token of a text that is not made of known words: "Jane Roe was not found" becomes "xxxx xxx was not
// found". A known word with a capital next to a masked one is part of a name: "Will Roe" becomes "xxxx xxx".
func (w words) keep(text string) string {
	at := token.FindAllStringIndex(text, -1)
	kept := make([]bool, len(at))
	for i, span := range at {
		kept[i] = w.knows(text[span[0]:span[1]])
	}
	inName := func(i int) bool {
		return i >= 0 && i < len(at) && !kept[i] && capitalized(text[at[i][0]:at[i][1]])
	}
	var out strings.Builder
	end := 0
	for i, span := range at {
		one := text[span[0]:span[1]]
		if !kept[i] || capitalized(one) && (inName(i-1) || inName(i+1)) {
			one = mask(one)
		}
		out.WriteString(text[end:span[0]] + one)
		end = span[1]
	}
	return out.String() + text[end:]
}

// knows reports whether a token is made of known words.
func (w words) knows(token string) bool {
	if strings.ContainsFunc(token, func(r rune) bool { return !unicode.IsLetter(r) && r != '_' }) {
		return false
	}
	return !slices.ContainsFunc(piece.FindAllString(token, -1), func(word string) bool { return !w[strings.ToLower(word)] })
}

// capitalized reports whether a token consists of letters, the first of them a capital, as in a name.
func capitalized(token string) bool {
	first, _ := utf8.DecodeRuneInString(token)
	return unicode.IsUpper(first) && !strings.ContainsFunc(token, unicode.IsNumber)
}

// mask keeps only the form of a text: "10/28/2022, 6:24 PM" becomes "00/00/0000, 0:00 xx".
func mask(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			return 'x'
		case unicode.IsNumber(r):
			return '0'
		}
		return r
	}, text)
}
