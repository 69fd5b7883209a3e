package token

import "strings"

// Kind is what a token is.
type Kind byte

const (
	Heading Kind = iota + 1
	ParagraphLine
	Item  // of a list
	Code  // a block of code
	Open  // what follows is inside the field before (HTML says so; Markdown does not)
	Close // ends the innermost open
	NextVariant
	NextStatus // what follows belongs to the response of that status (HTML says so; Markdown does not)
)

// Role is what a source knows of a token's origin.
type Role byte

const (
	Unknown   Role = iota // all that Markdown can say
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
	// What follows is about code.
	Lines    []string
	Language string
	Closed   bool
	Fenced   bool // there is a fence above the lines
}

// Words returns all of a token's text, as prose.
func (t Token) Words() string {
	if t.Kind == Code {
		return strings.Join(t.Lines, "\n")
	}
	return t.Text
}

// FirstLine returns the line of the first line of a block of code, which stands below its fence.
func (t Token) FirstLine() int {
	if t.Fenced {
		return t.Line + 1
	}
	return t.Line
}

// Discriminator stands before the tabs of a discriminator as oneOf does before those of a union.
const Discriminator = "discriminator"

// Max bounds what one page can make of memory; real ones have below 10,000.
const Max = 200_000

// LongestName is longer than any line that the renderer or a scraper prints itself: the name of a field with its label, a
// heading, a status, a media type, a button.
const LongestName = 1000
