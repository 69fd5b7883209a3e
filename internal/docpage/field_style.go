package docpage

import (
	"regexp"
	"strings"
)

// fieldDress is how a scraper dresses the line of a field.
type fieldDress byte

var linkedName = regexp.MustCompile(`^(?:\*\*\[([^\[\]]+)\]\([^()]*\)\*\*|\[\*\*([^\[\]]+?)\*\*\]\([^()]*\))\s*(.*)$`)

var codedName = regexp.MustCompile("^(?:\\*\\*)?`([^`]+)`(?:\\*\\*)?\\s*([^`\\s].*)$")

var dressedFlag = regexp.MustCompile("^(?:,\\s*)?(?:\\*{1,2}|_{1,2}|`|\\()?(nullable|required|deprecated)(?:\\*{1,2}|_{1,2}|`|\\))?,?$")

var dressedWord = regexp.MustCompile("^(?:\\*{1,2}|_{1,2}|`)(.+?)(?:\\*{1,2}|_{1,2}|`)((?:nullable|required|deprecated)*)$")

// fieldLine tells whether a line is that of a field with a known type, and how it is written without its dress.
func fieldLine(tok token) (fieldDress, string) {
	text, found := tok.text, asUsual
	if len(text) > longestName {
		return noField, ""
	}
	if m := linkedName.FindStringSubmatch(text); m != nil {
		text, found = "**"+m[1]+m[2]+"** "+m[3], nameDressed
	}
	if m := codedName.FindStringSubmatch(text); m != nil {
		text, found = "**"+m[1]+"** "+m[2], nameDressed
	}
	_, rest, ok := bold(text)
	if !ok || rest == "" || attribute.MatchString(text) {
		return noField, ""
	}
	head := text[:len(text)-len(rest)]
	if l, ok := parseLabel(rest); !ok || !l.known || l.text == "" {
		parts := strings.Fields(strings.ReplaceAll(rest, ",", " , "))
		for i, part := range parts {
			if m := dressedFlag.FindStringSubmatch(part); m != nil {
				parts[i], found = m[1], max(found, flagsDressed)
			} else if part == "," {
				parts[i] = ""
			} else if m := dressedWord.FindStringSubmatch(part); m != nil {
				parts[i], found = m[1]+m[2], max(found, labelDressed)
			}
		}
		rest = strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if l, ok = parseLabel(rest); !ok || !l.known || l.text == "" || found < flagsDressed {
			return noField, ""
		}
	}
	if tok.kind == item {
		found = listed
	}
	return found, head + " " + strings.TrimSpace(rest)
}

// undressFields writes fields as **name** label. One that has its place in a list, or is a link, or code, is a field only on a
// page that has no other: a description can have such a line.
func undressFields(tokens []token) {
	plain := 0
	counts := map[fieldDress]int{}
	for _, tok := range tokens {
		if tok.kind != item && tok.kind != paragraphLine {
			continue
		}
		switch dress, _ := fieldLine(tok); {
		case dress == asUsual:
			plain++
		case dress != noField:
			counts[dress]++
		}
	}
	for i := range tokens {
		if tokens[i].kind != item && tokens[i].kind != paragraphLine {
			continue
		}
		dress, text := fieldLine(tokens[i])
		if dress == flagsDressed || dress > flagsDressed && counts[dress] > plain {
			tokens[i].kind, tokens[i].text, tokens[i].first = paragraphLine, text, true
		}
	}
}
