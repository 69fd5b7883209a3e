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
	if err := tooDeep(body, maxDepth); err != nil {
		return err
	}
	if string(body) == "null" {
		if _, own := v.(json.Unmarshaler); !own {
			return errors.New("the answer is null")
		}
	}
	err := json.Unmarshal(body, v)
	if err == nil {
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

// tooDeep refuses nesting that would cost the decoder a deep stack. It only counts brackets outside of texts; whether they
// match is the decoder's to find.
func tooDeep(body []byte, limit int) error {
	depth := 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '{', '[':
			if depth++; depth > limit {
				return fmt.Errorf("%w: nested deeper than %d levels", ErrTooLarge, limit)
			}
		case '}', ']':
			depth--
		case '"':
			i = skipText(body, i+1)
		}
	}
	return nil
}

// skipText returns the index of the quote that ends the text which begins at i, or the end of body.
func skipText(body []byte, i int) int {
	for i < len(body) {
		n := bytes.IndexByte(body[i:], '"')
		if n < 0 {
			return len(body)
		}
		end := i + n
		escapes := 0
		for j := end - 1; j >= i && body[j] == '\\'; j-- {
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
		i = end + 1
	}
	return i
}
