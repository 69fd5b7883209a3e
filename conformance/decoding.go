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

// decoded returns what was lost or mixed up between a response and the Go value decoded from it: a field of the spec's name
// must contain the value, and encoding must return it.
func decoded(s *openapi3.Schema, body string, result any) error {
	var want any
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		return err
	}
	again, err := encoded(result)
	if err != nil {
		return err
	}
	return errors.Join(changed("", want, again), inFields(reflect.ValueOf(result), s, "", want))
}

// encoded returns a result encoded as JSON and decoded again.
func encoded(result any) (again any, err error) {
	text, err := json.Marshal(result)
	if err != nil {
		return nil, fmt.Errorf("the result cannot be encoded: %w", err)
	}
	return again, json.Unmarshal(text, &again)
}

// changed returns how a response differs after it was decoded and encoded again. Empty values may be missing; a field that
// was absent must not come back as null.
func changed(at string, want, got any) error {
	var faults []error
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		for _, name := range slices.Sorted(maps.Keys(w)) {
			value, there := g[name]
			switch {
			case there:
				faults = append(faults, changed(at+"/"+name, w[name], value))
			case !isZero(w[name]):
				faults = append(faults, fmt.Errorf("%s/%s is lost by decoding and encoding", at, name))
			}
		}
		for _, name := range slices.Sorted(maps.Keys(g)) {
			if _, there := w[name]; !there && g[name] == nil {
				faults = append(faults, fmt.Errorf("%s/%s was absent, and is null after decoding and encoding", at, name))
			}
		}
		return errors.Join(faults...)
	case []any:
		g, ok := got.([]any)
		if !ok || len(w) != len(g) {
			break
		}
		for i := range w {
			faults = append(faults, changed(fmt.Sprint(at, "/", i), w[i], g[i]))
		}
		return errors.Join(faults...)
	}
	if !reflect.DeepEqual(want, got) && !(isZero(want) && isZero(got)) {
		return fmt.Errorf("%s was %v, and is %v after decoding and encoding", at, want, got)
	}
	return nil
}

// inFields compares the Go fields by the names of the spec, because two fields that are mixed up would be encoded in the
// same wrong way again.
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
