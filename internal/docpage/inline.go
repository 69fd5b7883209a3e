package docpage

import (
	"regexp"
	"strings"
	"unicode"
)

// tidy removes what cannot be seen from a line.
func tidy(line string) string {
	return strings.TrimFunc(zeroWidth.Replace(line), unicode.IsSpace)
}

var zeroWidth = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00ad", "")

var inlineLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)`)

var escaped = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)

// unescape undoes Markdown's backslashes.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return escaped.ReplaceAllString(text, "$1")
}

var dress = strings.NewReplacer("**", "", "`", "")

// words is a heading's or label's text without links and dress.
func words(text string) string {
	if !strings.ContainsAny(text, "[\\*`") && isPlain(text) {
		return strings.TrimSpace(text)
	}
	text = inlineLink.ReplaceAllString(text, "")
	text = dress.Replace(text)
	return strings.Join(strings.Fields(zeroWidth.Replace(unescape(text))), " ")
}

// isPlain: single spaces, and nothing that cannot be seen.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x80 || c < ' ' || c == ' ' && i+1 < len(text) && text[i+1] == ' ' {
			return false
		}
	}
	return true
}

// bold takes a line apart that begins in bold: **name** rest.
func bold(text string) (name, rest string, ok bool) {
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
			return unescape(text[2:i]), text[i+2:], i > 2
		}
	}
	return "", "", false
}

// codeSpan takes a span of code off the front of text. An empty span prints nothing, or two ticks.
func codeSpan(text string) (value, rest string, ok bool) {
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

// spans lists the code spans of a line, and the words that stand beside them.
func spans(text string) (values []string, beside string) {
	var rest strings.Builder
	for {
		before, _, found := strings.Cut(text, "`")
		value, after, ok := codeSpan(text[len(before):])
		if rest.WriteString(before); !found || !ok {
			rest.WriteString(text[len(before):])
			return values, strings.Trim(rest.String(), " ,\t")
		}
		values = append(values, value)
		text = after
	}
}

// hardBreak removes the backslash that ends every line inside an array: Markdown's hard line break.
func hardBreak(line string) string {
	trimmed := strings.TrimRight(line, " \t")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 {
		return trimmed[:len(trimmed)-1]
	}
	return line
}

var linkText = regexp.MustCompile(`!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)`)

// withoutLink is an address that a scraper made a link of.
func withoutLink(text string) string {
	if m := linkText.FindStringSubmatch(text); m != nil && m[0] == text && isAddress(m[1]) {
		return m[1]
	}
	return text
}

func isAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "/")
}
