package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// errErrorInSuccess is the cause of the error for a 2xx response whose body is an error. Such a response must not be read as
// an empty list or link.
var errErrorInSuccess = errors.New("the answer is a success in its status, and an error in its body")

// checkContent returns an error for a success that was decoded but lacks what the operation is for, or has no content at all.
func checkContent(op *Operation, a *answer, v reflect.Value, mismatches []Mismatch) error {
	if hasOwnReader(v.Type()) { // only its methods know what it contains
		v = reflect.ValueOf(new(any)).Elem()
		if _, err := decode(a.body, "", math.MaxInt, v.Addr().Interface()); err != nil {
			return nil // null
		}
	}
	lacking := slices.IndexFunc(op.RequiredInSuccess, func(name string) bool { return !hasField(v, name) })
	empty := isEmptyAnswer(v)
	if lacking < 0 && !empty && !hasOnlyBlankItems(v) {
		return nil
	}
	err := errorInSuccess(plain(a.body), v.Type(), mismatches) // it reads the whole response again
	switch {
	case lacking < 0 && empty, errors.Is(err, errErrorInSuccess):
		return err
	case lacking < 0:
		return nil
	}
	name := op.RequiredInSuccess[lacking]
	for _, m := range mismatches {
		if m.Path == "/"+name {
			return fmt.Errorf("%v; the service did process the request", m)
		}
	}
	return fmt.Errorf("the answer lacks %s; the service did process the request", name)
}

// hasField reports whether a field has a value. path is its names in JSON, separated by slashes.
func hasField(v reflect.Value, path string) bool {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if path == "" {
		return !isEmptyValue(v) && !isWordForNothing(v)
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

// isWordForNothing reports whether a string represents a missing value.
func isWordForNothing(v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Pointer, v.Kind() == reflect.Interface:
		return !v.IsNil() && isWordForNothing(v.Elem())
	case isNullable(v.Type()):
		return isWordForNothing(v.Field(0))
	case v.Kind() != reflect.String:
		return false
	}
	switch strings.TrimSpace(v.String()) {
	case "undefined", "null", "NaN", "None", "[object Object]":
		return true
	}
	return false
}

// isEmptyValue reports whether a decoded value is empty: no item, no field that has a value, and no visible character. A
// pointer to a number or a bool is not empty, whatever the number or bool is.
func isEmptyValue(v reflect.Value) bool {
	if written, ok := asWritten(v); ok {
		return isEmptyValue(written)
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return isEmptyStruct(v, nil)
	case reflect.String:
		return isBlank(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return true
		}
		switch v = v.Elem(); v.Kind() {
		case reflect.Slice, reflect.Map, reflect.Struct, reflect.String, reflect.Pointer, reflect.Interface:
			return isEmptyValue(v)
		}
		return false
	default:
		return v.IsZero()
	}
}

// asWritten returns the JSON of a value with its own reader, such as a union, as encoding/json decodes it into any. The
// fields of such a value do not show what it contains.
func asWritten(v reflect.Value) (written reflect.Value, ok bool) {
	if !hasOwnReader(v.Type()) || !v.CanInterface() || v.IsZero() {
		return v, false
	}
	writer, ok := v.Interface().(json.Marshaler)
	if !ok {
		return v, false
	}
	raw, err := writer.MarshalJSON()
	var into any
	if err != nil || json.Unmarshal(raw, &into) != nil {
		return v, false
	}
	return reflect.ValueOf(&into).Elem(), true
}

// isBlank reports whether a string has no visible character.
func isBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

func isEmptyStruct(v reflect.Value, ignored map[string]bool) bool {
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() && !isEmptyValue(f) {
			if ignored != nil && slices.Equal(additionalField(v.Type()), []int{i}) {
				continue // isEmptyAnswer has checked it
			}
			if name, _ := jsonName(v.Type().Field(i)); !ignored[name] {
				return false
			}
		}
	}
	return true
}

// aboutTheCall are the names of properties that describe the call and not its result, even if they are documented.
var aboutTheCall = map[string]bool{
	"statusCode": true, "status": true, "code": true, "success": true, "succeeded": true, "succeded": true, "ok": true,
	"message": true, "messages": true, "msg": true, "error": true, "errors": true, "err": true, "errorMessage": true, "error_message": true,
	"traceId": true, "requestId": true,
}

// isEmptyAnswer reports whether a response has no content apart from properties about the call.
func isEmptyAnswer(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Interface:
		return v.IsNil() || isEmptyAnswer(v.Elem())
	case reflect.Struct:
		if rest := additionalField(v.Type()); rest != nil && !isEmptyAnswer(v.FieldByIndex(rest)) {
			return false
		}
		return isEmptyStruct(v, aboutTheCall)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if !aboutTheCall[key.String()] && !isEmptyValue(v.MapIndex(key)) {
				return false
			}
		}
		return true
	}
	return isEmptyValue(v)
}

