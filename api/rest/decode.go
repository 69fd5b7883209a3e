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

// decode reads exactly one JSON value into v.
func decode(body []byte, contentType string, maxDepth int, v any) error {
	body = plain(body)
	if len(body) == 0 {
		return errors.New("the answer is empty")
	}
	found, err := inspect(body, maxDepth)
	if err != nil {
		return err
	}
	if found.repeated {
		body = lastWins(body)
	}
	if found.nullItem {
		if body, err = withoutNullItems(body, reflect.TypeOf(v).Elem()); err != nil {
			return err
		}
	}
	if string(body) == "null" {
		if _, own := v.(json.Unmarshaler); !own {
			return errors.New("the answer is null")
		}
	}
	if err = json.Unmarshal(body, v); err == nil {
		return nil
	}
	var otherType *json.UnmarshalTypeError
	if into := reflect.ValueOf(v); errors.As(err, &otherType) && into.Kind() == reflect.Pointer {
		into.Elem().SetZero()
		if err = json.Unmarshal(coerced(body, into.Type().Elem()), v); err == nil {
			return nil
		}
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		if kind, _, bad := mime.ParseMediaType(contentType); bad == nil && !strings.Contains(kind, "json") {
			return fmt.Errorf("the answer is %s, not JSON: %w", kind, err)
		}
		return fmt.Errorf("the answer is not one JSON value: %w (at byte %d of %d)", err, syntax.Offset, len(body))
	}
	return fmt.Errorf("the answer has another form than documented: %w", err)
}

// plain is a body without a mark of its encoding, and without the space around it.
func plain(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(inUTF8(body), []byte("\xef\xbb\xbf")))
}

// inUTF8 rewrites what is in UTF-16, which is known by its mark.
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

// lastWins rewrites a value so that every name stands once, with its last value. The decoder by itself would mix a
// repeated list or object with the one before. What is not valid JSON stays as it is, for the decoder to refuse.
func lastWins(body []byte) []byte {
	if !json.Valid(body) {
		return body
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return body
	}
	once, err := json.Marshal(v)
	if err != nil {
		return body
	}
	return once
}
