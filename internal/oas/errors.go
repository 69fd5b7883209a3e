package oas

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Error says what is wrong with a document, and where.
type Error struct {
	File    string
	Line    int    // 0 if unknown
	Pointer string // the JSON pointer of the place; "" if unknown
	Text    string
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(Printable(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": " + Printable(e.Text))
	if e.Pointer != "" {
		b.WriteString(" (at #" + Printable(e.Pointer) + ")")
	}
	return b.String()
}

func errorAt(file string, line int, format string, args ...any) error {
	return &Error{File: file, Line: line, Text: fmt.Sprintf(format, args...)}
}

// Printable escapes control characters and others with which hostile text could affect the terminal.
func Printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}
