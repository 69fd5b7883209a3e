package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// changedWords returns which words of a text a page removed and added, like git: [-removed-] {+new+}, with three words
// around them. known is false if the accepted text is not known; if no text changed, both are zero.
func changedWords(site drift.Site) (words string, known, isText bool) {
	if !site.Aspect.IsText() || site.Docs == nil || site.Page == nil {
		return "", false, false
	}
	was, known := site.Docs.Prose()
	is, isKnown := site.Page.Prose()
	if !known || !isKnown {
		return "", false, true
	}
	return wordDiff(was, is), true, true
}

// wordDiff compares two texts word by word.
func wordDiff(before, after string) string {
	const context = 3
	var out []string
	runs := compareTokens(strings.Fields(before), strings.Fields(after))
	if len(runs) == 1 && runs[0].kind == inBoth {
		return ""
	}
	for i, run := range runs {
		words := run.tokens
		switch {
		case run.kind == removed:
			words = []string{"[-" + strings.Join(words, " ") + "-]"}
		case run.kind == added:
			words = []string{"{+" + strings.Join(words, " ") + "+}"}
		case i == 0 && len(words) > context:
			words = append([]string{"…"}, words[len(words)-context:]...)
		case i == len(runs)-1:
			words = words[:min(len(words), context)]
		case len(words) > 2*context:
			words = slices.Concat(words[:context], []string{"…"}, words[len(words)-context:])
		}
		out = append(out, words...)
	}
	return strings.Join(out, " ")
}

// The kinds of runs of tokens.
const (
	inBoth  = ' '
	removed = '-'
	added   = '+'
)

type run struct {
	kind   byte
	tokens []string
}

// compareTokens splits two lists into what both have, and what only one of them has.
func compareTokens(before, after []string) (runs []run) {
	add := func(kind byte, tokens []string) {
		if last := len(runs) - 1; last >= 0 && runs[last].kind == kind {
			runs[last].tokens = append(runs[last].tokens, tokens...)
		} else if len(tokens) > 0 {
			runs = append(runs, run{kind, slices.Clone(tokens)})
		}
	}
	take := func(kind byte, list *[]string, n int) {
		add(kind, (*list)[:n])
		*list = (*list)[n:]
	}
	was := len(before)
	_, hunks, _ := strings.Cut(string(diff.Diff("", asLines(before), "", asLines(after))), "@@")
	for line := range strings.Lines("@@" + hunks) {
		switch line[0] {
		case '@': // @@ -first,count +first,count @@: what is before it is the same in both
			first := 0
			_, _ = fmt.Sscanf(line, "@@ -%d,", &first)
			same := max(0, first-1-(was-len(before)))
			take(inBoth, &before, same)
			after = after[same:]
		case inBoth:
			take(inBoth, &before, 1)
			after = after[1:]
		case removed:
			take(removed, &before, 1)
		case added:
			take(added, &after, 1)
		}
	}
	add(inBoth, before)
	return runs
}

// asLines returns the tokens, one on each line.
func asLines(tokens []string) []byte {
	var out []byte
	for _, token := range tokens {
		out = append(strconv.AppendQuote(out, token), '\n')
	}
	return out
}
