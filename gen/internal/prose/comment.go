package prose

import (
	"strings"
	"unicode/utf8"
)

// Comment wraps text into // lines of at most width characters after the indent.
func Comment(text string, width int) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(visible(text), "\n\n") {
		if i > 0 {
			b.WriteString("//\n")
		}
		line := ""
		for w := range strings.FieldsSeq(paragraph) {
			if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width-3 {
				b.WriteString(Remark(line) + "\n")
				line = ""
			} else if line == "" && i > 0 && strings.HasPrefix(w, "#") {
				w = "\\" + w // not a heading of the Go comment
			} else if line != "" {
				w = " " + w
			}
			line += w
		}
		if line != "" {
			b.WriteString(Remark(line) + "\n")
		}
	}
	return b.String()
}

// Remark returns one line as a comment. Where it begins with +build, gofmt would make it a build constraint of the file.
func Remark(line string) string {
	if first, _, _ := strings.Cut(line, " "); first == "+build" {
		line = "\\" + line
	}
	return "// " + line
}
