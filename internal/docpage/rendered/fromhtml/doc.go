// Package fromhtml splits the HTML of a page into tokens. The text of a token is inline Markdown, so that one reader can
// read both sources. It preserves what Markdown loses: which fields are inside which, which response belongs to which
// status, and who wrote the text.
package fromhtml
