package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// jsonReader reads a JSON text once, from the beginning to the end. It accepts what encoding/json accepts; errSyntax and
// ErrTooLarge are its only errors.
type jsonReader struct {
	data     []byte
	at       int // the next byte
	depth    int // number of open arrays and objects
	maxDepth int
}

// packageMaxDepth is the maximum depth of encoding/json.
const packageMaxDepth = 10_000

// errSyntax marks a syntax error at jsonReader.at. The message for users comes from encoding/json.
var errSyntax = errors.New("not JSON")

// next skips space and returns the next byte, or 0 at the end.
func (r *jsonReader) next() byte {
	for ; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// ended reports whether only space is left.
func (r *jsonReader) ended() bool {
	r.next()
	return r.at == len(r.data)
}

// open enters an array or object, and reports whether it has content.
func (r *jsonReader) open(end byte) (content bool, err error) {
	if r.depth == r.maxDepth {
		return false, fmt.Errorf("%w: nested deeper than %d levels", ErrTooLarge, r.maxDepth)
	}
	r.depth++
	r.at++
	if r.next() != end {
		return true, nil
	}
	r.at++
	r.depth--
	return false, nil
}

// more continues after a value of an array or object, and reports whether another follows.
func (r *jsonReader) more(end byte) (another bool, err error) {
	switch r.next() {
	case ',':
		r.at++
		return true, nil
	case end:
		r.at++
		r.depth--
		return false, nil
	}
	return false, errSyntax
}

// items reads an array, and calls item to read each of its values.
func (r *jsonReader) items(item func(index int) error) error {
	more, err := r.open(']')
	for index := 0; more && err == nil; index++ {
		if err = item(index); err == nil {
			more, err = r.more(']')
		}
	}
	return err
}

// members reads an object, and calls member to read the value of each name; name and invalid are as returned by
// [jsonReader.name].
func (r *jsonReader) members(member func(name, invalid []byte) error) error {
	more, err := r.open('}')
	for more && err == nil {
		var name, invalid []byte
		if name, invalid, err = r.name(); err != nil {
			break
		}
		if err = member(name, invalid); err == nil {
			more, err = r.more('}')
		}
	}
	return err
}

// name reads a name of an object and the colon after it. Its bytes are valid only until the next call. If it is not valid
// UTF-8, invalid is the name as written, and name has U+FFFD in place of the invalid bytes.
func (r *jsonReader) name() (name, invalid []byte, err error) {
	if r.next() != '"' {
		return nil, nil, errSyntax
	}
	raw, plain, err := r.rawText()
	if err != nil {
		return nil, nil, err
	}
	if r.next() != ':' {
		return nil, nil, errSyntax
	}
	r.at++
	if plain {
		return raw[1 : len(raw)-1], nil, nil
	}
	text, ok := unquote(raw)
	if !ok {
		invalid = raw
	}
	return []byte(text), invalid, nil
}

// rawText reads a string with its quotes; plain reports whether it has no escapes and is valid UTF-8.
func (r *jsonReader) rawText() (raw []byte, plain bool, err error) {
	begin := r.at
	ascii, escaped := true, false
	for i := begin + 1; i < len(r.data); i++ {
		c := r.data[i]
		if !special[c] {
			continue
		}
		switch {
		case c == '"':
			r.at = i + 1
			raw = r.data[begin:r.at]
			return raw, !escaped && (ascii || utf8.Valid(raw)), nil
		case c == '\\':
			escaped = true
			if i++; i < len(r.data) && r.data[i] == 'u' && i+4 < len(r.data) && isHex(r.data[i+1:i+5]) {
				i += 4
			} else if i >= len(r.data) || strings.IndexByte(`"\/bfnrt`, r.data[i]) < 0 {
				return nil, false, errSyntax
			}
		case c < ' ':
			return nil, false, errSyntax
		default:
			ascii = false
		}
	}
	return nil, false, errSyntax
}

// special are the bytes that make a string not plain.
var special = func() (table [256]bool) {
	for c := range table {
		table[c] = c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf
	}
	return table
}()

// characters decodes a string that [jsonReader.rawText] has read; ok is that of [unquote].
func characters(raw []byte, plain bool) (text string, ok bool) {
	if plain {
		return string(raw[1 : len(raw)-1]), true
	}
	return unquote(raw)
}

func isHex(digits []byte) bool {
	for _, c := range digits {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// unquote decodes a string with escapes. ok is false if a part of it is not a character: bytes that are not UTF-8, or half a
// surrogate pair. U+FFFD then replaces that part.
func unquote(raw []byte) (text string, ok bool) {
	if json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	const replacement = "\ufffd"
	own := bytes.Count(raw, []byte(replacement)) + bytes.Count(bytes.ToLower(raw), []byte(`\ufffd`))
	return text, utf8.Valid(raw) && strings.Count(text, replacement) <= own
}

// number reads a number and returns it as written.
func (r *jsonReader) number() ([]byte, error) {
	begin := r.at
	digits := func() bool {
		from := r.at
		for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
			r.at++
		}
		return r.at > from
	}
	is := func(a, b byte) bool {
		if r.at < len(r.data) && (r.data[r.at] == a || r.data[r.at] == b) {
			r.at++
			return true
		}
		return false
	}
	is('-', '-')
	if !is('0', '0') && !digits() {
		return nil, errSyntax
	}
	if is('.', '.') && !digits() {
		return nil, errSyntax
	}
	if is('e', 'E') {
		is('+', '-')
		if !digits() {
			return nil, errSyntax
		}
	}
	return r.data[begin:r.at], nil
}

// isNumber reports whether a string is a number in JSON.
func isNumber(text string) bool {
	r := jsonReader{data: []byte(text)}
	_, err := r.number()
	return err == nil && r.at == len(text)
}

func (r *jsonReader) literal(word string) error {
	if !bytes.HasPrefix(r.data[r.at:], []byte(word)) {
		return errSyntax
	}
	r.at += len(word)
	return nil
}

// skip reads any value and returns it as written.
func (r *jsonReader) skip() ([]byte, error) {
	kind := r.next()
	begin := r.at
	var err error
	switch kind {
	case '"':
		_, _, err = r.rawText()
	case '{':
		err = r.members(func(_, _ []byte) error { return r.skipValue() })
	case '[':
		err = r.items(func(int) error { return r.skipValue() })
	case 't':
		err = r.literal("true")
	case 'f':
		err = r.literal("false")
	case 'n':
		err = r.literal("null")
	default:
		_, err = r.number()
	}
	return r.data[begin:r.at], err
}

func (r *jsonReader) skipValue() error {
	_, err := r.skip()
	return err
}

// kindOf describes the kind of a JSON value for users.
func kindOf(raw []byte) string {
	if len(raw) == 0 {
		return "nothing"
	}
	switch raw[0] {
	case '"':
		return "a text"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return string(raw)
	case 'n':
		return "null"
	default:
		return "a number"
	}
}
