package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
)

// errOnlyNulls: such a list must pass neither for an empty one, nor for items without a value.
var errOnlyNulls = errors.New("a list in the answer holds nothing but null")

// withoutNullItems is body without the nulls that stand in t's lists of objects. There is nothing in them, and the decoder
// would make items of them that look as if the service had sent an object.
func withoutNullItems(body []byte, t reflect.Type) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil || !json.Valid(body) {
		return body, nil // for the decoder to refuse
	}
	v, err := dropNulls(v, t)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// isObject reports whether the decoder makes a struct of an object, and knows nothing of null.
func isObject(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t.Kind() == reflect.Struct && !p.Implements(readsJSON) && !p.Implements(readsText)
}

func dropNulls(v any, t reflect.Type) (any, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if v == nil || reflect.PointerTo(t).Implements(readsJSON) {
		return v, nil
	}
	switch inner := v.(type) {
	case []any:
		if t.Kind() != reflect.Slice {
			return v, nil
		}
		kept := inner[:0]
		for _, item := range inner {
			if item == nil && isObject(t.Elem()) {
				continue
			}
			item, err := dropNulls(item, t.Elem())
			if err != nil {
				return nil, err
			}
			kept = append(kept, item)
		}
		if len(kept) == 0 && len(inner) > 0 {
			return nil, errOnlyNulls
		}
		return kept, nil
	case map[string]any:
		for name, value := range inner {
			var of reflect.Type
			switch t.Kind() {
			case reflect.Map:
				of = t.Elem()
			case reflect.Struct:
				of, _ = fieldFor(t, name)
			}
			if of == nil {
				continue
			}
			value, err := dropNulls(value, of)
			if err != nil {
				return nil, err
			}
			inner[name] = value
		}
	}
	return v, nil
}
