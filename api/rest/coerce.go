package rest

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// coerced is body with each scalar in the type that t wants there, as far as nothing of it is lost: a number where a text
// is documented becomes its digits, a text that is a number becomes one. So one id that comes as a number spoils nothing.
// What can be no such scalar stays as it is, for the decoder to refuse.
func coerced(body []byte, t reflect.Type) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return body
	}
	text, err := json.Marshal(coerce(v, t))
	if err != nil {
		return body
	}
	return text
}

var (
	readsJSON = reflect.TypeFor[json.Unmarshaler]()
	readsText = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func coerce(v any, t reflect.Type) any {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if v == nil || reflect.PointerTo(t).Implements(readsJSON) || reflect.PointerTo(t).Implements(readsText) {
		return v
	}
	switch t.Kind() {
	case reflect.Struct:
		if object, ok := v.(map[string]any); ok {
			coerceFields(object, t)
		}
	case reflect.Map:
		if object, ok := v.(map[string]any); ok {
			for name, inner := range object {
				object[name] = coerce(inner, t.Elem())
			}
		}
	case reflect.Slice, reflect.Array:
		if list, ok := v.([]any); ok {
			for i := range list {
				list[i] = coerce(list[i], t.Elem())
			}
		}
	case reflect.String:
		return asText(v)
	case reflect.Bool:
		if text, ok := v.(string); ok && (text == "true" || text == "false") {
			return text == "true"
		}
	case reflect.Float32, reflect.Float64:
		return asNumber(v)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return asWhole(asNumber(v))
	}
	return v
}

func coerceFields(object map[string]any, t reflect.Type) {
	for name, inner := range object {
		if f, ok := fieldFor(t, name); ok {
			object[name] = coerce(inner, f)
		}
	}
}

// fieldFor is the type of the field that the decoder puts a name into; of those in embedded structs as well.
func fieldFor(t reflect.Type, name string) (found reflect.Type, ok bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case f.Anonymous && tag == "" && inner.Kind() == reflect.Struct:
			if deep, in := fieldFor(inner, name); in && !ok {
				found, ok = deep, true
			}
			continue
		case !f.IsExported() || tag == "-":
			continue
		case tag == "":
			tag = f.Name
		}
		if tag == name {
			return f.Type, true
		}
		if strings.EqualFold(tag, name) {
			found, ok = f.Type, true
		}
	}
	return found, ok
}

// asText is what a text field keeps of another value: its JSON.
func asText(v any) any {
	if _, already := v.(string); already {
		return v
	}
	text, err := json.Marshal(v)
	if err != nil {
		return v
	}
	return string(text)
}

func asNumber(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	if text = strings.TrimSpace(text); !isNumber(text) {
		return v
	}
	return json.Number(text)
}

// asWhole is 12 for 12.0, which a decoder of whole numbers refuses.
func asWhole(v any) any {
	n, ok := v.(json.Number)
	if !ok {
		return v
	}
	f, err := n.Float64()
	if _, whole := n.Int64(); err != nil || whole == nil || f != float64(int64(f)) || f < -1<<53 || f > 1<<53 {
		return v
	}
	return json.Number(strconv.FormatInt(int64(f), 10))
}

// isNumber reports whether a text is a number as JSON writes it.
func isNumber(text string) bool {
	if text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9') {
		return false
	}
	return json.Valid([]byte(text))
}
