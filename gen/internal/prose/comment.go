package prose

import (
	"strings"
	"unicode/utf8"
)

// Comment wraps a clean text into // lines that are at most width wide after the indent.
func Comment(text string, width int) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteString("//\n")
		}
		line := ""
		for w := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "" && i > 0 && strings.HasPrefix(w, "#"):
				w = "\\" + w // not a heading of the Go comment
			case line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width-3:
				b.WriteString("// " + line + "\n")
				line = ""
			case line != "":
				w = " " + w
			}
			line += w
		}
		if line != "" {
			b.WriteString("// " + line + "\n")
		}
	}
	return b.String()
}
