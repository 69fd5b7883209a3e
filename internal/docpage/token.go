package docpage

import (
	"strings"
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

var ()

// chosenBy stands before the tabs of a discriminator as oneOf does before those of a union.
const chosenBy = "discriminator"

// maxTokens bounds what one page can make of memory; real ones have below 10,000.
const maxTokens = 200_000
