package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"math"
	"reflect"
	"slices"
	"strings"
)

// Strings is a list of texts in an answer, whichever way the service wrote it: an array, one text, a text that itself
// holds a list ("['a', 'b']"), null, or nothing. Any other value leaves Values empty with Raw set.
type Strings struct {
	Values []string // the items; nil when none were received
	Raw    string   // the value as received, where it was not an array of texts; else empty
}

// All ranges over the items.
func (s Strings) All() iter.Seq[string] { return slices.Values(s.Values) }

// Len is the number of items.
func (s Strings) Len() int { return len(s.Values) }

// IsZero reports whether nothing was received. With the JSON option omitzero such a list is left out.
func (s Strings) IsZero() bool { return s.Values == nil && s.Raw == "" }

// String joins the items with ", "; where none could be read, it is the value as received.
func (s Strings) String() string {
	if len(s.Values) == 0 {
		return s.Raw
	}
	return strings.Join(s.Values, ", ")
}

// UnmarshalJSON never fails on valid JSON: what it cannot read stays in Raw.
func (s *Strings) UnmarshalJSON(data []byte) error {
	*s = Strings{}
	data = bytes.TrimSpace(data)
	if len(data) == 0 || string(data) == "null" {
		return nil
	}
	switch data[0] {
	case '[':
		return s.fromArray(data)
	case '"':
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		s.Raw = text
		s.Values = splitList(text)
	default:
		s.Raw = string(data)
	}
	return nil
}

// fromArray takes the texts of an array, and numbers as texts. Any other item is left out, and the whole array is then kept in
// Raw.
func (s *Strings) fromArray(data []byte) error {
	if !json.Valid(data) {
		return errors.New("the list is not JSON")
	}
	d := decoder{jsonReader: jsonReader{data: data, maxDepth: math.MaxInt}}
	s.Values = []string{}
	asReceived := true
	more, err := d.open(']')
	for more && err == nil {
		switch c := d.next(); {
		case c == '"' || isNumberStart(c):
			var text string
			if _, err = readText(&d, reflect.ValueOf(&text).Elem()); err == nil {
				s.Values = append(s.Values, text)
			}
			asReceived = asReceived && c == '"'
		default:
			asReceived = false
			_, err = d.skip()
		}
		if err == nil {
			more, err = d.more(']')
		}
	}
	if !asReceived {
		s.Raw = string(data)
	}
	return err
}

// accepts returns what is documented where raw is of another type, or has an item that cannot be a text.
func (s *Strings) accepts(raw []byte) (want string, ok bool) {
	const list = "a list of texts"
	if raw[0] != '[' {
		return list, raw[0] == '"' || raw[0] == 'n'
	}
	d := decoder{jsonReader: jsonReader{data: raw, maxDepth: math.MaxInt}}
	more, err := d.open(']')
	for more && err == nil {
		if c := d.next(); c != '"' && c != 'n' && !isNumberStart(c) {
			return list, false
		}
		if _, err = d.skip(); err == nil {
			more, err = d.more(']')
		}
	}
	return list, true
}

// MarshalJSON writes an array; where nothing could be read, the value as received; null when nothing was received.
func (s Strings) MarshalJSON() ([]byte, error) {
	switch {
	case s.Values != nil:
		return json.Marshal(s.Values)
	case s.Raw == "":
		return []byte("null"), nil
	case json.Valid([]byte(s.Raw)):
		return []byte(s.Raw), nil
	default:
		return json.Marshal(s.Raw)
	}
}

// splitList takes the items out of a text that holds a list in brackets, as Python or JSON write it: quoted with ' or ",
// separated by commas. Several lists may follow each other ("['a'], ['b']"). Any other text is one item; an empty one is
// none.
func splitList(text string) []string {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return []string{}
	}
	if trimmed[0] != '[' {
		return []string{trimmed}
	}
	p := listParser{rest: trimmed}
	items, ok := p.lists()
	if !ok {
		return []string{trimmed}
	}
	return items
}

type listParser struct{ rest string }

// lists reads one bracketed list after another up to the end of the text.
func (p *listParser) lists() ([]string, bool) {
	items := []string{}
	for {
		if !p.take('[') {
			return nil, false
		}
		for !p.take(']') {
			item, ok := p.item()
			if !ok {
				return nil, false
			}
			items = append(items, item)
			if !p.take(',') && !p.next(']') {
				return nil, false
			}
		}
		p.take(',')
		if p.space(); p.rest == "" {
			return items, true
		}
	}
}

func (p *listParser) item() (string, bool) {
	p.space()
	if p.rest == "" {
		return "", false
	}
	quote := p.rest[0]
	if quote != '\'' && quote != '"' {
		end := strings.IndexAny(p.rest, ",]")
		if end < 0 {
			return "", false
		}
		item := strings.TrimSpace(p.rest[:end])
		p.rest = p.rest[end:]
		return item, item != "" && !strings.Contains(item, "[")
	}
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '\\' && i+1 < len(p.rest):
			i++
			b.WriteByte(p.rest[i])
		case c == quote:
			p.rest = p.rest[i+1:]
			return b.String(), true
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}

func (p *listParser) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

func (p *listParser) next(c byte) bool {
	p.space()
	return p.rest != "" && p.rest[0] == c
}

func (p *listParser) take(c byte) bool {
	if !p.next(c) {
		return false
	}
	p.rest = p.rest[1:]
	return true
}
