// Package jsontext reads JSON strictly: it reports problems that encoding/json accepts, such as duplicate keys.
package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Kind is a kind of fault: the name of the rule of package judge that refuses it.
type Kind string

// The kinds.
const (
	Malformed Kind = "malformed-json" // there is no value
	Trailing  Kind = "trailing-data"
	Duplicate Kind = "duplicate-key"
	Unicode   Kind = "unicode"
)

// Fault is a problem of a text. Path is a JSON pointer to the place in its value, if there is one.
type Fault struct {
	Kind Kind
	Path string
	Text string
}

// deepest is the maximum nesting of values. encoding/json would allow ten times as much.
const deepest = 1000

var errTooDeep = fmt.Errorf("is nested deeper than %d levels, which is more than is read", deepest)

// Read reads one value, whose numbers stay as they are written. ok reports whether there is one.
func Read(text []byte) (value any, ok bool, faults []Fault) {
	r := reader{}
	if bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		r.fault(Unicode, "begins with a byte order mark")
		text = text[3:]
	}
	if !utf8.Valid(text) {
		r.fault(Unicode, "is not UTF-8")
	}
	var raw json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(text))
	err := decoder.Decode(&raw)
	end := decoder.InputOffset()
	if err == nil {
		r.tokens = json.NewDecoder(bytes.NewReader(raw))
		r.tokens.UseNumber()
		value, err = r.value("")
	}
	if err != nil {
		switch {
		case errors.Is(err, errTooDeep) || strings.HasSuffix(err.Error(), "exceeded max depth"): // the error text of encoding/json
			r.fault(Malformed, "%v", errTooDeep)
			return nil, false, r.faults
		case errors.Is(err, io.EOF):
			err = io.ErrUnexpectedEOF
		}
		r.fault(Malformed, "is not JSON: %v, near byte %d of %d", err, end, len(text))
		return nil, false, r.faults
	}
	if after := bytes.TrimLeft(text[end:], " \t\r\n"); len(after) > 0 {
		r.fault(Trailing, "goes on after the JSON value: %.80q at byte %d", after, len(text)-len(after))
	}
	if at := oas.LoneSurrogate(text[:end]); at >= 0 {
		r.fault(Unicode, "has an unpaired surrogate at byte %d", at)
	}
	return value, true, r.faults
}

// reader reads a text by its tokens, in which duplicate keys are still visible.
type reader struct {
	tokens *json.Decoder
	path   []string
	faults []Fault
}

func (r *reader) fault(kind Kind, format string, args ...any) {
	r.faults = append(r.faults, Fault{Kind: kind, Text: fmt.Sprintf(format, args...)})
}

// value reads one value; step is its place in the value that contains it.
func (r *reader) value(step string) (any, error) {
	r.path = append(r.path, step)
	defer func() { r.path = r.path[:len(r.path)-1] }()
	if len(r.path) > deepest {
		return nil, errTooDeep
	}
	t, err := r.tokens.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return r.object()
	case json.Delim('['):
		list := []any{}
		for i := 0; r.tokens.More(); i++ {
			item, err := r.value(strconv.Itoa(i))
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err := r.tokens.Token()
		return list, err
	}
	return t, nil
}

func (r *reader) object() (any, error) {
	object := map[string]any{}
	for r.tokens.More() {
		t, err := r.tokens.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		if _, twice := object[key]; twice {
			path := strings.Join(append(r.path[:len(r.path):len(r.path)], oas.EscapeToken(key)), "/")
			r.faults = append(r.faults, Fault{Duplicate, path, "comes more than once in its object"})
		}
		if object[key], err = r.value(oas.EscapeToken(key)); err != nil {
			return nil, err
		}
	}
	_, err := r.tokens.Token()
	return object, err
}
