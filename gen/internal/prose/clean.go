// Package prose writes comments and messages as plain sentences.
package prose

import (
	"strings"
	"unicode"
)

// Clean prepares text of a document for a comment: single spaces, an empty line between paragraphs, and no character that
// ends a // comment, is invisible, or changes the reading direction.
func Clean(text string) string { return visible(plain(text)) }

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

func visible(text string) string {
	if isPlain(text) {
		return text
	}
	text = lineEnds.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, text)
	var paragraphs []string
	var words []string
	flush := func() {
		if len(words) > 0 {
			paragraphs = append(paragraphs, strings.Join(words, " "))
			words = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			flush()
		}
		words = append(words, fields...)
	}
	flush()
	return strings.Join(paragraphs, "\n\n")
}

// isPlain reports whether text is one line of ASCII with single spaces, as is usual.
func isPlain(text string) bool {
	space := true
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' || space && text[i] == ' ' {
			return false
		}
		space = text[i] == ' '
	}
	return !space
}

// OneLine is like [Clean], but joins the paragraphs.
func OneLine(text string) string { return strings.ReplaceAll(Clean(text), "\n\n", " ") }

// Sentence is like [Clean], with a full stop at the end.
func Sentence(text string) string {
	text = Clean(text)
	if text == "" || strings.ContainsRune(".!?:", rune(text[len(text)-1])) {
		return text
	}
	return text + "."
}
