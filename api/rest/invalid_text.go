package rest

import (
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// invalidText finds a string in a request that is not valid UTF-8, and returns its name in JSON.
func invalidText(v reflect.Value, at string) (name string, found bool) {
	below := func(name string) string {
		if at == "" {
			return name
		}
		return at + "." + name
	}
	switch v.Kind() {
	case reflect.String:
		return at, !utf8.ValidString(v.String())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return invalidText(v.Elem(), at)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return "", false // bytes are sent as base64, and raw JSON is sent unchanged
		}
		for i := range v.Len() {
			if name, found := invalidText(v.Index(i), at+"["+strconv.Itoa(i)+"]"); found {
				return name, true
			}
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			if _, found := invalidText(entries.Key(), ""); found {
				return at, true
			}
			key := entries.Key()
			if name, found := invalidText(entries.Value(), below(fmt.Sprint(key))); found {
				return name, true
			}
		}
	case reflect.Struct:
		if isNullable(v.Type()) {
			return invalidText(v.Field(0), at)
		}
		for i := range v.NumField() {
			name, flat := jsonName(v.Type().Field(i))
			switch {
			case flat:
				name = at
			case name == "":
				continue
			default:
				name = below(name)
			}
			if name, found := invalidText(v.Field(i), name); found {
				return name, true
			}
		}
	}
	return "", false
}
