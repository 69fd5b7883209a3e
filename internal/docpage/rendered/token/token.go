package token

import "strings"

// Kind is the kind of a token.
type Kind byte

const (
	Heading Kind = iota + 1
	ParagraphLine
	Item  // of a list
	Code  // a block of code
	Open  // what follows is inside the previous field (only in HTML)
	Close // ends the innermost open
	NextVariant
	NextStatus // what follows belongs to the response of that status (only in HTML)
)

// Role is what a source shows about a token's origin.
type Role byte

const (
	Unknown   Role = iota // the only role in Markdown
	Structure             // the renderer printed it
	Prose                 // an author wrote it
)

// Token is a piece of a page, from Markdown or HTML.
type Token struct {
	Kind  Kind
	Text  string // inline Markdown
	Level int    // of a heading
	Line  int
	First bool // of a paragraph: its first line
	Role  Role
	// The following fields are about code.
	Lines    []string
	Language string
	Closed   bool
	Fenced   bool // there is a fence above the lines
}

// Words returns all text of a token, as prose.
func (t Token) Words() string {
	if t.Kind == Code {
		return strings.Join(t.Lines, "\n")
	}
	return t.Text
}

// FirstLine returns the line number of the first line of a block of code, which is below its fence.
func (t Token) FirstLine() int {
	if t.Fenced {
		return t.Line + 1
	}
	return t.Line
}

// Discriminator precedes the tabs of a discriminator, as oneOf precedes those of a union.
const Discriminator = "discriminator"

// Max limits the memory for a page; real ones have fewer than 10,000 tokens.
const Max = 200_000

// LongestName is longer than any line that the renderer or a scraper prints itself: the name of a field with its label, a
// heading, a status, a media type, a button.
const LongestName = 1000
