package jsonsample

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Object is a JSON object with its keys in order.
type Object struct {
	Keys   []string
	Values map[string]any // of object, []any, string, json.Number, bool, nil
	twice  string         // a duplicate key
}

// Set sets the value of a key; a new key is added at the end.
func (o *Object) Set(key string, value any) {
	if _, again := o.Values[key]; again {
		o.twice = key
	} else {
		o.Keys = append(o.Keys, key)
	}
	o.Values[key] = value
}

// Undisclosed is the value of a key about which nothing else is known.
type Undisclosed struct{}

// KeysOnly returns an object of which only the keys are known, as shown by the form of a body that is not JSON.
func KeysOnly(names []string) *Object {
	o := &Object{Keys: names, Values: map[string]any{}}
	for _, name := range names {
		o.Values[name] = Undisclosed{}
	}
	return o
}

// MaxSampleDepth limits the nesting of a sample; real ones stay below 15.
const MaxSampleDepth = 200

// Parse reads printed JSON. Inside arrays every line ends with a backslash, which belongs to Markdown, not to JSON.
func Parse(lines []string) (any, error) {
	clean := make([]string, len(lines))
	for i, line := range lines {
		clean[i] = token.HardBreak(line)
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
	if depth > MaxSampleDepth {
		return nil, errors.New("the JSON is nested too deeply")
	}
	switch token {
	case json.Delim('{'):
		o := &Object{Values: map[string]any{}}
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
			o.Set(name, value)
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

// Plain converts an ordered value to the plain form that facts compare.
func Plain(value any) any {
	switch v := value.(type) {
	case *Object:
		out := make(map[string]any, len(v.Keys))
		for key, inner := range v.Values {
			out[key] = Plain(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = Plain(inner)
		}
		return out
	}
	return value
}

// RepeatedKey returns a key that occurs twice in an object of a value; "" if there is none.
func RepeatedKey(value any) string {
	switch v := value.(type) {
	case *Object:
		if v.twice != "" {
			return v.twice
		}
		for _, key := range v.Keys {
			if again := RepeatedKey(v.Values[key]); again != "" {
				return again
			}
		}
	case []any:
		for _, inner := range v {
			if again := RepeatedKey(inner); again != "" {
				return again
			}
		}
	}
	return ""
}

// AddKeys adds every key in a value, at any depth.
func AddKeys(value any, into map[string]bool) {
	switch v := value.(type) {
	case *Object:
		for key, inner := range v.Values {
			into[key] = true
			AddKeys(inner, into)
		}
	case []any:
		for _, inner := range v {
			AddKeys(inner, into)
		}
	}
}

// Elements returns the samples of an array's items.
func Elements(value any) []any {
	list, _ := value.([]any)
	return list
}

// Property returns the sample of a property; ok is false if there is none.
func Property(value any, name string) (any, bool) {
	o, ok := value.(*Object)
	if !ok || o.Values[name] == (Undisclosed{}) {
		return nil, false
	}
	inner, found := o.Values[name]
	return inner, found
}
