package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
)

// decoded returns what was lost or mixed up between an answer and the Go value that came of it: a field of the spec's name
// must hold the value, and encoding must give it back.
func decoded(s *openapi3.Schema, body string, result any) error {
	var want any
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		return err
	}
	text, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("the result cannot be encoded: %w", err)
	}
	var again any
	if err := json.Unmarshal(text, &again); err != nil {
		return err
	}
	return errors.Join(lost("", want, again), gained("", want, again), inFields(reflect.ValueOf(result), s, "", want))
}

// gained returns what an encoded answer has that was not in it: a field that was absent must not come back as null.
func gained(at string, want, got any) error {
	switch got := got.(type) {
	case map[string]any:
		object, ok := want.(map[string]any)
		if !ok {
			return nil
		}
		var faults []error
		for _, name := range slices.Sorted(maps.Keys(got)) {
			value, there := object[name]
			switch {
			case there:
				faults = append(faults, gained(at+"/"+name, value, got[name]))
			case got[name] == nil:
				faults = append(faults, fmt.Errorf("%s/%s was absent, and is null after decoding and encoding", at, name))
			}
		}
		return errors.Join(faults...)
	case []any:
		list, ok := want.([]any)
		var faults []error
		for i := 0; ok && i < min(len(list), len(got)); i++ {
			faults = append(faults, gained(fmt.Sprint(at, "/", i), list[i], got[i]))
		}
		return errors.Join(faults...)
	}
	return nil
}

// lost returns what of want is missing in got. Empty values may have gone.
func lost(at string, want, got any) error {
	object, isObject := want.(map[string]any)
	other, ok := got.(map[string]any)
	if isObject && ok {
		var faults []error
		for _, name := range slices.Sorted(maps.Keys(object)) {
			value, there := other[name]
			switch {
			case there:
				faults = append(faults, lost(at+"/"+name, object[name], value))
			case !isZero(object[name]):
				faults = append(faults, fmt.Errorf("%s/%s is lost by decoding and encoding", at, name))
			}
		}
		return errors.Join(faults...)
	}
	list, isList := want.([]any)
	others, ok := got.([]any)
	if isList && ok && len(list) == len(others) {
		var faults []error
		for i := range list {
			faults = append(faults, lost(fmt.Sprint(at, "/", i), list[i], others[i]))
		}
		return errors.Join(faults...)
	}
	if !reflect.DeepEqual(want, got) && !(isZero(want) && isZero(got)) {
		return fmt.Errorf("%s was %v, and is %v after decoding and encoding", at, want, got)
	}
	return nil
}

// inFields compares the Go fields by the names of the spec, because two that are mixed up would be encoded in the same
// wrong way again.
func inFields(v reflect.Value, s *openapi3.Schema, at string, want any) error {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			if isZero(want) {
				return nil
			}
			return fmt.Errorf("%s is nil, and should hold %v", at, want)
		}
		v = v.Elem()
	}
	differs := func(got any) error { return fmt.Errorf("field of %s holds %v, and should hold %v", at, got, want) }
	switch value := v.Interface().(type) {
	case rest.Time:
		if text, ok := want.(string); ok && value.Raw != text {
			return differs(value.Raw)
		}
		if text, ok := want.(string); ok {
			if at, readable := rest.ParseTime(text); readable != !value.Time.IsZero() || !at.Equal(value.Time) {
				return differs(value.Time)
			}
		}
		return nil
	case rest.Strings:
		if list, ok := want.([]any); ok && fmt.Sprintf("%q", list) != fmt.Sprintf("%q", value.Values) {
			return differs(value.Values)
		}
		return nil
	}
	switch w := want.(type) {
	case map[string]any:
		if v.Kind() != reflect.Struct || s == nil {
			return nil
		}
		var faults []error
		for _, name := range slices.Sorted(maps.Keys(w)) {
			p := propertyRef(s, name)
			if p == nil {
				continue
			}
			field, ok := fieldFor(v.Type(), "", name, extensions(p))
			if !ok {
				if hasFields(v.Type()) {
					faults = append(faults, fmt.Errorf("%s/%s has no field in %s", at, name, v.Type()))
				}
				continue
			}
			faults = append(faults, inFields(v.FieldByIndex(field.Index), p.Value, at+"/"+name, w[name]))
		}
		return errors.Join(faults...)
	case []any:
		if v.Kind() != reflect.Slice {
			return nil
		}
		if v.Len() != len(w) {
			return fmt.Errorf("%s holds %d items, and should hold %d", at, v.Len(), len(w))
		}
		var faults []error
		for i := range w {
			faults = append(faults, inFields(v.Index(i), items(s), fmt.Sprint(at, "/", i), w[i]))
		}
		return errors.Join(faults...)
	case string:
		if v.Kind() == reflect.String && v.String() != w {
			return differs(v.String())
		}
	case float64:
		if v.CanInt() && float64(v.Int()) != w || v.CanFloat() && v.Float() != w {
			return differs(v.Interface())
		}
	case bool:
		if v.Kind() == reflect.Bool && v.Bool() != w {
			return differs(v.Bool())
		}
	}
	return nil
}
