package rest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"reflect"
	"strings"
	"unicode/utf16"
)

// decode reads exactly one JSON value into v. It returns the values that do not fit their types, and sets the lengths.
func decode(body []byte, contentType string, maxDepth int, v any, lengths ...listLength) ([]Mismatch, error) {
	body = plain(body)
	into := reflect.ValueOf(v).Elem()
	switch _, own := v.(json.Unmarshaler); {
	case len(body) == 0:
		return nil, errors.New("the answer is empty")
	case string(body) == "null" && !own:
		return nil, errors.New("the answer is null")
	}
	d := decoder{jsonReader: jsonReader{data: body, maxDepth: maxDepth}, lengths: lengths}
	fits, err := readerOf(into.Type())(&d, into)
	if err == nil && !d.ended() {
		err = errSyntax // more than one value
	}
	switch {
	case err == errSyntax:
		return nil, syntaxError(body, contentType)
	case err != nil:
		return nil, err
	case !fits:
		return d.mismatches, fmt.Errorf("the answer has another form than documented: %v", d.mismatches[len(d.mismatches)-1])
	}
	return d.mismatches, nil
}

// syntaxError returns the error for a body that is not exactly one JSON value.
func syntaxError(body []byte, contentType string) error {
	err := json.Unmarshal(body, new(json.RawMessage))
	if kind, _, bad := mime.ParseMediaType(contentType); bad == nil && !strings.Contains(kind, "json") {
		return fmt.Errorf("the answer is %s, not JSON: %w", kind, err)
	}
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return fmt.Errorf("the answer is not one JSON value: %w", err)
	}
	return fmt.Errorf("the answer is not one JSON value: %w (at byte %d of %d)", err, syntax.Offset, len(body))
}

// plain returns a body without its byte order mark and surrounding space.
func plain(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(inUTF8(body), []byte("\xef\xbb\xbf")))
}

// inUTF8 converts a body that is in UTF-16 according to its byte order mark.
func inUTF8(body []byte) []byte {
	var order binary.ByteOrder
	switch {
	case len(body) < 4 || len(body)%2 != 0:
		return body
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return body
	}
	units := make([]uint16, len(body)/2-1)
	for i := range units {
		units[i] = order.Uint16(body[2*i+2:])
	}
	return []byte(string(utf16.Decode(units)))
}
