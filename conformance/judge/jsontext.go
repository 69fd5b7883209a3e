package judge

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// jsonText judges a JSON text, before its value is looked at. where is "body", or the parameter it comes in. ok says that
// there is a value to look at; its numbers are as they were written.
func (f *finding) jsonText(where string, body []byte) (value any, ok bool) {
	pos := f.atOperation()
	if bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		f.add(Unicode, pos, where, "begins with a byte order mark")
		body = body[3:]
	}
	if !utf8.Valid(body) {
		f.add(Unicode, pos, where, "is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	s := scanner{f: f, d: d, body: body, where: where}
	if !s.value("") {
		return nil, false
	}
	end := d.InputOffset()
	if behind := bytes.TrimLeft(body[end:], " \t\r\n"); len(behind) > 0 {
		f.add(TrailingData, pos, where, "goes on behind the JSON value: %s at byte %d", show(string(behind)), len(body)-len(behind))
	}
	if at := loneSurrogate(body[:end]); at >= 0 {
		f.add(Unicode, pos, where, "holds half of a surrogate pair at byte %d", at)
	}
	again := json.NewDecoder(bytes.NewReader(body[:end]))
	again.UseNumber()
	if err := again.Decode(&value); err != nil {
		f.add(MalformedJSON, pos, where, "cannot be read: %v", err)
		return nil, false
	}
	return value, true
}

// deepest is how far values may lie inside each other. encoding/json would follow ten times as far.
const deepest = 1000

// scanner walks a JSON text by its tokens, where a key that comes twice can still be seen.
type scanner struct {
	f     *finding
	d     *json.Decoder
	body  []byte
	where string
	at    []string // steps to the value
}

// value reads one value, step below the one around it.
func (s *scanner) value(step string) bool {
	s.at = append(s.at, step)
	defer func() { s.at = s.at[:len(s.at)-1] }()
	if len(s.at) > deepest {
		s.f.add(MalformedJSON, s.f.atOperation(), s.where, "is nested deeper than %d levels", deepest)
		return false
	}
	t, err := s.d.Token()
	if err != nil {
		return s.malformed(err)
	}
	if n, isNumber := t.(json.Number); isNumber {
		if _, err := n.Float64(); err != nil {
			return s.malformed(err)
		}
	}
	switch t {
	case json.Delim('{'):
		return s.object()
	case json.Delim('['):
		for i := 0; s.d.More(); i++ {
			if !s.value(strconv.Itoa(i)) {
				return false
			}
		}
		return s.end()
	}
	return true
}

func (s *scanner) object() bool {
	seen := map[string]bool{}
	for s.d.More() {
		t, err := s.d.Token()
		if err != nil {
			return s.malformed(err)
		}
		key, _ := t.(string)
		if seen[key] {
			where := strings.Join(append(s.at[:len(s.at):len(s.at)], escapePointer(key)), "/")
			s.f.add(DuplicateKey, s.f.atOperation(), s.where+" "+where, "comes more than once in its object")
		}
		seen[key] = true
		if !s.value(escapePointer(key)) {
			return false
		}
	}
	return s.end()
}

func (s *scanner) end() bool {
	if _, err := s.d.Token(); err != nil {
		return s.malformed(err)
	}
	return true
}

func (s *scanner) malformed(err error) bool {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	s.f.add(MalformedJSON, s.f.atOperation(), s.where, "is not JSON: %v, near byte %d of %d", err, s.d.InputOffset(), len(s.body))
	return false
}

// loneSurrogate finds \ud800 to \udfff that do not come as a pair; encoding/json replaces them without a word.
func loneSurrogate(text []byte) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if text[i+1] != 'u' {
			i++ // the escaped character
			continue
		}
		unit := hex4(text, i)
		switch {
		case unit >= 0xd800 && unit < 0xdc00:
			if low := hex4(text, i+6); low < 0xdc00 || low > 0xdfff {
				return i
			}
			i += 11
		case unit >= 0xdc00 && unit < 0xe000:
			return i
		default:
			i += 5
		}
	}
	return -1
}

// hex4 reads \uXXXX at i; -1 when there is none.
func hex4(text []byte, i int) int {
	if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 32)
	if err != nil {
		return -1
	}
	return int(n)
}

var pointer = strings.NewReplacer("~", "~0", "/", "~1")

func escapePointer(key string) string { return pointer.Replace(key) }
