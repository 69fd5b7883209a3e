package reference

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// The functions here write text of a document so that Markdown shows it as it is: without HTML, links, images, or cells of a
// table.

var marks = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"~", `\~`, "#", `\#`, "$", `\$`, "!", `\!`)

// beginning matches what would turn a line of text into something else: a list, a heading, a rule.
var beginning = regexp.MustCompile(`^(?:[-+=]|\d+[.)])`)

// escaped returns text as one line.
func escaped(text string) string {
	text = prose.OneLine(text)
	if at := beginning.FindString(text); at != "" {
		return at[:len(at)-1] + `\` + at[len(at)-1:] + marks.Replace(text[len(at):])
	}
	return marks.Replace(text)
}

// paragraphs returns text with its paragraphs.
func paragraphs(text string) string {
	parts := strings.Split(prose.Clean(text), "\n\n")
	for i := range parts {
		parts[i] = escaped(parts[i])
	}
	return strings.Join(parts, "\n\n")
}

// code returns text as code or, if it contains a backtick or a bar, which ends a cell even in code, as a quoted string. Text
// that Markdown would change, such as several spaces, is quoted, too.
func code(text string) string {
	if prose.OneLine(text) != text {
		text = strconv.Quote(text)
	}
	if text == "" || strings.ContainsAny(text, "`|") {
		return marks.Replace(strconv.Quote(text))
	}
	return "`" + text + "`"
}

// codes returns a list of strings as code.
func codes(texts []string) string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = code(text)
	}
	return strings.Join(out, ", ")
}

// link returns a link to an address of a document; "" if that is not a web address.
func link(text, address string) string {
	if !webAddress.MatchString(address) {
		return ""
	}
	return "[" + text + "](" + address + ")"
}

var webAddress = regexp.MustCompile(`^https?://[\w.:/?&=%+,@~#-]+$`)

// table is a table whose cells are Markdown. Empty columns are omitted.
type table struct {
	names []string
	rows  [][]string
}

func (t table) String() string {
	var out strings.Builder
	used := make([]bool, len(t.names))
	for i := range used {
		used[i] = slices.ContainsFunc(t.rows, func(row []string) bool { return row[i] != "" })
	}
	write := func(row []string) {
		for i, cell := range row {
			if used[i] {
				out.WriteString("| " + cell + " ")
			}
		}
		out.WriteString("|\n")
	}
	write(t.names)
	write(slices.Repeat([]string{"---"}, len(t.names)))
	for _, row := range t.rows {
		write(row)
	}
	return out.String() + "\n"
}

// anchors are the anchors of the headings of a page, as GitHub names them.
type anchors map[string]int

// claim returns the anchor for the next heading on the page.
func (a anchors) claim(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, heading)
	n := a[slug]
	a[slug]++
	if n == 0 {
		return slug
	}
	numbered := slug + "-" + strconv.Itoa(n)
	a[numbered]++
	return numbered
}
