package docpage

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// The JSON that a page prints is generated from the same schema as its fields, in the same order. It is the main witness
// for what is inside what, so its key order is kept.

// object is a JSON object with its keys in order.
type object struct {
	keys   []string
	values map[string]any // of object, []any, string, json.Number, bool, nil
	twice  string         // a key that was there before
}

// undisclosed is the value of a key that is known to be there, and no more than that.
type undisclosed struct{}

// keysOnly is an object of which only the keys are known, as the form of a body that is no JSON shows them.
func keysOnly(names []string) *object {
	o := &object{keys: names, values: map[string]any{}}
	for _, name := range names {
		o.values[name] = undisclosed{}
	}
	return o
}

// maxSampleDepth bounds the nesting of a sample; real ones stay below 15.
const maxSampleDepth = 200

// parseSample reads printed JSON. Inside arrays every line ends in a backslash, which is Markdown's and not JSON's.
func parseSample(lines []string) (any, error) {
	clean := make([]string, len(lines))
	for i, line := range lines {
		clean[i] = hardBreak(line)
	}
	text := strings.TrimSpace(strings.Join(clean, "\n"))
	if text == "" {
		return nil, io.EOF
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	value, err := decodeOrdered(decoder, 0)
	if err == nil && decoder.More() {
		err = errors.New("there is more than one JSON value")
	}
	return value, err
}

func decodeOrdered(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxSampleDepth {
		return nil, errors.New("the JSON is nested too deep")
	}
	switch token {
	case json.Delim('{'):
		o := &object{values: map[string]any{}}
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			value, err := decodeOrdered(decoder, depth+1)
			if err != nil {
				return nil, err
			}
			name, _ := key.(string)
			if _, again := o.values[name]; again {
				o.twice = name
			} else {
				o.keys = append(o.keys, name)
			}
			o.values[name] = value
		}
		_, err = decoder.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for decoder.More() {
			value, err := decodeOrdered(decoder, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = decoder.Token()
		return list, err
	}
	return token, nil
}

// plainValue turns an ordered value into the plain form that facts compare.
func plainValue(value any) any {
	switch v := value.(type) {
	case *object:
		out := make(map[string]any, len(v.keys))
		for key, inner := range v.values {
			out[key] = plainValue(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = plainValue(inner)
		}
		return out
	}
	return value
}

// repeatedKey finds a key that stands twice in an object of a value; "" where there is none.
func repeatedKey(value any) string {
	switch v := value.(type) {
	case *object:
		if v.twice != "" {
			return v.twice
		}
		for _, key := range v.keys {
			if again := repeatedKey(v.values[key]); again != "" {
				return again
			}
		}
	case []any:
		for _, inner := range v {
			if again := repeatedKey(inner); again != "" {
				return again
			}
		}
	}
	return ""
}

// keysOf collects every key in a value, however deep.
func keysOf(value any, into map[string]bool) {
	switch v := value.(type) {
	case *object:
		for key, inner := range v.values {
			into[key] = true
			keysOf(inner, into)
		}
	case []any:
		for _, inner := range v {
			keysOf(inner, into)
		}
	}
}

// elements are the samples of an array's items.
func elements(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	return nil
}

// inside is the sample of a property; ok is false where there is none.
func inside(value any, name string) (any, bool) {
	if o, ok := value.(*object); ok {
		inner, found := o.values[name]
		if inner == (undisclosed{}) {
			return nil, false
		}
		return inner, found
	}
	return nil, false
}
