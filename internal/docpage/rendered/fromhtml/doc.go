// Package fromhtml splits the HTML of a page into tokens. The text of a token is inline Markdown, so that one reader serves both
// sources. What Markdown loses is kept: which fields are inside which, which response is whose, and who wrote a text.
package fromhtml
