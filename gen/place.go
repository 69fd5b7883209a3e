package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// place is a node of a document: its file, and the JSON pointer in it ("" is the whole document).
type place struct{ file, pointer string }

// at goes down one step for each key.
func (p place) at(keys ...string) place {
	for _, k := range keys {
		p.pointer += "/" + escapeToken(k)
	}
	return p
}

func (p place) index(i int) place { return p.at(itoa(i)) }

func escapeToken(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(s)
}

func unescapeToken(s string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(s)
}

// fault is an error that names its line: what is wrong with the spec, and where.
type fault struct {
	file    string
	line    int    // 0: not known
	pointer string // "": none
	text    string
}

func (f *fault) Error() string {
	var b strings.Builder
	b.WriteString(printable(f.file))
	if f.line > 0 {
		fmt.Fprintf(&b, ":%d", f.line)
	}
	b.WriteString(": " + printable(f.text))
	if f.pointer != "" {
		b.WriteString(" (at #" + printable(f.pointer) + ")")
	}
	return b.String()
}

// printable keeps a hostile text from writing to the terminal: what does not print is escaped.
func printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strconv.IsPrint(r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

// faultf makes an error about a place; the line is looked up in the sources.
func (ss *sources) faultf(at place, format string, args ...any) error {
	return &fault{file: at.file, line: ss.line(at), pointer: at.pointer, text: fmt.Sprintf(format, args...)}
}

// join puts faults together, one a line; nil when there are none.
func join(faults []error) error { return errors.Join(faults...) }
