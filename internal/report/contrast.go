package report

import (
	"regexp"
	"strings"
)

// part is a section of a value.
type part struct {
	Text    string
	Differs bool
}

// token is a word, or one character between words.
var token = regexp.MustCompile(`(?s)[\pL\pN_-]+|.`)

// contrast marks the words that differ between two values. An absent value has no parts.
func contrast(a, b string) (left, right []part) {
	if a == "" || b == "" {
		return unmarked(a), unmarked(b)
	}
	for _, run := range compareTokens(token.FindAllString(a, -1), token.FindAllString(b, -1)) {
		text := part{strings.Join(run.tokens, ""), run.kind != inBoth}
		if run.kind != added {
			left = append(left, text)
		}
		if run.kind != removed {
			right = append(right, text)
		}
	}
	return shownParts(left), shownParts(right)
}

func unmarked(s string) []part {
	if s == "" {
		return nil
	}
	return shownParts([]part{{s, false}})
}

// shownParts makes the texts of parts safe to show.
func shownParts(list []part) []part {
	const most = 2000
	for i := range list {
		list[i].Text = oneLine(list[i].Text, most)
	}
	return list
}
