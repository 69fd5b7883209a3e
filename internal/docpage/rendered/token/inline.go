package token

import (
	"regexp"
	"strings"
	"unicode"
)

// Tidy removes what is invisible from a line.
func Tidy(line string) string {
	return strings.TrimFunc(ZeroWidth.Replace(line), unicode.IsSpace)
}

var (
	ZeroWidth  = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00ad", "")
	inlineLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)`)
	escaped    = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// Unescape removes Markdown's backslash escapes.
func Unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return escaped.ReplaceAllString(text, "$1")
}

// Marks removes the marks of bold text and code.
var Marks = strings.NewReplacer("**", "", "`", "")

// Plain returns the text of a heading or label without links and marks.
func Plain(text string) string {
	if !strings.ContainsAny(text, "[\\*`") && IsPlain(text) {
		return strings.TrimSpace(text)
	}
	text = inlineLink.ReplaceAllString(text, "")
	text = Marks.Replace(text)
	return strings.Join(strings.Fields(ZeroWidth.Replace(Unescape(text))), " ")
}

// IsPlain reports whether text has only single spaces, and nothing invisible.
func IsPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x80 || c < ' ' || c == ' ' && i+1 < len(text) && text[i+1] == ' ' {
			return false
		}
	}
	return true
}

// Bold splits a line that begins in bold: **name** rest.
func Bold(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "**") {
		return "", "", false
	}
	for i := 2; i+1 < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], "**"):
			for i+2 < len(text) && text[i+2] == '*' { // the name itself ends with an unescaped star
				i++
			}
			return Unescape(text[2:i]), text[i+2:], i > 2
		}
	}
	return "", "", false
}

// CodeSpan splits a code span off the front of text. An empty span is printed as nothing, or as two backticks.
func CodeSpan(text string) (value, rest string, ok bool) {
	ticks := len(text) - len(strings.TrimLeft(text, "`"))
	if ticks == 0 {
		return "", text, false
	}
	fence := text[:ticks]
	for from := ticks; ; {
		i := strings.Index(text[from:], fence)
		if i < 0 {
			if ticks%2 == 0 { // `` alone is the empty span
				return "", text[ticks:], true
			}
			return "", text, false
		}
		end := from + i
		run := len(text[end:]) - len(strings.TrimLeft(text[end:], "`"))
		if run == ticks {
			return unpad(text[ticks:end]), text[end+run:], true
		}
		from = end + run
	}
}

// unpad removes the space that separates a span's backticks from a backtick in its value.
func unpad(value string) string {
	if len(value) > 2 && value[0] == ' ' && value[len(value)-1] == ' ' && strings.Contains(value, "`") {
		return value[1 : len(value)-1]
	}
	return value
}

// Spans returns the code spans of a line, and the words around them. Two spans can follow each other without a space, which
// Markdown itself would read as one span that contains two backticks.
func Spans(text string) (values []string, beside string) {
	var rest strings.Builder
	for {
		before, _, found := strings.Cut(text, "`")
		value, after, ok := CodeSpan(text[len(before):])
		if rest.WriteString(before); !found || !ok {
			rest.WriteString(text[len(before):])
			return values, strings.Trim(rest.String(), " ,\t")
		}
		values = append(values, strings.Split(value, "``")...)
		text = after
	}
}

// HardBreak removes the backslash at the end of every line inside an array: Markdown's hard line break.
func HardBreak(line string) string {
	trimmed := strings.TrimRight(line, " \t")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 {
		return trimmed[:len(trimmed)-1]
	}
	return line
}

// LinkText matches a link or a picture; its first group is the text.
var LinkText = regexp.MustCompile(`!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)`)

// Address returns an address that a scraper made a link of.
func Address(text string) string {
	if m := LinkText.FindStringSubmatch(text); m != nil && m[0] == text && IsAddress(m[1]) {
		return m[1]
	}
	return text
}

// IsAddress reports whether text is an address or the path of one.
func IsAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "/")
}
