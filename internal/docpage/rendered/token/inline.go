package token

import (
	"regexp"
	"strings"
	"unicode"
)

// Tidy removes what cannot be seen from a line.
func Tidy(line string) string {
	return strings.TrimFunc(ZeroWidth.Replace(line), unicode.IsSpace)
}

var (
	ZeroWidth  = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00ad", "")
	inlineLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)`)
	escaped    = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// Unescape undoes Markdown's backslashes.
func Unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return escaped.ReplaceAllString(text, "$1")
}

// Marks removes the marks of bold text and code.
var Marks = strings.NewReplacer("**", "", "`", "")

// Plain returns a heading's or label's text without links and marks.
func Plain(text string) string {
	if !strings.ContainsAny(text, "[\\*`") && IsPlain(text) {
		return strings.TrimSpace(text)
	}
	text = inlineLink.ReplaceAllString(text, "")
	text = Marks.Replace(text)
	return strings.Join(strings.Fields(ZeroWidth.Replace(Unescape(text))), " ")
}

// IsPlain: single spaces, and nothing that cannot be seen.
func IsPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x80 || c < ' ' || c == ' ' && i+1 < len(text) && text[i+1] == ' ' {
			return false
		}
	}
	return true
}

// Bold takes a line apart that begins in bold: **name** rest.
func Bold(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "**") {
		return "", "", false
	}
	for i := 2; i+1 < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], "**"):
			for i+2 < len(text) && text[i+2] == '*' { // the name itself ends in an unescaped star
				i++
			}
			return Unescape(text[2:i]), text[i+2:], i > 2
		}
	}
	return "", "", false
}

// CodeSpan takes a span of code off the front of text. An empty span prints nothing, or two ticks.
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

// unpad removes the space that separates a span's ticks from a tick in its value.
func unpad(value string) string {
	if len(value) > 2 && value[0] == ' ' && value[len(value)-1] == ' ' && strings.Contains(value, "`") {
		return value[1 : len(value)-1]
	}
	return value
}

// Spans lists the code spans of a line, and the words that stand beside them. Two spans can follow each other without a space,
// which Markdown itself would read as one span with two ticks in it.
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

// HardBreak removes the backslash that ends every line inside an array: Markdown's hard line break.
func HardBreak(line string) string {
	trimmed := strings.TrimRight(line, " \t")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 {
		return trimmed[:len(trimmed)-1]
	}
	return line
}

// LinkText is a link or a picture; its first group is the text.
var LinkText = regexp.MustCompile(`!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)`)

// Address returns an address that a scraper made a link of.
func Address(text string) string {
	if m := LinkText.FindStringSubmatch(text); m != nil && m[0] == text && IsAddress(m[1]) {
		return m[1]
	}
	return text
}

// IsAddress reports whether a text is an address or the path of one.
func IsAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "/")
}
