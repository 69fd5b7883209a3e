package frommarkdown

import (
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// fieldStyle is how a scraper writes the line of a field.
type fieldStyle byte

const (
	notField fieldStyle = iota
	plainField
	flagsMarked
	labelMarked
	nameMarked
	inList
)

var (
	linkedName = regexp.MustCompile(`^(?:\*\*\[([^\[\]]+)\]\([^()]*\)\*\*|\[\*\*([^\[\]]+?)\*\*\]\([^()]*\))\s*(.*)$`)
	codedName  = regexp.MustCompile("^(?:\\*\\*)?`([^`]+)`(?:\\*\\*)?\\s*([^`\\s].*)$")
	markedFlag = regexp.MustCompile("^(?:,\\s*)?(?:\\*{1,2}|_{1,2}|`|\\()?(nullable|required|deprecated)(?:\\*{1,2}|_{1,2}|`|\\))?,?$")
	markedWord = regexp.MustCompile("^(?:\\*{1,2}|_{1,2}|`)(.+?)(?:\\*{1,2}|_{1,2}|`)((?:nullable|required|deprecated)*)$")
)

// fieldLine detects how the line of a field with a known type is written, and rewrites it as **name** label.
func fieldLine(tok token.Token) (fieldStyle, string) {
	text, found := tok.Text, plainField
	if len(text) > token.LongestName || tok.Kind != token.Item && tok.Kind != token.ParagraphLine {
		return notField, ""
	}
	if m := linkedName.FindStringSubmatch(text); m != nil {
		text, found = "**"+m[1]+m[2]+"** "+m[3], nameMarked
	}
	if m := codedName.FindStringSubmatch(text); m != nil {
		text, found = "**"+m[1]+"** "+m[2], nameMarked
	}
	_, rest, ok := token.Bold(text)
	if !ok || rest == "" || grammar.Attribute.MatchString(text) {
		return notField, ""
	}
	head := text[:len(text)-len(rest)]
	if l, ok := grammar.ParseLabel(rest); !ok || !l.Known || l.Text == "" {
		parts := strings.Fields(strings.ReplaceAll(rest, ",", " , "))
		for i, part := range parts {
			if m := markedFlag.FindStringSubmatch(part); m != nil {
				parts[i], found = m[1], max(found, flagsMarked)
			} else if part == "," {
				parts[i] = ""
			} else if m := markedWord.FindStringSubmatch(part); m != nil {
				parts[i], found = m[1]+m[2], max(found, labelMarked)
			}
		}
		rest = strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if l, ok = grammar.ParseLabel(rest); !ok || !l.Known || l.Text == "" || found < flagsMarked {
			return notField, ""
		}
	}
	if tok.Kind == token.Item {
		found = inList
	}
	return found, head + " " + strings.TrimSpace(rest)
}

// normalizeFields rewrites fields as **name** label. A line in a list, a link, or code is a field only on a page without
// other fields: a description can have such a line.
func normalizeFields(tokens []token.Token) {
	counts := map[fieldStyle]int{}
	for _, tok := range tokens {
		style, _ := fieldLine(tok)
		counts[style]++
	}
	for i, tok := range tokens {
		style, text := fieldLine(tok)
		if style == flagsMarked || style > flagsMarked && counts[style] > counts[plainField] {
			tokens[i].Kind, tokens[i].Text, tokens[i].First = token.ParagraphLine, text, true
		}
	}
}
