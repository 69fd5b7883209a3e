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
var errErrorInSuccess = errors.New("the answer is a success in its status, and an error in its body")

// checkContent returns what is wrong with a success that could be decoded: it lacks what the operation is for, or nothing
// was read from it and it tells why.
func checkContent(op *Operation, a *answer, v reflect.Value, mismatches []Mismatch) error {
	lacking := slices.IndexFunc(op.RequiredInSuccess, func(name string) bool { return !hasField(v, name) })
	if lacking < 0 && !isEmptyAnswer(v) {
		return nil
	}
	err := errorInSuccess(plain(a.body), v.Type(), mismatches) // it reads all of the answer again
	if lacking < 0 || errors.Is(err, errErrorInSuccess) {
		return err
	}
	name := op.RequiredInSuccess[lacking]
	for _, m := range mismatches {
		if m.Path == "/"+name {
			return fmt.Errorf("%v; the service did process the request", m)
		}
	}
	return fmt.Errorf("the answer lacks %s; the service did process the request", name)
}

// hasField reports whether a field, found by its names in JSON with slashes between them, holds anything.
func hasField(v reflect.Value, path string) bool {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if path == "" {
		return !isEmptyValue(v)
	}
	name, below, _ := strings.Cut(path, "/")
	switch v.Kind() {
	case reflect.Map:
		value := v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key()))
		return value.IsValid() && hasField(value, below)
	case reflect.Interface:
		return !v.IsNil() && hasField(v.Elem(), path)
	case reflect.Struct:
		if f, ok := fieldNamed(v.Type(), name); ok {
			field, err := v.FieldByIndexErr(f.index)
			return err == nil && hasField(field, below)
		}
	}
	return false
}

// isEmptyValue reports whether a decoded value holds nothing: no item, and no field that holds anything.
func isEmptyValue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return isEmptyStruct(v, nil)
	default:
		return v.IsZero()
	}
}

func isEmptyStruct(v reflect.Value, ignored map[string]bool) bool {
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() && !isEmptyValue(f) {
			if ignored != nil && slices.Equal(additionalField(v.Type()), []int{i}) {
				continue // isEmptyAnswer has looked at it
			}
			if name, _ := jsonName(v.Type().Field(i)); !ignored[name] {
				return false
			}
		}
	}
	return true
}

// aboutTheCall are names of what an answer says about the call. They are not what the call was for, also where they are
// documented.
var aboutTheCall = map[string]bool{
	"statusCode": true, "status": true, "code": true, "success": true, "succeeded": true, "succeded": true, "ok": true,
	"message": true, "messages": true, "msg": true, "error": true, "errors": true, "traceId": true, "requestId": true,
}

// isEmptyAnswer reports whether nothing was read from an answer but what it says about the call.
func isEmptyAnswer(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		if rest := additionalField(v.Type()); rest != nil && !isEmptyAnswer(v.FieldByIndex(rest)) {
			return false
		}
		return isEmptyStruct(v, aboutTheCall)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if !aboutTheCall[key.String()] {
				return false
			}
		}
		return true
	}
	return isEmptyValue(v)
}

// errorInSuccess returns why nothing could be read from a success, or nil when the answer says that there is nothing.
func errorInSuccess(body []byte, t reflect.Type, mismatches []Mismatch) error {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		object = nil // a list
	}
	documented := func(name string) bool {
		_, known := fieldNamed(t, name)
		return known
	}
	if saysError(object, documented) {
		return errErrorInSuccess
	}
	if at := slices.IndexFunc(mismatches, func(m Mismatch) bool { return hidesContent(m, object, t) }); at >= 0 {
		return fmt.Errorf("nothing of the answer could be read: %v", mismatches[at])
	}
	if len(object) == 0 || t.Kind() != reflect.Struct || t.NumField() == 0 || hasOwnReader(t) || additionalField(t) != nil {
		return nil
	}
	for name := range object {
		if documented(name) {
			return nil
		}
	}
	return fmt.Errorf("the answer holds none of the documented fields, only %.200s", strings.Join(slices.Sorted(maps.Keys(object)), ", "))
}

// hidesContent reports whether a mismatch may be why an answer looks empty. One in a plain field is not, such as a count that
// came as a text, when a list or an object beside it was read.
func hidesContent(m Mismatch, object map[string]json.RawMessage, t reflect.Type) bool {
	name, _, below := strings.Cut(strings.TrimPrefix(m.Path, "/"), "/")
	if f, ok := fieldNamed(t, name); below || !ok || holdsOthers(t.FieldByIndex(f.index).Type) {
		return true
	}
	for other := range object {
		if f, ok := fieldNamed(t, other); ok && holdsOthers(t.FieldByIndex(f.index).Type) {
			return false // had it not been read, it would have a mismatch of its own
		}
	}
	return true
}

// holdsOthers reports whether values of a type are lists or objects.
func holdsOthers(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Struct && !hasOwnReader(t)
}

// saysError reports whether an object tells that the call failed. What it tells in a documented field of its own, such as a
// list of errors, is for the caller to read; a status or "success": false is an error all the same.
func saysError(object map[string]json.RawMessage, documented func(name string) bool) bool {
	for _, name := range []string{"statusCode", "status", "code"} {
		if code, err := strconv.ParseFloat(strings.Trim(string(object[name]), `"`), 64); err == nil && code >= 400 && code < 600 {
			return true
		}
	}
	for _, name := range []string{"success", "succeeded", "succeded", "ok"} {
		if value := string(object[name]); value == "false" || value == `"false"` {
			return true
		}
	}
	for _, name := range []string{"error", "errors"} {
		if tellsSomething(object[name]) && !documented(name) {
			return true
		}
	}
	switch strings.ToLower(string(object["status"])) {
	case `"error"`, `"fail"`, `"failed"`, `"failure"`:
		return !documented("status")
	}
	return false
}

// tellsSomething reports whether a value is more than a way to write that there is nothing.
func tellsSomething(raw json.RawMessage) bool {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return false // absent
	}
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return strings.TrimSpace(v) != ""
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return item != nil && item != "" })
	case map[string]any:
		return len(v) > 0
	}
	return true
}
