package rest

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"
)

// Strings is a list of strings in a response, in any of the forms that the service uses: an array, a single string, a string
// that itself contains a list ("['a', 'b']"), null, or nothing. Any other value leaves Values empty and sets Raw.
type Strings struct {
	Values []string // the items; nil when none were received
	Raw    string   // the value as received, if it was not an array of strings; otherwise empty
}

// All ranges over the items.
func (s Strings) All() iter.Seq[string] { return slices.Values(s.Values) }

// Len returns the number of items.
func (s Strings) Len() int { return len(s.Values) }

// IsZero reports whether nothing was received. With the JSON option omitzero such a list is omitted.
func (s Strings) IsZero() bool { return s.Values == nil && s.Raw == "" }

// String joins the items with ", "; if none could be read, it returns the value as received.
func (s Strings) String() string {
	if len(s.Values) == 0 {
		return s.Raw
	}
	return strings.Join(s.Values, ", ")
}

// UnmarshalJSON never fails on valid JSON: a value that it cannot read is stored in Raw.
func (s *Strings) UnmarshalJSON(data []byte) error { return unmarshal(data, s) }

const listOfTexts = "a list of texts" // what is documented

func (s *Strings) readJSON(d *decoder) (err error) {
	*s = Strings{}
	switch d.next() {
	case 'n':
		return d.literal("null")
	case '"':
		s.Raw, err = d.text()
		s.Values = splitList(s.Raw)
	case '[':
		return s.readArray(d)
	default:
		s.Raw, err = d.other(listOfTexts)
	}
	return err
}

// readArray reads the strings of an array, and numbers as strings. Any other item is omitted, and the whole array is then
// stored in Raw.
func (s *Strings) readArray(d *decoder) error {
	begin := d.at
	s.Values = []string{}
	asReceived, fits, valid := true, true, true
	err := d.items(func(int) error {
		switch c := d.next(); {
		case c == '"':
			item, plain, err := d.rawText()
			if err != nil {
				return err
			}
			text, ok := characters(item, plain)
			s.Values, valid = append(s.Values, text), valid && ok
			return nil
		case isNumberStart(c):
			digits, err := d.number()
			s.Values, asReceived = append(s.Values, string(digits)), false
			return err
		default:
			asReceived, fits = false, fits && c == 'n'
			return d.skipValue()
		}
	})
	raw := d.data[begin:d.at]
	if !asReceived {
		s.Raw = string(raw)
	}
	switch {
	case err != nil:
	case !fits:
		d.record(listOfTexts, raw)
	case !valid:
		d.record(validUTF8, raw)
	}
	return err
}

// MarshalJSON returns an array; if nothing could be read, the value as received; null if nothing was received.
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

// splitList returns the items of a string that contains a list in brackets, as Python or JSON write it: quoted with ' or ",
// separated by commas. Several lists may follow each other ("['a'], ['b']"). Any other string is one item; an empty one has
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
