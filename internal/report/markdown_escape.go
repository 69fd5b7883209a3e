package report

import (
	"regexp"
	"strings"
)

// zeroWidth is an invisible space. It breaks up what GitHub would convert to a mention or a link after rendering Markdown,
// where a backslash does not help.
const zeroWidth = "\u200b"

// linked matches what becomes a link without brackets: @name, #12, GH-12, a URL, a www host, a commit. A bare commit id is
// harmless.
var linked = regexp.MustCompile(`(?i)@|#|://|\bgh-|\bwww\.|\b(?:mailto|xmpp):`)

var markdownMarks = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`, "$", `\$`, "!", `\!`,
)

// prose escapes untrusted text for a line of Markdown, including a table cell: no markup, no HTML, no mention, no link.
func prose(s string, runes int) string {
	return markdownMarks.Replace(linked.ReplaceAllStringFunc(oneLine(s, runes), func(start string) string {
		return start[:1] + zeroWidth + start[1:]
	}))
}

// code quotes untrusted text unchanged, outside of tables. Nothing inside a code span is markup, a mention or a link; it
// ends only at as many backticks as it began with.
func code(s string, runes int) string {
	s = oneLine(s, runes)
	if strings.TrimSpace(s) == "" {
		return "(blank)"
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}
