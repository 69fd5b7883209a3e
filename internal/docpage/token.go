package docpage

import (
	"regexp"
	"strings"
	"unicode"
)

type tokenKind byte

const (
	heading tokenKind = iota + 1
	paragraphLine
	item  // of a list
	code  // a block of code
	open  // what follows is inside the field before (HTML says so; Markdown does not)
	close // ends the innermost open
	nextVariant
	nextStatus // what follows belongs to the response of that status (HTML says so; Markdown does not)
)

// role is what a source knows of a token's origin.
type role byte

const (
	unknown   role = iota // all that Markdown can say
	structure             // the renderer printed it
	prose                 // an author wrote it
)

// token is a piece of a page, from Markdown or HTML.
type token struct {
	kind  tokenKind
	text  string // inline Markdown
	level int    // of a heading
	line  int
	first bool // of a paragraph: its first line
	role  role
	// What follows is about code.
	lines    []string
	language string
	closed   bool
	fenced   bool // there is a fence above the lines
}

// words are all of a token's text, as prose.
func (t token) words() string {
	if t.kind == code {
		return strings.Join(t.lines, "\n")
	}
	return t.text
}

// inside is the line of the first line of a block of code, which stands below its fence.
func (t token) inside() int {
	if t.fenced {
		return t.line + 1
	}
	return t.line
}

var zeroWidth = strings.NewReplacer("\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u2060", "", "\u00ad", "")

// tidy removes what cannot be seen from a line.
func tidy(line string) string {
	return strings.TrimFunc(zeroWidth.Replace(line), unicode.IsSpace)
}

var (
	inlineLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)`)
	escaped    = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

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

// interface text around the documentation, which scrapers sometimes keep.
var buttons = map[string]bool{
	"copy": true, "copy to clipboard": true, "copied": true, "toggle word wrap": true, "expand all": true,
	"collapse all": true, "edit this page": true, "previous": true, "next": true, "skip to main content": true,
	"on this page": true, "try it": true, "download": true, "export": true, "show more": true, "show less": true,
	"copy page": true, "copy as markdown": true, "view as markdown": true, "open in chatgpt": true, "open in claude": true, "view source": true, "share": true, "print": true, "was this page helpful?": true, "loading...": false,
}

func isButton(text string) bool { return buttons[strings.ToLower(words(text))] }

func isUnionWord(text string) bool { return text == "oneOf" || text == "anyOf" }
