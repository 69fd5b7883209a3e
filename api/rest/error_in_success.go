package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// errErrorInSuccess: an answer with status 200 and an error in its body must not pass for an empty list, or for a link.
var errErrorInSuccess = errors.New("the answer is a success in its status, and a refusal in its body")

// isEmptyValue reports whether a decoded answer holds no value and no item.
func isEmptyValue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !f.IsZero() && !isEmptyValue(f) {
				return false
			}
		}
		return true
	default:
		return v.IsZero()
	}
}

// errorInSuccess returns why nothing could be read from a success, or nil when the answer says that there is nothing.
func errorInSuccess(body []byte, t reflect.Type) error {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil || len(object) == 0 {
		return nil
	}
	for _, name := range []string{"statusCode", "status"} {
		if code, err := strconv.Atoi(strings.Trim(string(object[name]), `"`)); err == nil && code >= 400 && code < 600 {
			return errErrorInSuccess
		}
	}
	if t.Kind() != reflect.Struct || t.NumField() == 0 || reflect.PointerTo(t).Implements(readsJSON) {
		return nil
	}
	for name := range object {
		if _, known := fieldFor(t, name); known {
			return nil
		}
	}
	names := strings.Join(slices.Sorted(maps.Keys(object)), ", ")
	return fmt.Errorf("the answer holds none of the documented fields, only %.200s", names)
}
