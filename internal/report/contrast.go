package report

import "unicode"

// part is a stretch of a value.
type part struct {
	Text    string
	Differs bool
}

// contrast marks what differs between two values: everything between their common beginning and their common end. A value that
// is not there has no parts.
func contrast(a, b string) (left, right []part) {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 || a == b {
		return unmarked(a), unmarked(b)
	}
	start := 0
	for start < min(len(x), len(y)) && x[start] == y[start] {
		start++
	}
	for start > 0 && inWord(x, start) || start > 0 && inWord(y, start) {
		start--
	}
	end := 0
	for end < min(len(x), len(y))-start && x[len(x)-1-end] == y[len(y)-1-end] {
		end++
	}
	for end > 0 && (inWord(x, len(x)-end) || inWord(y, len(y)-end)) {
		end--
	}
	return cut(x, start, len(x)-end), cut(y, start, len(y)-end)
}

// inWord reports whether the place before i is within a word, where a mark would be hard to read.
func inWord(runes []rune, i int) bool {
	is := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' }
	return i > 0 && i < len(runes) && is(runes[i-1]) && is(runes[i])
}

func unmarked(s string) []part { return parts(part{s, false}) }

func cut(r []rune, from, to int) []part {
	return parts(part{string(r[:from]), false}, part{string(r[from:to]), true}, part{string(r[to:]), false})
}

// parts leaves out what is empty, and makes the rest fit to be shown.
func parts(list ...part) []part {
	const most = 2000
	var out []part
	for _, p := range list {
		if p.Text != "" {
			out = append(out, part{oneLine(p.Text, most), p.Differs})
		}
	}
	return out
}
