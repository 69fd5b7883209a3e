// Package token defines the tokens that a page is split into, and reads the inline Markdown of their text.
package token
