package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"strings"
)

// decode reads exactly one JSON value into v.
func decode(body []byte, contentType string, maxDepth int, v any) error {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return errors.New("the answer is empty")
	}
	repeated, err := inspect(body, maxDepth)
	if err != nil {
		return err
	}
	if repeated {
		body = lastWins(body)
	}
	if string(body) == "null" {
		if _, own := v.(json.Unmarshaler); !own {
			return errors.New("the answer is null")
		}
	}
	if err = json.Unmarshal(body, v); err == nil {
		return nil
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