// hasOnlyBlankItems reports whether the only content of a response, apart from properties about the call, is lists of blank
// items.
func hasOnlyBlankItems(v reflect.Value) bool {
	if v.Kind() != reflect.Struct {
		return isBlankItem(v)
	}
	for i := range v.NumField() {
		f := v.Field(i)
		if name, _ := jsonName(v.Type().Field(i)); !aboutTheCall[name] && !isEmptyValue(f) && (f.Kind() != reflect.Slice || !isBlankItem(f)) {
			return false
		}
	}
	return true
}

// isBlankItem reports whether a value contains no text. A number or a bool is always content, since 0 and false may have
// been sent.
func isBlankItem(v reflect.Value) bool {
	if written, ok := asWritten(v); ok {
		return isBlankItem(written)
	}
	switch v.Kind() {
	case reflect.String:
		return isBlank(v.String())
	case reflect.Slice:
		for i := range v.Len() {
			if !isBlankItem(v.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		return v.Len() == 0
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || isBlankItem(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !isBlankItem(f) && !(hasOwnReader(f.Type()) && f.IsZero()) {
				return false
			}
		}
		return true
	}
	return false
}

// errorInSuccess returns why a success has no content, or nil if it is an empty result.
func errorInSuccess(body []byte, t reflect.Type, mismatches []Mismatch) error {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		object = nil // a list
	}
	documented := func(name string) bool {
		_, known := fieldNamed(t, name)
		return known
	}
	ordinary := func(name string) bool { return documented(name) && flagsAreContent(object, t) }
	if saysError(object, documented, ordinary) {
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

// hidesContent reports whether a mismatch may be why a response looks empty. One in a plain field is not, such as a count
// that was sent as a string, if a list or an object next to it was read.
func hidesContent(m Mismatch, object map[string]json.RawMessage, t reflect.Type) bool {
	name, _, below := strings.Cut(strings.TrimPrefix(m.Path, "/"), "/")
	f, ok := fieldNamed(t, name)
	holder := t
	if ok && below {
		holder = t.FieldByIndex(f.index).Type
	}
	if m.Raw == "null" && holder.Kind() == reflect.Map {
		return false // there was nothing
	}
	if below || !ok || holdsOthers(t.FieldByIndex(f.index).Type) {
		return true
	}
	for other := range object {
		if f, ok := fieldNamed(t, other); ok && holdsOthers(t.FieldByIndex(f.index).Type) {
			return false // if it had not been read, it would have its own mismatch
		}
	}
	return true
}

// withoutNull returns the type of the value in a pointer or a Nullable.
func withoutNull(t reflect.Type) reflect.Type {
	for {
		switch {
		case t.Kind() == reflect.Pointer:
			t = t.Elem()
		case isNullable(t):
			t = t.Field(0).Type
		default:
			return t
		}
	}
}

// holdsOthers reports whether the values of a type are lists or objects.
func holdsOthers(t reflect.Type) bool {
	t = withoutNull(t)
	return t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Struct && !hasOwnReader(t)
}

// saysError reports whether an object describes a failed call. A documented field, such as a list of errors, is left to the
// caller. A status or "success": false is an error nevertheless, unless it is one ordinary field among others.
func saysError(object map[string]json.RawMessage, documented, ordinary func(name string) bool) bool {
	for _, name := range []string{"statusCode", "status", "code"} {
		if code, err := strconv.ParseFloat(strings.Trim(string(object[name]), `"`), 64); err == nil && code >= 400 && code < 600 && !ordinary(name) {
			return true
		}
	}
	for _, name := range []string{"success", "succeeded", "succeded", "ok", "status"} {
		value := strings.ToLower(strings.Trim(string(object[name]), `"`))
		if (value == "false" || value == "0" && name != "status") && !ordinary(name) {
			return true
		}
	}
	for _, name := range []string{"error", "errors", "err", "errorMessage", "error_message"} {
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

// flagsAreContent reports whether false and 0 are the content of a response, so that a documented "ok": false next to them
// is one more such value. If the type has lists, they are the content, and a count next to an empty list is not.
func flagsAreContent(object map[string]json.RawMessage, t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	came := false
	for _, f := range fieldsOf(t).list {
		of := withoutNull(t.FieldByIndex(f.index).Type)
		switch kind := of.Kind(); {
		case aboutTheCall[f.name]:
		case kind == reflect.Slice || kind == reflect.Array || kind == reflect.Map:
			return false
		case kind == reflect.Struct && !hasOwnReader(of):
			var inside map[string]json.RawMessage
			came = came || json.Unmarshal(object[f.name], &inside) == nil && flagsAreContent(inside, of)
		default:
			raw := string(object[f.name])
			came = came || raw == "false" || raw != "" && isNumber(raw)
		}
	}
	return came
}

// tellsSomething reports whether a value is neither null, false, 0 nor empty.
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
