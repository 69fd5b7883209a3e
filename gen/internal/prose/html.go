package prose

import (
	"html"
	"regexp"
	"strings"
)

var (
	htmlLink  = regexp.MustCompile(`(?is)<a\s[^<>]*?href\s*=\s*["']?([^"'<>\s]+)["']?[^<>]*>(.*?)</a\s*>`)
	htmlItems = regexp.MustCompile(`(?i)</li>\s*<li[^<>]*>`)
	htmlBlock = regexp.MustCompile(`(?i)</?(?:p|div|h[1-6]|br|hr|tr|table|blockquote)(?:\s[^<>]*)?/?>`)
	htmlTag   = regexp.MustCompile(`(?i)</?(?:a|b|i|u|em|strong|span|ul|ol|li|code|pre|sup|sub|small|img|td|th|tbody|thead|font|mark|details|summary)(?:\s[^<>]*)?/?>`)
)

// plain removes the HTML tags from published descriptions; links keep their address. Anything else between < and > is text,
// such as <id>.
func plain(text string) string {
	if !strings.Contains(text, "<") && !strings.Contains(text, "&") {
		return text
	}
	text = htmlLink.ReplaceAllString(text, "$2 ($1)")
	text = htmlItems.ReplaceAllString(text, ", ")
	text = htmlBlock.ReplaceAllString(text, "\n\n")
	text = htmlTag.ReplaceAllString(text, " ")
	return html.UnescapeString(text)
}
