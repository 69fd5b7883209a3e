package report

import (
	"regexp"
	"strings"
)

// zeroWidth is an invisible space. It separates what GitHub would turn into a mention or a link after Markdown is rendered, where
// no backslash helps.
const zeroWidth = "\u200b"

// linked are the ways to a link that need no bracket: @name, #12, GH-12, an address, a www host, a commit. A bare commit id
// does no harm.
var linked = regexp.MustCompile(`(?i)@|#|://|\bgh-|\bwww\.|\b(?:mailto|xmpp):`)

var markdownMarks = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`, "$", `\$`, "!", `\!`,
)

// prose escapes foreign text for a line of Markdown, also within a table: no mark-up, no HTML, no mention, no link.
func prose(s string, runes int) string {
	return markdownMarks.Replace(linked.ReplaceAllStringFunc(oneLine(s, runes), func(start string) string {
		return start[:1] + zeroWidth + start[1:]
	}))
}

// code quotes foreign text as it is, outside of tables. Nothing within a code span is mark-up, a mention or a link; it ends only
// at as many backticks as it began with.
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
